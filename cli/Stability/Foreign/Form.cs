namespace Benchmark.Cli.Stability.Foreign;

/// <summary>What a text looks like that somebody else wrote; each text has exactly one form.</summary>
internal enum Form
{
    /// <summary>Nothing, or blanks.</summary>
    Empty,

    /// <summary>A word for a missing value, such as <c>NA</c>.</summary>
    NaWord,

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary><c>t</c> or <c>f</c>, in any case: a boolean where no value of either side is anything else.</summary>
    BooleanLetter,

    /// <summary>A whole number without leading zeros.</summary>
    Integer,

    /// <summary>A number with an exponent or without end, but without a decimal mark.</summary>
    Scientific,

    /// <summary>A number with a decimal point.</summary>
    PointNumber,

    /// <summary>As <c>1.234</c>: 1 and a fraction, or 1,234 where the comma is the decimal mark.</summary>
    PointOrThousands,

    /// <summary>A number with a decimal comma.</summary>
    CommaNumber,

    /// <summary>As <c>1,234</c>: 1,234, or 1 and a fraction where the comma is the decimal mark.</summary>
    CommaOrThousands,

    /// <summary>A date in the order of ISO 8601, or as the told format has it.</summary>
    Date,

    /// <summary>A date and a time.</summary>
    Timestamp,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A number with thousands, a currency or a percent sign: what it is worth has to be told.</summary>
    NumberLike,

    /// <summary>A date whose order of day and month has to be told.</summary>
    DateLike,

    /// <summary>Digits that begin with 0, such as a postcode.</summary>
    Code,

    /// <summary>Anything else.</summary>
    Text,
}
