using System.Text;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// The values that the registry allows in a column, compared by what they are: 1, 1.0 and 1.00 are one.
/// </summary>
internal sealed class AllowedValues<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private readonly Dictionary<long, byte[][]>? _spellings;

    /// <param name="values">As the registry spells them; null allows every value. NaN, which has no key, is matched as
    /// text elsewhere.</param>
    public AllowedValues(IReadOnlyList<string>? values) => _spellings = values?
        .Select(Encoding.UTF8.GetBytes)
        .Select(text => (Parsed: TGrammar.Parse(text, out var key), Key: key, Text: text))
        .Where(value => value.Parsed is Parsed.Exact or Parsed.Rounded)
        .GroupBy(value => value.Key)
        .ToDictionary(same => same.Key, same => same.Select(value => value.Text).ToArray());

    public bool Exist => _spellings is not null;

    public bool Allows(long key, ReadOnlySpan<byte> value)
    {
        if (_spellings is null)
            return true;
        if (!_spellings.TryGetValue(key, out var spellings))
            return false;
        foreach (var spelling in spellings)
        {
            // Equal keys: of long numbers only the digits tell whether they are one.
            if (TGrammar.Compare(value, spelling) == 0)
                return true;
        }
        return false;
    }
}
