using System.Text;
using Benchmark.Data;
using Benchmark.Data.Scanning;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>A file that somebody else wrote, copied as texts into the dialect: what its values look like.</summary>
internal sealed class ForeignFile
{
    private readonly Dictionary<string, FormCounts> _columns;

    private ForeignFile(string path, IReadOnlyList<string> header, long rows, Dictionary<string, FormCounts> columns)
    {
        Path = path;
        Header = header;
        Rows = rows;
        _columns = columns;
    }

    /// <summary>The copy.</summary>
    public string Path { get; }

    /// <summary>The columns' names, in file order.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Rows, without the header.</summary>
    public long Rows { get; }

    /// <summary>Whether the decimal mark of its numbers is a comma.</summary>
    public bool DecimalComma { get; private init; }

    /// <summary>Looks at every value of a copy once.</summary>
    /// <param name="path">A file in the dialect.</param>
    /// <param name="commasSeparate">Whether commas separate the fields of the original.</param>
    /// <param name="rules">What was told of the values.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="UnreadableCsvException">The copy cannot be read.</exception>
    public static ForeignFile Read(string path, bool commasSeparate, ReadingRules rules, CancellationToken ct)
    {
        var values = new ForeignValues(rules);
        var columns = new Dictionary<string, FormCounts>();
        var scan = CsvScan.Of(path, plan: _ => null, key: [], memory: 0, ct, Looking);
        if (!scan.Readable)
            throw new UnreadableCsvException(path, scan);
        return new ForeignFile(path, scan.Header, scan.Rows, columns)
        {
            DecimalComma = IsDecimalComma(columns.Values, commasSeparate, rules.Decimal),
        };

        FieldReader Looking(string column)
        {
            var counts = columns[column] = new FormCounts();
            return (ReadOnlySpan<byte> field, scoped ref bool isNull) =>
            {
                var text = ForeignValues.Trim(field);
                var form = values.FormOf(text);
                counts.Add(form, text, isNull || values.IsSpelled(form, text), text.Length < field.Length);
                if (form == Form.Empty && !isNull)
                    counts.AddEmptyText();
                return field;
            };
        }
    }

    /// <summary>
    /// Whether a file's first row is data and no header: there are columns of numbers, dates or booleans, and the first
    /// row has a value of that type in each of them.
    /// </summary>
    /// <param name="first">The first row.</param>
    /// <param name="rest">Some rows after it.</param>
    public static bool BeginsWithData(
        IReadOnlyList<string> first, IEnumerable<IReadOnlyList<string>> rest, ReadingRules rules)
    {
        var values = new ForeignValues(rules);
        FormCounts[] header = [.. first.Select(_ => new FormCounts())];
        FormCounts[] columns = [.. first.Select(_ => new FormCounts())];
        Add(header, first);
        foreach (var row in rest)
            Add(columns, row);
        // A decimal comma is a number here, whatever separates the fields.
        var typed = columns.Zip(header)
            .Where(column => column.First.IsNumericByEitherMark
                || column.First.Type(comma: false) is not (null or ColumnType.String))
            .ToList();
        return typed.Count > 0 && typed.All(column => column.Second.Values > 0
            && (column.First.IsNumericByEitherMark
                ? column.Second.IsNumericByEitherMark
                : column.Second.Type(comma: false) == column.First.Type(comma: false)));

        void Add(FormCounts[] counts, IReadOnlyList<string> row)
        {
            foreach (var (count, field) in counts.Zip(row))
            {
                var text = Encoding.UTF8.GetBytes(field.Trim());
                count.Add(values.FormOf(text), text);
            }
        }
    }

    internal FormCounts? Find(string column) => _columns.GetValueOrDefault(column);

    // A file has one decimal mark. It is a comma where some numbers cannot be read otherwise and none needs a point.
    private static bool IsDecimalComma(IReadOnlyCollection<FormCounts> columns, bool commasSeparate, char? told)
    {
        if (told == '.')
            return false;
        var numeric = columns.Where(column => column.IsNumericByEitherMark).ToList();
        if (told == ',')
            // It was told of two files, and one of them may have points.
            return numeric.All(column => column[Form.PointNumber] == 0)
                || numeric.Any(column => column[Form.CommaNumber] + column[Form.CommaOrThousands] > 0)
                || columns.Any(column => column[Form.NumberLike] > 0);
        return !commasSeparate && numeric.Any(column => column[Form.CommaNumber] > 0)
            && numeric.All(column => column[Form.PointNumber] == 0);
    }
}
