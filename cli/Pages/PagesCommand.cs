using System.CommandLine;
using Benchmark.Notifier.Pages;

namespace Benchmark.Cli.Pages;

/// <summary><c>benchmark pages password NAME</c>: a line for the file of people who sign in to the pages.</summary>
internal static class PagesCommand
{
    private const int ShortestPassword = 12;

    private static readonly Argument<string> s_name =
        Arguments.Names<string>("name", "Who signs in with it.", ArgumentArity.ExactlyOne);

    public static Command Create(Terminal terminal)
    {
        var password = new Command("password",
            "Read a password from standard input and print the line for the file of Pages__Users; only its hash is in "
            + "it. Example: benchmark pages password anna < password.txt >> users.txt") { s_name };
        password.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), Console.In, ct));
        return new Command("pages", "Prepare who may sign in to the pages.") { password };
    }

    private static async Task<int> RunAsync(Invocation invocation, TextReader input, CancellationToken ct)
    {
        var name = invocation.Value(s_name)!;
        if (name.Length > 200 || name.Any(c => c is ':' or '#' || char.IsControl(c) || char.IsWhiteSpace(c)))
            throw new UsageException($"'{name}' cannot sign in: a name has at most 200 characters, and no space, ':' "
                + "or '#'.");
        if (!Console.IsInputRedirected)
            invocation.Terminal.Note("Type the password, then Enter. It is shown as you type.");
        var password = await input.ReadLineAsync(ct);
        if (password is not { Length: >= ShortestPassword })
            throw new UsageException($"A password has at least {ShortestPassword} characters.");
        invocation.Terminal.Line(PagesService.SignInLine(name, password));
        return ExitCode.Done;
    }
}
