using System.Text;
using Benchmark.Data;

namespace Benchmark.Notifier.Deliveries;

/// <summary>
/// Blocks of Slack's Block Kit within its limits, https://docs.slack.dev/reference/block-kit/blocks: 50 blocks, 150
/// characters in a header, 3,000 in a section. What all blocks may hold together is documented nowhere: refusals
/// (<c>msg_blocks_too_long</c>) were seen from 11,341 characters of text up
/// (https://github.com/slackapi/bolt-js/issues/2867, /2509), so 9,000 are used.
/// </summary>
internal sealed class SlackBlocks
{
    public const int HeaderLimit = 150;
    private const int SectionLimit = 3000;
    private const int MaxBlocks = 50;
    private const int MaxText = 9000;

    // For what comes last: how many more there are, and the way to them.
    private const int Reserved = 1200;

    private readonly List<object> _blocks = [];
    private int _text;

    public IReadOnlyList<object> All => _blocks;

    // Plain text is shown literally, so it must not be escaped.
    public void Header(string text)
    {
        var clipped = Clipped(text, HeaderLimit);
        _text += clipped.Length;
        _blocks.Add(new { type = "header", text = new { type = "plain_text", text = clipped } });
    }

    /// <summary>Adds a section, if it fits.</summary>
    public bool Section(string markdown) => Add(markdown, MaxBlocks - 1, MaxText - Reserved);

    /// <summary>Adds what must not be missing.</summary>
    public void Last(string markdown) => Add(Clipped(markdown, Reserved), MaxBlocks, MaxText);

    /// <summary>
    /// Text on one line, in which Slack sees no markup: unescaped, <c>&lt;!channel&gt;</c> in a name would notify
    /// everybody.
    /// </summary>
    public static string Escaped(string text, int length)
    {
        var escaped = new StringBuilder();
        foreach (var rune in Visible.Of(text).EnumerateRunes())
        {
            var next = rune.Value switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => rune.ToString() };
            if (escaped.Length + next.Length > length - 1)
                return $"{escaped}…";
            escaped.Append(next);
        }
        return escaped.ToString();
    }

    private bool Add(string markdown, int maxBlocks, int maxText)
    {
        if (markdown.Length == 0)
            return true;
        if (markdown.Length > SectionLimit || _blocks.Count >= maxBlocks || _text + markdown.Length > maxText)
            return false;
        _text += markdown.Length;
        _blocks.Add(new { type = "section", text = new { type = "mrkdwn", text = markdown } });
        return true;
    }

    // Not between the two halves of a character.
    private static string Clipped(string text, int length) => text.Length <= length
        ? text
        : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}…";
}
