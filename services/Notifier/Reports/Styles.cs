using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Reports;

/// <summary>Inline styles, because mail programs drop style sheets.</summary>
internal static class Styles
{
    public const string Text =
        "font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;color:#172b4d;";

    public const string Title = "padding:16px 24px 4px 24px;font-size:16px;font-weight:bold;";

    public const string Block = "padding:0 24px;";

    public const string Head =
        "padding:4px 8px;text-align:left;border-bottom:2px solid #dfe1e6;font-size:12px;color:#5e6c84;";

    public const string Cell = "padding:6px 8px;border-bottom:1px solid #dfe1e6;vertical-align:top;";

    /// <summary>Dark enough on white; the outcome is also written beside it.</summary>
    public static string ColorOf(Outcome outcome) => outcome switch
    {
        Outcome.Published or Outcome.Unchanged => "#006644",
        Outcome.Superseded => "#5e6c84",
        Outcome.Missing => "#974f0c",
        _ => "#bf2600",
    };

    public static string ColorOf(Band band) => band == Band.Moved ? "#bf2600" : "#ff991f";
}
