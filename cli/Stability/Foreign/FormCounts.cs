using System.Text;
using Benchmark.Data;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>How many values of a column have which form, on one side of a comparison.</summary>
internal sealed class FormCounts
{
    // Of a column of numbers: the rest may be mistakes.
    private const double NearlyAll = 0.9;

    // So many numbers in a form that was not understood are no mistakes, and leaving them out would be one.
    private const double Few = 0.01;

    private readonly long[] _counts = new long[Enum.GetValues<Form>().Length];

    /// <summary>The first value of <see cref="Form.NumberLike"/> and the like that was seen, by form.</summary>
    private readonly string?[] _examples = new string?[Enum.GetValues<Form>().Length];

    /// <summary>Values with blanks around them.</summary>
    public long Trimmed { get; private set; }

    /// <summary>Values that the dialect spells otherwise, whatever their type.</summary>
    public long Respelled { get; private set; }

    /// <summary>Whether some texts are empty or blank, rather than absent.</summary>
    public bool HasEmptyTexts { get; private set; }

    public long this[Form form] => _counts[(int)form];

    /// <summary>Rows with a value: words for a missing value are none.</summary>
    public long Values => _counts.Sum() - this[Form.Empty] - this[Form.NaWord];

    /// <param name="isSpelled">Whether the dialect spells it so, blanks aside.</param>
    /// <param name="isTrimmed">Whether it had blanks around it.</param>
    public void Add(Form form, ReadOnlySpan<byte> text, bool isSpelled = true, bool isTrimmed = false)
    {
        if (!isSpelled)
            Respelled++;
        if (isTrimmed)
            Trimmed++;
        if (_counts[(int)form]++ == 0 && IsDoubtful(form))
            _examples[(int)form] = Encoding.UTF8.GetString(text);
    }

    /// <summary>Says that an empty value was a text and not absent.</summary>
    public void AddEmptyText() => HasEmptyTexts = true;

    /// <summary>Numbers that are read as such.</summary>
    /// <param name="comma">Whether the decimal mark is a comma.</param>
    public long Numbers(bool comma) => this[Form.Integer] + this[Form.Scientific] + (comma
        ? this[Form.CommaNumber] + this[Form.CommaOrThousands]
        : this[Form.PointNumber] + this[Form.PointOrThousands]);

    /// <summary>Texts that look like numbers and are not read as such.</summary>
    public long NumberLikes(bool comma) => this[Form.NumberLike] + (comma
        ? this[Form.PointNumber] + this[Form.PointOrThousands]
        : this[Form.CommaNumber] + this[Form.CommaOrThousands]);

    /// <summary>An example of <see cref="NumberLikes"/>.</summary>
    public string? NumberLikeExample(bool comma) => Example(comma
        ? [Form.NumberLike, Form.PointNumber, Form.PointOrThousands]
        : [Form.NumberLike, Form.CommaNumber, Form.CommaOrThousands]);

    public string? DateLikeExample => Example([Form.DateLike]);

    /// <summary>The type that nearly all values have; text when there is none, null when there are no values.</summary>
    public ColumnType? Type(bool comma) => Values == 0 ? null
        // A few codes among numbers are those that begin with 0.
        : IsNearlyAll(Numbers(comma)) && this[Form.Code] <= Few * Values
            ? Numbers(comma) == this[Form.Integer] ? ColumnType.Integer : ColumnType.Number
        : IsNearlyAll(this[Form.Boolean]) ? ColumnType.Boolean
        : IsNearlyAll(this[Form.Date] + this[Form.Timestamp])
            ? this[Form.Timestamp] > 0 ? ColumnType.Timestamp : ColumnType.Date
        : IsNearlyAll(this[Form.Time]) ? ColumnType.Time
        : ColumnType.String;

    /// <summary>Whether the values are numbers of which too many are in a form that has to be told.</summary>
    public bool HasUnreadNumbers(bool comma) =>
        IsNearlyAll(Numbers(comma) + NumberLikes(comma)) && NumberLikes(comma) > Few * Values;

    /// <summary>Whether the values are dates of which too many are in a form that has to be told.</summary>
    public bool HasUnreadDates =>
        IsNearlyAll(this[Form.Date] + this[Form.Timestamp] + this[Form.DateLike])
        && this[Form.DateLike] > Few * Values;

    /// <summary>Whether nearly all values are numbers, whatever their decimal mark.</summary>
    public bool IsNumericByEitherMark => Values > 0
        && IsNearlyAll(Numbers(comma: false) + Numbers(comma: true) - this[Form.Integer] - this[Form.Scientific]);

    /// <summary>Whether every value is of a type, and spelled as the dialect spells it.</summary>
    public bool AreSpelled(ColumnType type, bool comma) => Trimmed == 0 && !HasEmptyTexts && (type == ColumnType.String
        || (Respelled == 0 && this[Form.NaWord] == 0 && Values == type switch
        {
            ColumnType.Integer or ColumnType.Number when comma => this[Form.Integer] + this[Form.Scientific],
            ColumnType.Integer or ColumnType.Number => Numbers(comma: false),
            ColumnType.Boolean => this[Form.Boolean],
            ColumnType.Date => this[Form.Date],
            ColumnType.Timestamp => this[Form.Timestamp],
            ColumnType.Time => this[Form.Time],
            _ => -1,
        }));

    /// <summary>Whether every value is a word for true or false, letters among them.</summary>
    public bool AreBooleanWords => Values > 0 && this[Form.Boolean] + this[Form.BooleanLetter] == Values;

    public bool IsNearlyAll(long values) => Values > 0 && values >= NearlyAll * Values;

    private string? Example(IEnumerable<Form> forms) =>
        forms.Select(form => _examples[(int)form]).FirstOrDefault(example => example is not null);

    private static bool IsDoubtful(Form form) => form is Form.NumberLike or Form.DateLike or Form.CommaNumber
        or Form.CommaOrThousands or Form.PointNumber or Form.PointOrThousands;
}
