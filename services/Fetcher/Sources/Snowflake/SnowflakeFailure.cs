using System.Data.Common;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Benchmark.Fetcher.Sources.Snowflake;

/// <summary>
/// What the driver's exceptions mean. It puts what the server, a file or the network said inside "Unable to connect",
/// in words of several lines.
/// </summary>
internal static partial class SnowflakeFailure
{
    // "Value overflow in a SUM aggregate".
    public const int SumOverflow = 100058;

    // The driver's own codes for whatever it knows nothing of.
    private const int Internal = 270001;
    private const int RequestTimeout = 270007;

    private const int KeyUnreadable = 270052;
    private const int TokenInvalid = 390144;

    /// <summary>The class and the cause of a failure.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="trouble">What went wrong on the way meanwhile; null for nothing.</param>
    public static SourceFailure Explain(Exception failure, string? trouble)
    {
        var causes = Causes(failure).ToList();
        var said = causes.OfType<DbException>().LastOrDefault(e => e.ErrorCode is not (Internal or RequestTimeout));
        var failureClass = Classify(causes, trouble);
        var files = SnowflakeDriver.ProblemWithFiles(causes[^1]);
        var cause = files is not null ? $"The driver cannot be used: {files}."
            : said is null ? FirstLine(causes[^1].Message) : Said(said, causes[^1]);
        var tellsMore = trouble is not null && failureClass is FailureClass.Transient or FailureClass.Connection;
        return new SourceFailure(
            failureClass, tellsMore ? $"{cause.TrimEnd('.')} ({trouble})." : cause,
            files is null ? Hint(said?.ErrorCode) : SnowflakeDriver.FilesHint);
    }

    /// <summary>The class alone.</summary>
    public static FailureClass Classify(Exception failure) => Classify([.. Causes(failure)], trouble: null);

    /// <summary>Whether it is about the words of a query: no such thing, or syntax; a grant is none.</summary>
    public static bool IsWrongQuery(Exception failure) => Causes(failure).OfType<DbException>()
        .Any(cause => SqlState(cause) is ['0', '2', ..] or ['4', '2', ..] and not "42501");

    private static FailureClass Classify(List<Exception> causes, string? trouble)
    {
        foreach (var cause in causes)
        {
            if (cause is DbException { ErrorCode: var code } && Classify(code, SqlState(cause), trouble) is { } known)
                return known;
        }
        return causes[^1] switch
        {
            var cause when SnowflakeDriver.ProblemWithFiles(cause) is not null => FailureClass.Connection,
            FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
                FailureClass.Connection,
            HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => FailureClass.Credentials,
            // An account that is spelled wrong has a host all the same, which knows nothing of it.
            HttpRequestException { StatusCode: HttpStatusCode.NotFound } => FailureClass.Connection,
            _ => FailureClass.Transient,
        };
    }

    private static FailureClass? Classify(int code, string? state, string? trouble) => code switch
    {
        // The driver signs a token for 60 s, and sends the same one again for as long as the service fails.
        TokenInvalid when trouble is not null => FailureClass.Transient,
        // A session that ended, and a login service that is busy or down, say nothing against who logs in.
        390111 or 390112 or 390114 or 390115 or 390201 => FailureClass.Transient,
        // A role that does not exist; an address that no network policy allows.
        390189 or 390420 or 390422 => FailureClass.Connection,
        >= 390100 and < 390500 => FailureClass.Credentials,
        // The driver's own: a token that it was not given.
        270064 => FailureClass.Credentials,
        // The driver's own: a connection string that lacks or misspells something, a key that it cannot read, an
        // identity that this machine does not have.
        270006 or 270008 or 270009 or 270011 or 270012 or (>= 270040 and <= 270042) or KeyUnreadable or 270055 or 270066
            => FailureClass.Connection,
        // A type that it does not know.
        270053 => FailureClass.Permanent,
        // STATEMENT_TIMEOUT_IN_SECONDS; a warehouse that is missing or suspended for good.
        630 or 606 => FailureClass.Permanent,
        // SQL's own classes: no such thing, bad data, syntax or access.
        _ when state is ['0', '2', ..] or ['2', '2', ..] or ['4', '2', ..] => FailureClass.Permanent,
        _ => null,
    };

    private static string? Hint(int? code) => code switch
    {
        KeyUnreadable => "Check private_key_file, or private_key in quotes with \\n for each line break, and "
            + "private_key_pwd: the key is an RSA key in PEM, encrypted or not.",
        TokenInvalid => "With a key pair, check that it is the one of the user (ALTER USER … SET RSA_PUBLIC_KEY), "
            + "that account and user are right, and that this machine's clock is right to within 30 s.",
        390422 or 390420 => "Have the addresses of this cluster added to the network policy of the account or user.",
        _ => null,
    };

    // "Error: … SqlState: 08006, VendorCode: 390144, QueryId: "; what the driver says of a file, or of its settings,
    // ends with a stack trace, or with no reason at all.
    private static string Said(DbException said, Exception innermost)
    {
        var text = FirstLine(Wrapped().Match(said.Message) is { Success: true } match
            ? match.Groups["text"].Value : said.Message).TrimEnd();
        return said == innermost ? text : $"{text.TrimEnd('.')}: {FirstLine(innermost.Message)}";
    }

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is not AggregateException)
                yield return cause;
        }
    }

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd();

    // The driver hides the property of its base class with one of its own.
    private static string? SqlState(Exception failure) =>
        failure.GetType()
            .GetProperty("SqlState", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            ?.GetValue(failure) as string ?? (failure as DbException)?.SqlState;

    [GeneratedRegex(
        @"^Error: (?<text>.*?)\s*SqlState: [^,]*, VendorCode: \d+, QueryId: .*$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Wrapped();
}
