namespace Benchmark.Hosting.Tracing;

/// <summary>The rule given to <see cref="MessageTags.AddMessageTags"/>.</summary>
internal sealed record MessageTagging(
    Func<object, IReadOnlyList<KeyValuePair<string, string>>> Tags, Func<object, string?> Failure)
{
    /// <summary>For a process whose services give no rule.</summary>
    public static MessageTagging None { get; } = new(_ => [], _ => null);
}
