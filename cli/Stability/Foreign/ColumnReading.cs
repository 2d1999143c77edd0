using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>How a column is read that two files have, or a file and a benchmark.</summary>
internal sealed record ColumnReading
{
    private const double Many = 0.5;

    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are compared as, on both sides.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the reference's values are on their own; null without values.</summary>
    public ColumnType? ReferenceType { get; init; }

    /// <summary>What the current values are on their own; null without values.</summary>
    public ColumnType? CurrentType { get; init; }

    /// <summary>Why the column is not compared, with the option that helps; null when it is.</summary>
    public string? WhyNot { get; init; }

    /// <summary>A remark on how it is read; null when there is none.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether its type was told: then thousands and currencies are read, too.</summary>
    public bool IsTold { get; init; }

    /// <summary>The type by which values are spelled; differs from <see cref="Type"/> for told categories.</summary>
    internal ColumnType SpelledAs { get; init; }

    /// <summary>Whether texts lose the blanks around them; not where a benchmark's texts have such.</summary>
    internal bool Trims { get; init; } = true;

    /// <summary>Whether the empty text is a value; only where a benchmark has a bin of it.</summary>
    internal bool KeepsEmpty { get; init; }

    /// <summary>Whether <c>t</c> and <c>f</c> are booleans, too.</summary>
    internal bool TakesLetters { get; init; }

    /// <summary>Decides how a column is read that both files have.</summary>
    public static ColumnReading Of(string name, ForeignFile reference, ForeignFile current, ReadingRules rules) =>
        Decide(name, null, new Side(reference, name), new Side(current, name), rules);

    /// <summary>Decides how a column is read whose type a benchmark has frozen.</summary>
    public static ColumnReading Of(ColumnProfile benchmark, ForeignFile current, ReadingRules rules)
    {
        var reading = Decide(benchmark.Name, benchmark.Type, default, new Side(current, benchmark.Name), rules);
        var texts = (benchmark.Bins?.Values ?? [])
            .Concat(benchmark.Bins?.Groups?.SelectMany(group => group) ?? []).ToList();
        return reading with
        {
            Trims = !texts.Exists(text => text.Length > 0 && text != text.Trim()),
            KeepsEmpty = benchmark.Type == ColumnType.String && texts.Contains(""),
        };
    }

    /// <summary>Whether the values of a reference are spelled alike by both.</summary>
    public bool SpellsLike(ColumnReading other) =>
        (Name, Type, SpelledAs, IsTold, Trims, TakesLetters)
            == (other.Name, other.Type, other.SpelledAs, other.IsTold, other.Trims, other.TakesLetters);

    private static ColumnReading Decide(
        string name, ColumnType? frozen, Side reference, Side current, ReadingRules rules)
    {
        var told = rules.Types.TryGetValue(name, out var toldType);
        var type = frozen ?? (told ? toldType : TypeOf(reference, current));
        if (Grammar.AreNumbers(type))
            type = IsWhole(frozen, told, reference, current) ? ColumnType.Integer : ColumnType.Number;
        var isText = rules.Categorical.Contains(name);
        return new ColumnReading
        {
            Name = name,
            Type = isText ? ColumnType.String : type,
            SpelledAs = type,
            ReferenceType = frozen ?? (isText ? ColumnType.String : told ? type : reference.Type),
            CurrentType = isText ? ColumnType.String : told ? type : current.Type,
            IsTold = told,
            TakesLetters = type == ColumnType.Boolean && (told || AreBooleanWords(reference, current)),
            WhyNot = told || isText || frozen == ColumnType.String ? null
                : WhyNotOf(name, type, frozen is not null, reference, current),
            Remark = told || isText || type != ColumnType.String ? null : RemarkOn(name, reference),
        };
    }

    // The reference decides, and the current values widen: whole numbers to numbers, dates to timestamps.
    private static ColumnType TypeOf(Side reference, Side current)
    {
        if (AreBooleanWords(reference, current))
            return ColumnType.Boolean;
        var type = reference.Type ?? current.Type ?? ColumnType.String;
        return type == ColumnType.Date && current.Counts?[Form.Timestamp] > 0 ? ColumnType.Timestamp : type;
    }

    // Letters alone are texts, which compare alike.
    private static bool AreBooleanWords(Side reference, Side current)
    {
        FormCounts[] sides = [.. new[] { reference.Counts, current.Counts }.OfType<FormCounts>()];
        return Array.TrueForAll(sides, side => side.AreBooleanWords || side.Values == 0)
            && (reference.Counts is null || Array.Exists(sides, side => side[Form.Boolean] > 0));
    }

    private static bool IsWhole(ColumnType? frozen, bool told, Side reference, Side current) =>
        frozen is null or ColumnType.Integer && IsWhole(told, reference) && IsWhole(told, current);

    // Where the type was told, $1,234.50 is a number, too.
    private static bool IsWhole(bool told, Side side) => side.Counts is not { } counts
        || (counts.Numbers(side.Comma) == counts[Form.Integer] && !(told && counts.NumberLikes(side.Comma) > 0));

    private static string? WhyNotOf(string name, ColumnType type, bool isFrozen, Side reference, Side current) =>
        WhyNotOf(name, type, isFrozen, reference, "the reference")
        ?? WhyNotOf(name, type, isFrozen, current, "the current data")
        ?? (AreTwoFamilies(type, reference, current) || AreTwoFamilies(type, current, reference)
            ? $"it is {Word(reference.Type ?? type)} in the reference and {Word(current.Type)} in the current data: "
                + (isFrozen ? "write it as the benchmark has it" : $"--type {name}=boolean reads both")
            : AreDateAndNumber(type, reference, current) || AreDateAndNumber(type, current, reference)
            ? $"it is {Word(reference.Type ?? type)} in the reference and {Word(current.Type)} in the current data: "
                + "say --date-format, for example %Y%m%d, or write it as the reference has it"
            : null);

    private static string? WhyNotOf(string name, ColumnType type, bool isFrozen, Side side, string where)
    {
        if (side.Counts is not { } counts)
            return null;
        var asTexts = isFrozen ? "" : $", or compare them as texts with --categorical {name}";
        if (type is ColumnType.String or ColumnType.Integer or ColumnType.Number && counts.HasUnreadNumbers(side.Comma))
            return $"values of {where} such as {counts.NumberLikeExample(side.Comma)} look like numbers and can be "
                + $"read in more than one way: say --type {name}=number with --decimal . or --decimal ,{asTexts}";
        if (type is ColumnType.String or ColumnType.Date or ColumnType.Timestamp && counts.HasUnreadDates)
            return $"values of {where} such as {counts.DateLikeExample} look like dates: say --date-format, for "
                + $"example %d.%m.%Y or %m/%d/%Y{asTexts}";
        return null;
    }

    // pandas writes true and false as 1 and 0 after some operations; which is which is not ours to guess.
    private static bool AreTwoFamilies(ColumnType type, Side one, Side other) =>
        (one.Type ?? type) == ColumnType.Boolean
        && (other.Type ?? type) is ColumnType.Integer or ColumnType.Number;

    private static bool AreDateAndNumber(ColumnType type, Side one, Side other) =>
        (one.Type ?? type) is ColumnType.Date or ColumnType.Timestamp
        && (other.Type ?? type) is ColumnType.Integer or ColumnType.Number;

    private static string? RemarkOn(string name, Side reference) =>
        reference.Counts is { } counts && counts.Values > 0
            && counts.Numbers(reference.Comma) is var numbers && numbers >= Many * counts.Values
            ? $"Column {name} is compared as text, though {numbers} of its {counts.Values} values in the reference are "
                + $"numbers. --type {name}=number reads it as numbers, and the rest as missing."
            : null;

    private static string Word(ColumnType? type) => type?.Word() ?? "empty";

    private readonly record struct Side(FormCounts? Counts, bool Comma)
    {
        public Side(ForeignFile file, string column)
            : this(file.Find(column), file.DecimalComma)
        {
        }

        public ColumnType? Type => Counts?.Type(Comma);
    }
}
