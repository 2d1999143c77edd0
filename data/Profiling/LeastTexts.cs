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
        var (low, high) = (0, _texts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (text.SequenceCompareTo(_texts[middle]) > 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < _texts.Count && text.SequenceEqual(_texts[low]))
            return;
        _texts.Insert(low, text.ToArray());
        if (_texts.Count > count)
            _texts.RemoveAt(count);
    }
}
