using Benchmark.Cli.Stability.Files;
using Benchmark.Cli.Stability.Foreign;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary>A reference and a file, compared: the columns, and how both were read.</summary>
internal sealed class PsiOutcome(
    PsiReference reference, ImportedFile current, Profile profile, CsvComparison comparison, ForeignReading? before,
    ForeignReading after, BinChoice bins)
{
    // What cannot be read is missing; where that is more than a few mistakes, the rest says nothing of the column.
    private const double TooMany = 0.1;

    private readonly Dictionary<string, string> _whyNot = after.Columns
        .Select(column => (column.Name, Why: column.WhyNot ?? Unreadable(column, before?.Find(column.Name))
            ?? DateOfTheData(column.Name, comparison)))
        .Where(column => column.Why is not null)
        .ToDictionary(column => column.Name, column => column.Why!);

    /// <summary>What was compared with.</summary>
    public PsiReference Reference => reference;

    /// <summary>A scorecard's points by the name of the bin, as they were given; null for a column without.</summary>
    public IReadOnlyDictionary<string, double>? GivenPoints(string column) =>
        bins.Edges.GetValueOrDefault(column)?.Points;

    /// <summary>Rows of the reference.</summary>
    public long ReferenceRows => profile.Rows;

    /// <summary>Rows of the current data.</summary>
    public long CurrentRows => comparison.Rows;

    /// <summary>The columns that are compared, the asked ones or all.</summary>
    /// <exception cref="UsageException">There is none, or not the asked one.</exception>
    public IReadOnlyList<ColumnComparison> Columns(IReadOnlyList<string> asked)
    {
        if (asked.Where(_whyNot.ContainsKey).ToList() is { Count: > 0 } refused)
            throw new UsageException(string.Join(' ', refused.Select(NotCompared)));
        var able = comparison.Columns.Where(column => !_whyNot.ContainsKey(column.Reference.Name)).ToList();
        var known = able.Select(column => column.Reference.Name).ToList();
        if (asked.Except(known).ToList() is { Count: > 0 } unknown)
            throw new UsageException(
                $"There is no column {string.Join(", ", unknown)} to compare. Columns of both are "
                + $"{string.Join(", ", known)}.");
        var columns = able
            .Where(column => asked.Count > 0
                ? asked.Contains(column.Reference.Name) : reference.WhyNot(column.Reference.Name) is null)
            .ToList();
        return columns.Count > 0 ? columns : throw new UsageException(
            "Nothing can be compared: reference and current data have no column in common that can be. "
            + "See above how both were read; --delimiter, --type and --date-format say it otherwise.");
    }

    /// <summary>What the reader of the result has to know, in words.</summary>
    public IEnumerable<string> Remarks(IReadOnlyList<string> asked)
    {
        foreach (var remark in reference.OwnRemarks)
            yield return remark;
        yield return $"Current {current.Description.InWords}.";
        foreach (var remark in current.Description.Remarks.Except(reference.Remarks).Concat(OneSided()))
            yield return remark;
        foreach (var column in after.Columns.Where(column => asked.Count == 0 || asked.Contains(column.Name)))
        {
            foreach (var remark in On(column))
                yield return remark;
        }
        foreach (var code in bins.Unusable(after.Columns))
            yield return $"--special {code}: no column can hold it.";
        var left = comparison.Columns.Select(column => reference.WhyNot(column.Reference.Name))
            .OfType<string>().ToList();
        if (asked.Count == 0 && left.Count > 0)
            yield return $"Not compared: {string.Join(", ", left)}. Name one with --column to compare it.";
    }

    /// <summary>How both sides were read, for <c>--json</c>.</summary>
    public object Reading => new
    {
        Reference = reference.File?.Description,
        Current = current.Description,
        Columns = after.Columns.Select(column => new
        {
            Column = column.Name,
            column.Type,
            Bins = profile.Columns.FirstOrDefault(c => c.Name == column.Name)?.Bins?.Kind,
            Reference = Side(column.ReferenceType, before?.Find(column.Name)),
            Current = Side(column.CurrentType, after.Find(column.Name)),
            Compared = !_whyNot.ContainsKey(column.Name),
            WhyNot = _whyNot.GetValueOrDefault(column.Name),
        }),
        OnlyInReference = reference.Columns.Except(current.Values.Header),
        OnlyInCurrent = current.Values.Header.Except(reference.Columns),
        Remarks = reference.Remarks.Concat(current.Description.Remarks),
    };

    /// <summary>A column's type on both sides, in words.</summary>
    public string TypeInWords(string name)
    {
        var column = after.Columns.First(column => column.Name == name);
        var (was, now) = (column.ReferenceType ?? column.Type, column.CurrentType ?? column.Type);
        return was == now ? was.Word() : $"{was.Word()}, now {now.Word()}";
    }

    private static object Side(ColumnType? type, ColumnReader? reader) => new
    {
        Type = type,
        Empty = reader?.Empty,
        NaWords = reader?.NaWords,
        Unread = reader?.Unread,
        FirstUnreadRow = reader is { Unread: > 0 } ? reader.FirstUnread : (long?)null,
    };

    private static string? Unreadable(ColumnReading column, ColumnReader? reference) =>
        // What was told of a column is done, whatever it leaves out.
        reference is not null && !column.IsTold && reference.Unread > TooMany * reference.Values
            ? $"{Format.Count(reference.Unread)} of its {Format.Count(reference.Values)} values in the reference are "
                + $"no {column.Type.Word()}, the first in row {reference.FirstUnread}"
            : null;

    // The gate recognises it, too: another date in every row each month is no drift.
    private static string? DateOfTheData(string name, CsvComparison comparison) =>
        comparison.Columns.FirstOrDefault(column => column.Reference.Name == name) is
        {
            Reference: { Type: ColumnType.Date or ColumnType.Timestamp, Distinct: 1, Nulls: 0 } reference,
            IsOneUnseenValue: true,
        }
            ? $"every value was {reference.Min}, and every one is another date now, so it seems to say when the data "
                + "was taken"
            : null;

    private string NotCompared(string column) => $"Column {column} is not compared: {_whyNot[column]}.";

    private IEnumerable<string> On(ColumnReading column)
    {
        if (_whyNot.ContainsKey(column.Name))
        {
            yield return NotCompared(column.Name);
            yield break;
        }
        if (column.Remark is { } remark)
            yield return remark;
        if (column is { ReferenceType: { } was, CurrentType: { } now } && was != now)
            yield return
                $"Column {column.Name} is {was.Word()} in the reference and {now.Word()} in the current data; it is "
                + $"compared as {column.Type.Word()}.";
        (string Where, ColumnReader? Reader)[] sides =
            [("the reference", before?.Find(column.Name)), ("the current data", after.Find(column.Name))];
        foreach (var (where, reader) in sides)
        {
            if (reader is { NaWords: { Count: > 0 } words })
                yield return $"Column {column.Name}: these count as missing in {where}: "
                    + $"{string.Join(", ", words.Select(word => $"{word.Key} ({Format.Count(word.Value)})"))}.";
            if (reader is { Unread: > 0 })
                yield return
                    $"Column {column.Name}: values that are no {column.Type.Word()} count as missing in {where}: "
                    + $"{Format.Count(reader.Unread)} (the first in row {reader.FirstUnread}).";
        }
    }

    private IEnumerable<string> OneSided()
    {
        var header = current.Values.Header;
        if (reference.Columns.Except(header).ToList() is { Count: > 0 } missing)
            yield return $"Not in the current data: {string.Join(", ", missing)}.";
        if (header.Except(reference.Columns).ToList() is { Count: > 0 } added)
            yield return $"Not in the reference: {string.Join(", ", added)}.";
        foreach (var name in reference.Columns.Except(header))
        {
            if (header.FirstOrDefault(
                other => IsAlmost(name, other) && !reference.Columns.Contains(other)) is { } similar)
                yield return $"Column '{name}' of the reference is called '{similar}' in the current data: rename it "
                    + "to compare it.";
        }
    }

    private static bool IsAlmost(string name, string other) =>
        name.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
