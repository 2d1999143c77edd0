using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Benchmark.Cli.Init;

/// <summary>Writes names and values as scalars of YAML.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions s_escapes = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What a reader of YAML takes for something else than text.
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "true", "false", "yes", "no", "on", "off", "y", "n",
    };

    /// <summary>A text, in quotes where it would be taken for something else without.</summary>
    public static string Scalar(string text) =>
        Plain().IsMatch(text) && !s_words.Contains(text) ? text : Quoted(text);

    /// <summary>A text in double quotes, whose escapes are those of JSON.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, s_escapes);

    /// <summary>A list in one line.</summary>
    public static string List(IEnumerable<string> scalars) => $"[{string.Join(", ", scalars)}]";

    /// <summary>A comment of one line, whatever the text holds.</summary>
    public static string Comment(string text) => $"# {LineBreaks().Replace(text, " ")}";

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
