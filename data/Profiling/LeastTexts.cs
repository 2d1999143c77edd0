using System.Runtime.InteropServices;

namespace Benchmark.Data.Profiling;

/// <summary>The first few of many texts, in the order of their bytes, each once.</summary>
internal sealed class LeastTexts(int count)
{
    private readonly List<byte[]> _texts = new(count + 1);

    public IReadOnlyList<byte[]> Texts => _texts;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (_texts.Count == count && text.SequenceCompareTo(_texts[^1]) >= 0)
            return;
        var index = CollectionsMarshal.AsSpan(_texts).BinarySearch(new Text(text));
        if (index >= 0)
            return;
        _texts.Insert(~index, text.ToArray());
        if (_texts.Count > count)
            _texts.RemoveAt(count);
    }

    private readonly ref struct Text(ReadOnlySpan<byte> text) : IComparable<byte[]>
    {
        private readonly ReadOnlySpan<byte> _text = text;

        public int CompareTo(byte[]? other) => _text.SequenceCompareTo(other);
    }
}
