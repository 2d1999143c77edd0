using System.Runtime.InteropServices;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Room for numbers of 16 bits, in chunks of which many make a list. All columns of a file share it: what one gives up, another
/// can use.
/// </summary>
internal sealed class Chunks(MemoryBudget memory)
{
    /// <summary>Numbers between the beginnings of two chunks: two lines of the cache.</summary>
    public const int Stride = 64;

    /// <summary>Bytes of a chunk.</summary>
    public const int Bytes = Stride * sizeof(ushort);

    /// <summary>Numbers in a chunk: what is left beside the chunk that it follows.</summary>
    public const int Room = Stride - Link;

    /// <summary>Where a list begins.</summary>
    public const int None = -1;

    private const int Link = sizeof(int) / sizeof(ushort);
    private const int PageBits = 16;
    private const int PerPage = (1 << PageBits) / Stride;
    // Places are told in 31 bits, that behind the last of them, too.
    private const int MostPages = (1 << (31 - PageBits)) - 1;

    private ushort[][] _pages = [];
    private int _fresh;
    private int _released = None;
    private int _free;

    /// <summary>Sees to it that so many chunks can be taken.</summary>
    /// <returns>False when there is no memory for them.</returns>
    public bool TryReserve(int chunks)
    {
        while (_free < chunks)
        {
            if (_pages.Length == MostPages || !memory.TryTake(sizeof(ushort) << PageBits))
                return false;
            _pages = [.. _pages, GC.AllocateUninitializedArray<ushort>(1 << PageBits)];
            _free += PerPage;
        }
        return true;
    }

    /// <summary>Begins a chunk behind another one; reserve it before.</summary>
    /// <returns>The place of its first number; those of the others follow, up to a multiple of <see cref="Stride"/>.</returns>
    public int Take(int previous)
    {
        var chunk = TakeOne();
        Previous(chunk) = previous;
        return chunk * Stride + Link;
    }

    /// <summary>A chunk of zeros that is no list's; reserve it before.</summary>
    public int TakeEmpty()
    {
        var chunk = TakeOne();
        BytesOf(chunk).Clear();
        return chunk;
    }

    public Span<byte> BytesOf(int chunk) => MemoryMarshal.AsBytes(Chunk(chunk));

    public void Put(int place, ushort number) => _pages[place >> PageBits][place & ((1 << PageBits) - 1)] = number;

    /// <summary>The numbers of the last chunk of a list.</summary>
    /// <param name="end">The place behind the last number; afterwards that of the chunk before, 0 when there is none.</param>
    public ReadOnlySpan<ushort> Read(ref int end)
    {
        var chunk = (end - 1) / Stride;
        var numbers = Chunk(chunk)[Link..(end - chunk * Stride)];
        end = (Previous(chunk) + 1) * Stride;
        return numbers;
    }

    /// <summary>Gives up a list.</summary>
    public void Release(int end)
    {
        for (var chunk = end == 0 ? None : (end - 1) / Stride; chunk != None;)
        {
            var previous = Previous(chunk);
            ReleaseOne(chunk);
            chunk = previous;
        }
    }

    public void ReleaseOne(int chunk)
    {
        Previous(chunk) = _released;
        _released = chunk;
        _free++;
    }

    private int TakeOne()
    {
        _free--;
        var chunk = _released;
        if (chunk == None)
            return _fresh++;
        _released = Previous(chunk);
        return chunk;
    }

    private ref int Previous(int chunk) => ref MemoryMarshal.Cast<ushort, int>(Chunk(chunk))[0];

    // Unsigned: a division that rounds down is a shift.
    private Span<ushort> Chunk(int chunk) => _pages[(uint)chunk / PerPage].AsSpan((int)((uint)chunk % PerPage) * Stride, Stride);
}
