namespace Benchmark.Contracts.Registry.Document;

/// <summary>A piece of YAML with its place. <see cref="Size"/> counts what aliases stand for.</summary>
internal abstract record YamlNode(Place Place, long Size)
{
    public abstract string Kind { get; }
}

internal sealed record YamlScalar(Place Place, string Text, bool Plain) : YamlNode(Place, 1)
{
    /// <summary>Nothing after the colon, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => "a single value";
}

internal sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items)
    : YamlNode(Place, 1 + Items.Sum(i => i.Size))
{
    public override string Kind => "a list";
}

internal sealed record YamlMap(Place Place, IReadOnlyList<YamlEntry> Entries)
    : YamlNode(Place, 1 + Entries.Sum(e => 1 + e.Value.Size))
{
    public override string Kind => "a mapping";
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
