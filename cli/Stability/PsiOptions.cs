using System.CommandLine;
using System.Globalization;
using Benchmark.Cli.Stability.Files;
using Benchmark.Cli.Stability.Foreign;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary>The options of <c>benchmark psi</c>.</summary>
internal static class PsiOptions
{
    /// <summary>Every convention, to compare them.</summary>
    public const string AllConventions = "all";

    private const string EqualWidth = "equal-width";

    private static readonly string[] s_types =
        [.. new[]
            {
                ColumnType.Number, ColumnType.Date, ColumnType.Timestamp, ColumnType.Time, ColumnType.Boolean,
                ColumnType.String,
            }.Select(type => type.Word())];

    private static readonly Option<string?> s_bins = new("--bins")
    {
        Description =
            "Quantile bins of a numeric column, 2 to 1000 [default: 10], or equal-width: ten equal parts between the "
            + "reference's minimum and maximum. Bins of a published model are frozen.",
        HelpName = "n",
    };

    private static readonly Option<string[]> s_columns = Several(
        "--column", "name", "Only this column, with its bins; may be given several times.");

    private static readonly Option<string> s_convention = new("--convention")
    {
        Description =
            "How a bin that is empty on one side is handled: "
            + $"{string.Join(", ", PsiConvention.All.Select(c => c.Name))};"
            + $" or {AllConventions}, to compare them.",
        HelpName = "name",
        DefaultValueFactory = _ => PsiConvention.Benchmark.Name,
    };

    private static readonly Option<string?> s_zero = new("--zero")
    {
        Description = "The share that replaces a share of zero by the default convention [default: 0.0001].",
        HelpName = "share",
    };

    private static readonly Option<string?> s_edges = new("--edges")
    {
        Description = "A JSON file with a scorecard's own bins by column; its form is in docs/psi.md.",
        HelpName = "file",
    };

    private static readonly Option<string[]> s_special = Several(
        "--special", "value",
        "A code that is no value, such as -999, with a bin of its own; may be given several times.");

    private static readonly Option<string?> s_delimiter = new("--delimiter")
    {
        Description = "Between the fields of a CSV file's rows, or the word tab [default: recognised].",
        HelpName = "character",
    };

    private static readonly Option<string?> s_decimal = new("--decimal")
    {
        Description = "The decimal mark, . or , [default: recognised].",
        HelpName = "mark",
    };

    private static readonly Option<string[]> s_na = Several(
        "--na", "word",
        "A word that is no value in any column, texts included; NA, null and the like are none among numbers anyway.");

    private static readonly Option<string?> s_dateFormat = new("--date-format")
    {
        Description = "The form of dates beside 2026-01-31, as strptime has it: %d.%m.%Y or %m/%d/%Y.",
        HelpName = "format",
    };

    private static readonly Option<string?> s_encoding = new("--encoding")
    {
        Description = "The encoding of files that are not UTF-8, for example latin-1, windows-1252 or utf-16.",
        HelpName = "name",
    };

    private static readonly Option<string[]> s_type = Several(
        "--type", "column=type",
        $"The type of a column: {string.Join(", ", s_types)}. Numbers may then have thousands, a currency or %.");

    private static readonly Option<string[]> s_categorical = Several(
        "--categorical", "column", "A column of which each value is a bin, whatever it looks like.");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        s_bins, s_columns, s_convention, s_zero, s_edges, s_special, s_delimiter, s_decimal, s_na, s_dateFormat,
        s_encoding, s_type, s_categorical,
    ];

    static PsiOptions()
    {
        Allow(
            s_bins, "an integer from 2 to 1000, or equal-width",
            text => text == EqualWidth || (int.TryParse(text, out var bins) && bins is >= 2 and <= 1000));
        Allow(
            s_zero, "a number above 0 and below 1, such as 0.001",
            text => TryShare(text, out var share) && share is > 0 and < 1);
        Allow(s_delimiter, "one character, or the word tab", text => ReadingOptions.DelimiterOf(text) is not null);
        Allow(s_decimal, ". or ,", text => text is "." or ",");
        Allow(s_encoding, "latin-1, windows-1252, utf-16 and other names of the IANA",
            text => ReadingOptions.EncodingOf(text) is not null);
        s_dateFormat.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ReadingRules.ProblemOfDateFormat(token.Value) is { } problem)
                result.AddError($"--date-format {token.Value} {problem}");
        });
        s_type.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => TypeOf(token.Value) is null))
                result.AddError($"--type {token.Value}: allowed is column=type, with {string.Join(", ", s_types)}.");
        });
        s_convention.AcceptOnlyFromAmong([AllConventions, .. PsiConvention.All.Select(c => c.Name)]);
    }

    /// <summary>The columns asked for; empty for all.</summary>
    public static string[] Columns(Invocation invocation) => invocation.Value(s_columns) ?? [];

    /// <summary>The options given that say how files are read, or how bins are chosen.</summary>
    public static IReadOnlyList<string> OfFiles(Invocation invocation)
    {
        Option<string?>[] one = [s_bins, s_edges, s_delimiter, s_decimal, s_dateFormat, s_encoding];
        Option<string[]>[] several = [s_special, s_na, s_type, s_categorical];
        return
        [
            .. one.Where(option => invocation.Value(option) is not null).Select(option => option.Name),
            .. several.Where(option => invocation.Value(option) is { Length: > 0 }).Select(option => option.Name),
        ];
    }

    /// <summary>The convention asked for; null for all of them.</summary>
    /// <exception cref="UsageException">A share for nothing was given to another's convention.</exception>
    public static PsiConvention? Convention(Invocation invocation)
    {
        var name = invocation.Value(s_convention)!;
        if (invocation.Value(s_zero) is { } zero && TryShare(zero, out var share))
            return name == PsiConvention.Benchmark.Name
                ? PsiConvention.WithZero(share)
                : throw new UsageException(
                    $"--zero is of the convention {PsiConvention.Benchmark.Name}: leave out --convention {name}.");
        return name == AllConventions ? null : PsiConvention.All.Single(convention => convention.Name == name);
    }

    /// <summary>What was said of the files.</summary>
    /// <param name="againstModel">Whether they are compared with a published model.</param>
    public static ReadingOptions Files(Invocation invocation, bool againstModel) => new(
        invocation.Value(s_delimiter) is { } delimiter ? ReadingOptions.DelimiterOf(delimiter) : null,
        invocation.Value(s_encoding) is { } encoding ? ReadingOptions.EncodingOf(encoding) : null,
        new ReadingRules
        {
            Decimal = invocation.Value(s_decimal)?[0],
            NaWords = invocation.Value(s_na) ?? [],
            InfinityIsMissing = !againstModel,
            DateFormat = invocation.Value(s_dateFormat),
            Types = (invocation.Value(s_type) ?? []).Select(TypeOf).OfType<(string Column, ColumnType Type)>()
                .GroupBy(told => told.Column).ToDictionary(told => told.Key, told => told.Last().Type),
            Categorical = invocation.Value(s_categorical) ?? [],
        });

    /// <summary>How the bins are chosen.</summary>
    public static BinChoice Bins(Invocation invocation)
    {
        var bins = invocation.Value(s_bins);
        return new BinChoice
        {
            Bins = bins is null or EqualWidth ? BinChoice.DefaultBins : int.Parse(bins, CultureInfo.InvariantCulture),
            EqualWidth = bins == EqualWidth,
            Special = invocation.Value(s_special) ?? [],
            Edges = invocation.Value(s_edges) is { } file
                ? EdgesFile.Read(file) : new Dictionary<string, ScorecardBins>(),
        };
    }

    private static (string Column, ColumnType Type)? TypeOf(string text)
    {
        var at = text.LastIndexOf('=');
        return at > 0 && s_types.Contains(text[(at + 1)..])
            ? (text[..at], EnumWords.Read<ColumnType>(text[(at + 1)..]))
            : null;
    }

    private static bool TryShare(string text, out double share) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out share);

    private static Option<string[]> Several(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static void Allow(Option<string?> option, string allowed, Func<string, bool> isAllowed) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !isAllowed(token.Value))
                result.AddError($"{option.Name} {token.Value}: allowed is {allowed}.");
        });
}
