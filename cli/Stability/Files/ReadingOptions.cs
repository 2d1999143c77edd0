using System.Text;
using Benchmark.Cli.Stability.Foreign;

namespace Benchmark.Cli.Stability.Files;

/// <summary>What was said of the files to compare; what was not said is recognised.</summary>
/// <param name="Delimiter">Between the fields of a row; null to recognise it.</param>
/// <param name="Encoding">Of files that are not UTF-8; null when there are none.</param>
/// <param name="Values">What was said of their values.</param>
internal sealed record ReadingOptions(char? Delimiter, Encoding? Encoding, ReadingRules Values)
{
    private const char Tab = '\t';

    /// <summary>The character of a delimiter as it is typed; null when it is none.</summary>
    public static char? DelimiterOf(string typed) => typed switch
    {
        "tab" or "\\t" or "\t" => Tab,
        [var only] when !char.IsLetterOrDigit(only) && only is not ('"' or '\'' or '\r' or '\n') => only,
        _ => null,
    };

    /// <summary>An encoding by its usual names; null when there is none of that name.</summary>
    public static Encoding? EncodingOf(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(
                name.Equals("latin-1", StringComparison.OrdinalIgnoreCase) ? "iso-8859-1" : name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // The caller names what is allowed.
            return null;
        }
    }
}
