using System.CommandLine;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark pin</c> and <c>unpin</c>: keep a version from retention, or no longer.</summary>
internal sealed class PinCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Argument<string> _model = OneModel.Argument();

    private readonly Argument<int> _version = new("version")
    {
        Description = "The version.",
        HelpName = "version",
        CustomParser = Arguments.FromOne("version"),
    };

    private readonly Option<string> _reason = OneModel.Reason();

    private readonly bool _pinned;

    private PinCommand(bool pinned) => _pinned = pinned;

    /// <summary><c>pin</c></summary>
    public static Command CreatePin(Terminal terminal) => new PinCommand(pinned: true).Create(
        terminal, "pin", "Keep a version until it is unpinned, whatever retention says.");

    /// <summary><c>unpin</c></summary>
    public static Command CreateUnpin(Terminal terminal) => new PinCommand(pinned: false).Create(
        terminal, "unpin", "Leave a version to retention again.");

    private Command Create(Terminal terminal, string name, string description)
    {
        var command = new Command(name, description) { _model, _version };
        if (_pinned)
            command.Options.Add(_reason);
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var model = OneModel.Find(invocation, invocation.Value(_model)!);
        var number = invocation.Value(_version);
        var paths = invocation.Volume.Model(model.Name);
        var versions = PublishedVersions.All(paths);
        var version = paths.Version(number);
        if (!versions.Contains(number) && (_pinned || !Posix.Exists(version.Pin)))
            throw new UsageException(OneModel.NoSuchVersion(model.Name, number, versions));
        if (Posix.Exists(version.Pin) == _pinned)
            invocation.Terminal.Note(
                $"Version {number} of {model.Name} is {(_pinned ? "pinned" : "not pinned")} already.");
        else
            await PublisherRequest.SendAsync(
                invocation,
                [
                    new PinVersion
                    {
                        ValueStream = model.ValueStream,
                        Model = model.Model,
                        Version = number,
                        Pinned = _pinned,
                        RequestedBy = Environment.UserName,
                        Reason = _pinned ? invocation.Value(_reason) : null,
                    },
                ],
                () => Posix.Exists(version.Pin) == _pinned, s_patience, ct);
        if (invocation.Json)
            invocation.Terminal.Json(
                new { model.ValueStream, model.Model, Version = number, Pinned = VersionPin.Of(version) });
        else
            invocation.Terminal.Line($"{model.Name} version {number} is {(_pinned ? "pinned" : "not pinned")}");
        return ExitCode.Done;
    }
}
