using System.Text;

namespace Benchmark.Data.Profiling;

/// <summary>How a file spells values, without an object for each.</summary>
internal sealed class Spellings
{
    private readonly List<long> _keys = [];
    private readonly List<int> _ends = [];
    private byte[] _texts = new byte[64];

    /// <summary>Takes a value's first spelling.</summary>
    public void Add(long key, ReadOnlySpan<byte> text)
    {
        var start = Start(_keys.Count);
        if (start + text.Length > _texts.Length)
            Array.Resize(ref _texts, (start + text.Length) * 2);
        text.CopyTo(_texts.AsSpan(start));
        _keys.Add(key);
        _ends.Add(start + text.Length);
    }

    /// <summary>The spelling of a value; null when it is not known.</summary>
    public string? Find(long key)
    {
        var index = _keys.IndexOf(key);
        return index < 0 ? null : Encoding.UTF8.GetString(_texts.AsSpan(Start(index).._ends[index]));
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
