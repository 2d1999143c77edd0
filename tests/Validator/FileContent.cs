using System.Text;

namespace Benchmark.Validator.Tests;

/// <summary>Something that a file can hold, and the Validator's answer to it; docs/csv.md shows them all.</summary>
/// <param name="What">What is in the file, for people.</param>
/// <param name="Csv">The file, made when it is asked for: some are large.</param>
/// <param name="Answer">What a rejection says; of an accepted file, what is kept of its one row.</param>
internal sealed record FileContent(string What, Func<byte[]> Csv, string Answer)
{
    public const string Columns = "id:integer amount:number opened:date note:string";

    private const string Header = "id,amount,opened,note\n";
    private const string Row = "1,0.5,2024-01-31,a\n";
    private const string Misplaced =
        "A row cannot be read (a quote in the wrong place); what follows it was not checked (line 3).";
    private const string CarriageReturn = "Rows end with a carriage return instead of a line feed alone";
    private const string Cut = "The last row has no line feed at its end: the file may have been cut off (line 3).";

    /// <summary>The column that an accepted file is about; null when it is rejected.</summary>
    public string? Kept { get; private init; }

    /// <summary>The file that <c>staged.json</c> tells of, when it is another.</summary>
    public byte[]? Staged { get; private init; }

    /// <summary>Rows where line feeds do not tell.</summary>
    public int? Rows { get; private init; }

    public static IReadOnlyList<FileContent> All { get; } =
    [
        Of("a space before a number", Header + Row + "2, 0.5,2024-01-31,b\n", NoNumber),
        Of("a space behind a number", Header + Row + "2,0.5 ,2024-01-31,b\n", NoNumber),
        Of("a tab before a number", Header + Row + "2,\t0.5,2024-01-31,b\n", NoNumber),
        Of("a thousands separator", Header + Row + "2,\"1,000.5\",2024-01-31,b\n", NoNumber),
        Of("an apostrophe for thousands", Header + Row + "2,1'000.5,2024-01-31,b\n", NoNumber),
        Of("a decimal comma in quotes", Header + Row + "2,\"0,5\",2024-01-31,b\n", NoNumber),
        Of("a decimal comma without quotes", Header + Row + "2,0,5,2024-01-31,b\n", Ragged(3)),
        Of("a plus before a number", Header + Row + "2,+0.5,2024-01-31,b\n", NoNumber),
        Of("a percentage", Header + Row + "2,50%,2024-01-31,b\n", NoNumber),
        Of("a number that no double can hold", Header + Row + "2,1e999,2024-01-31,b\n", NoNumber),
        Of("another word for not a number: nan, N/A, NULL", Header + "1,nan,,\n2,N/A,,\n3,NULL,,\n",
            "Column amount: 3 of 3 rows are not of type number (lines 2, 3, 4)."),
        Of("NaN", Header + "1,NaN,2024-01-31,a\n", "missing") with { Kept = "amount" },
        Of("Infinity", Header + "1,Infinity,2024-01-31,a\n", "\"Infinity\"") with { Kept = "amount" },
        Of("an exponent in a number", Header + "1,5e-1,2024-01-31,a\n", "\"5e-1\"") with { Kept = "amount" },
        Of("a fraction in an integer column", Header + Row + "2.0,0.5,2024-01-31,b\n", NoInteger),
        Of("a leading zero", Header + Row + "02,0.5,2024-01-31,b\n", NoInteger),
        Of("digits of another script", Header + Row + "٢,0.5,2024-01-31,b\n", NoInteger),
        Of("an integer beyond 64 bits", Header + "12345678901234567890,,,\n",
            "\"12345678901234567890\"") with { Kept = "id" },
        Of("a date as 31.01.2024", Header + Row + "2,0.5,31.01.2024,b\n", NoDate),
        Of("a date as 01/31/2024", Header + Row + "2,0.5,01/31/2024,b\n", NoDate),
        Of("a date as 20240131", Header + Row + "2,0.5,20240131,b\n", NoDate),
        Of("a date as 2024-1-31", Header + Row + "2,0.5,2024-1-31,b\n", NoDate),
        Of("a date with a time", Header + Row + "2,0.5,2024-01-31T00:00:00,b\n", NoDate),
        Of("a day that there is not", Header + Row + "2,0.5,2023-02-29,b\n", NoDate),
        Of("the empty string in a column of numbers", Header + Row + "2,\"\",2024-01-31,b\n", NoNumber),
        Of("spaces around a text", Header + "1,,, a \n", "\" a \"") with { Kept = "note" },
        Of("commas, quotes and line breaks in quotes", Header + "1,,,\"a, \"\"b\"\"\r\nc\"\n",
            "\"a, \\\"b\\\"\\r\\nc\"") with { Kept = "note", Rows = 1 },
        Of("a text that reads like a formula", Header + "1,,,=1+1\n", "\"=1+1\"") with { Kept = "note" },
        new FileContent("a field of 10 MB", () => Utf8(Header + $"1,,,{new string('x', 10 << 20)}\n"),
            "10485760 characters") with { Kept = "note" },
        new("a row beyond 64 MiB", () => Utf8(Header + Row + $"2,,,{new string('x', 65 << 20)}\n{Row}"),
            "A row cannot be read (longer than 64 MiB, or a quote is opened and never closed); what follows it was "
            + "not checked (line 3)."),
        Of("a quote inside a text without quotes", Header + Row + "2,,,b\"c\n", Misplaced),
        Of("a letter behind a closing quote", Header + Row + "2,,,\"b\"c\n", Misplaced),
        Of("a space between comma and quote", Header + Row + "2,,, \"b\"\n", Misplaced),
        Of("a quote that is never closed", Header + Row + "2,,,\"b\n",
            "A row cannot be read (a quote is opened and never closed); what follows it was not checked (line 3)."),
        Of("a byte order mark", "\uFEFF" + Header + Row, "The file starts with a byte order mark (line 1)."),
        Of("CRLF line ends", (Header + Row).Replace("\n", "\r\n"), $"{CarriageReturn} (line 1)."),
        Of("one CRLF among line feeds", Header + "1,0.5,2024-01-31,a\r\n" + Row, $"{CarriageReturn} (line 2)."),
        Of("carriage returns alone", (Header + Row).Replace("\n", "\r"), $"{CarriageReturn} (line 1)."),
        Of("a NUL byte", Header + Row + "2,,,b\0\n", "The file has a NUL byte (line 3)."),
        Of("a NUL byte in quotes", Header + Row + "2,,,\"b\0\"\n", "The file has a NUL byte (line 3)."),
        new("Latin-1", () =>
            Encoding.Latin1.GetBytes(Header + Row + "2,,,Zürich\n"), "The file is not valid UTF-8 (line 3)."),
        new("UTF-16", () => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Header + Row)],
            "The file is not valid UTF-8 (line 1)."),
        Of("nothing", "", "The file is empty, without even a header."),
        Of("a header alone", Header, "The file has 0 rows; allowed is at least 1."),
        Of("no line feed at the end", Header + Row + "2,0.5,2024-01-31,b", Cut),
        Of("the start of a row at the end", Header + Row + "2,0.5", Cut),
        Of("a row less than was staged", Header + Row,
            "The file's number of rows is 1, but staged.json says 2.") with { Staged = Utf8(Header + Row + Row) },
        Of("as many bytes as were staged, one of them another", Header + "1,0.6,2024-01-31,a\n",
            "The file's SHA-256 is d72db2e87b8e3665086835479f57da7aa6da1f026237077af8cc782e4b7e910f, "
            + "but staged.json says aae40e6ed2e7cd7f63c1ce55a2e4deea26eff996c9f4b01b16027e6cdaf0dc5a.") with { Staged =
                Utf8(Header + Row) },
        Of("a field too many", Header + Row + "2,0.5,2024-01-31,b,c\n", Ragged(3)),
        Of("a field too few", Header + Row + "2,0.5,2024-01-31\n", Ragged(3)),
        Of("an empty line", Header + Row + "\n" + Row, Ragged(3)),
        Of("a column less", "id,amount,opened\n1,0.5,2024-01-31\n", HeaderIs("id, amount, opened")),
        Of("a column more", "id,amount,opened,note,more\n1,0.5,2024-01-31,a,b\n",
            HeaderIs("id, amount, opened, note, more")),
        Of("the columns in another order", "amount,id,opened,note\n0.5,1,2024-01-31,a\n",
            HeaderIs("amount, id, opened, note")),
        Of("a column's name in other letters", "ID,amount,opened,note\n" + Row, HeaderIs("ID, amount, opened, note")),
        Of("a column's name twice", "id,amount,opened,id\n" + Row,
            "Columns 1, 4 of the header have the same name (line 1)."),
        Of("a column without a name", "id,amount,opened,\n" + Row, "Column 4 of the header has no name (line 1)."),
        Of("no header", Row + Row, NoHeader),
        Of("semicolons for commas", (Header + Row).Replace(',', ';'), NoHeader),
        Of("tabs for commas", (Header + Row).Replace(',', '\t'), NoHeader),
    ];

    private static string NoNumber => "Column amount: 1 of 2 rows is not of type number (line 3).";

    private static string NoInteger => "Column id: 1 of 2 rows is not of type integer (line 3).";

    private static string NoDate => "Column opened: 1 of 2 rows is not of type date (line 3).";

    private static string NoHeader =>
        "The file's first line names none of the columns in staged.json: id, amount, opened, note.";

    private static string Ragged(int line) => $"Rows with more or fewer fields than the header's 4: 1 (line {line}).";

    private static string HeaderIs(string header) =>
        $"The file's header is {header}, but staged.json says id, amount, opened, note.";

    private static FileContent Of(string what, string csv, string answer) => new(what, () => Utf8(csv), answer);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
