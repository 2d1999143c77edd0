using System.CommandLine;

namespace Benchmark.Cli.Help;

/// <summary>Examples of each command, for its help.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, IReadOnlyList<(string Line, string Meaning)>> s_examples = new()
    {
        ["benchmark"] =
        [
            ("benchmark demo", "See it work, on sample data in ./demo"),
            ("benchmark help refresh", "All about one command"),
        ],
        ["demo"] = [("benchmark demo --dir /tmp/demo", "The first month; again, the second")],
        ["init"] =
        [
            ("benchmark init data/lgd.csv", "From a file, into models.draft.yaml"),
            ("benchmark init 'data/lgd-*.parquet' --model lgd", "From several files with the same columns"),
            ("benchmark init warehouse.duckdb main.lgd", "From a table of a database in a file"),
            ("benchmark init --source risk", "The tables of a source of the registry"),
            ("benchmark init risk.lgd --connection 'Host=db;Password=${DB_PASSWORD}'", "From a table of a server"),
        ],
        ["up"] = [("benchmark up --root /mnt/efs --registry models.yaml", "Every service, on the volume /mnt/efs")],
        ["refresh"] =
        [
            ("benchmark refresh --all", "Every model"),
            ("benchmark refresh credit fraud/pd_cards", "The value stream credit, and one model more"),
            ("benchmark refresh 'credit/pd_*' --dry-run", "What would be refreshed"),
            ("benchmark refresh --failed 0190a1b2-0000", "What that run could not refresh"),
            ("benchmark refresh credit/lgd --force --reason 'new population'", "Although it has moved"),
        ],
        ["runs"] =
        [
            ("benchmark runs --last 5", "The last five"),
            ("benchmark runs 0190a1b2-0000", "One in full, by the beginning of its id"),
        ],
        ["cancel"] = [("benchmark cancel 0190a1b2-0000 --reason 'wrong month'", "By the beginning of its id")],
        ["errors"] =
        [
            ("benchmark errors", "What services have given up on, and why"),
            ("benchmark errors retry --all", "Once the cause is mended"),
        ],
        ["retry"] = [("benchmark errors retry 01000000-5e12-0015-4a5b-08de2f3b7c10", "One, by its id")],
        ["discard"] =
        [
            (
                "benchmark errors discard 01000000-5e12-0015-4a5b-08de2f3b7c10 --reason 'a typing error'",
                "One that nobody needs"),
        ],
        ["models"] =
        [
            ("benchmark models --late --failed", "What needs somebody"),
            ("benchmark models 'credit/*' --moved", "What has moved in a value stream"),
            ("benchmark models credit/lgd", "All of one model"),
        ],
        ["report"] =
        [
            ("benchmark report latest", "What the last run did, in words"),
            ("benchmark report 0190a1b2-0000 --html report.html", "As a page to keep"),
        ],
        ["history"] =
        [
            ("benchmark history credit/lgd", "Its versions, and the refreshes that made none"),
            ("benchmark history credit/lgd --csv > lgd.csv", "For a spreadsheet"),
        ],
        ["diff"] =
        [
            ("benchmark diff credit/lgd 41 served", "What has changed since version 41"),
            ("benchmark diff credit/lgd served rejected:0190a1b2-0000", "Why it was rejected"),
            ("benchmark diff credit/lgd served new.parquet --show-values", "A file, with values"),
        ],
        ["rollback"] =
        [
            ("benchmark rollback credit/lgd --to 41 --dry-run", "What would change"),
            ("benchmark rollback credit/lgd --to 41 --reason 'load was broken'", "Serve version 41 again"),
        ],
        ["accept"] =
        [
            ("benchmark accept credit/lgd --run 0190a1b2-0000 --dry-run", "What would be overruled"),
            ("benchmark accept credit/lgd --run 0190a1b2-0000 --reason 'new book'", "Publish what was rejected"),
        ],
        ["pin"] = [("benchmark pin credit/lgd 41 --reason 'audit of 2026'", "Keep version 41")],
        ["unpin"] = [("benchmark unpin credit/lgd 41", "Leave version 41 to retention")],
        ["verify"] =
        [
            ("benchmark verify", "Every version of every model"),
            ("benchmark verify 'credit/*' --json", "A value stream, for a script"),
        ],
        ["prune"] =
        [
            ("benchmark prune --dry-run", "What retention would remove of every model"),
            ("benchmark prune 'credit/*'", "Remove it now, of a value stream"),
        ],
        ["psi"] =
        [
            ("benchmark psi credit/lgd today.csv", "Data against a published model, in its bins"),
            ("benchmark psi january.csv february.parquet --bins 20", "Two files"),
            ("benchmark psi credit/lgd --history", "The versions of a model"),
            ("benchmark psi credit/lgd today.csv --column score", "The bins of a column"),
        ],
        ["check"] =
        [
            ("benchmark check", "Before a first run"),
            ("benchmark check credit", "Of one value stream, its sources and files alone"),
            ("benchmark check --offline --registry models.yaml", "In a pull request"),
        ],
        ["volume"] = [("benchmark volume accept", "A new, empty volume, on purpose")],
        ["volume accept"] = [("benchmark volume accept --root /mnt/efs", "A new, empty volume, on purpose")],
        ["notify"] = [("benchmark notify test", "A sample to every channel")],
        ["test"] = [("benchmark notify test --registry models.yaml", "A sample to every channel of a registry")],
        ["pages"] = [("benchmark pages password anna < password.txt >> users.txt", "Let Anna sign in")],
        ["topology"] =
        [
            ("benchmark topology --broker amqp://user:password@host/", "Before the services"),
            ("benchmark topology --definitions > definitions.json", "For an administrator"),
        ],
        ["help"] = [("benchmark help notify test", "All about one command")],
        ["completion"] =
        [
            ("source <(benchmark completion bash)", "In this shell"),
            ("benchmark completion fish > ~/.config/fish/completions/benchmark.fish", "In every fish"),
        ],
    };

    /// <summary>Those of a command: by its path, or by its name where no other command has it.</summary>
    public static IReadOnlyList<(string Line, string Meaning)> Of(Command command) =>
        command is RootCommand ? s_examples["benchmark"]
        : s_examples.GetValueOrDefault(PathOf(command)) ?? s_examples.GetValueOrDefault(command.Name, []);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand) is { } parent
            ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
