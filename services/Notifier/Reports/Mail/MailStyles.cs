using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Reports.Mail;

/// <summary>Inline styles, because mail programs drop style sheets. Every text has a contrast of 4.5 or more.</summary>
internal static class MailStyles
{
    public const string Text =
        "max-width:760px;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;"
        + "color:#172b4d;";

    public const string Title =
        "padding:24px 24px 6px;font-size:16px;font-weight:bold;";

    public const string Block = "padding:0 24px;";

    public const string Head =
        "text-align:left;border-bottom:2px solid #dfe1e6;font-size:12px;font-weight:normal;color:#5e6c84;";

    public const string Cell = "border-bottom:1px solid #ebecf0;vertical-align:top;";

    /// <summary>Long names and paths break, or they would push the rest out of sight.</summary>
    public const string Break = "word-break:break-word;";

    public const string Quiet = "color:#5e6c84;font-size:12px;";

    public const string Names = "color:#44546f;font-size:12px;word-break:break-word;";

    public const string Code = "background:#f1f2f4;font-family:Consolas,Menlo,monospace;font-size:12px;"
        + "word-break:break-word;";

    /// <summary>Dark enough on white; the outcome is also written beside it.</summary>
    public static string ColorOf(Outcome outcome) => outcome switch
    {
        Outcome.Published or Outcome.Unchanged => "#006644",
        Outcome.Superseded => "#5e6c84",
        Outcome.Missing or Outcome.SourceLate => "#974f0c",
        _ => "#bf2600",
    };

    public static string ColorOf(Band band) => band == Band.Moved ? "#bf2600" : "#974f0c";

    public static string ColorOf(BarPiece piece, Band band) => piece.Kind switch
    {
        BarKind.Filled => band == Band.Moved ? "#de350b" : "#e08c00",
        BarKind.Limit => "#172b4d",
        _ => "#e4e6ea",
    };
}
