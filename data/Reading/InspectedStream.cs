namespace Benchmark.Data.Reading;

/// <summary>A file that is read once, from start to end; an inspector sees every byte.</summary>
internal sealed class InspectedStream(string path, ByteInspector inspector) : Stream
{
    // Unbuffered, because the CSV reader and Drain read in large blocks.
    private readonly FileStream _file = new(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    });

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _file.Read(buffer);
        inspector.Inspect(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left, so that the inspector has seen the whole file.</summary>
    public void Drain()
    {
        var block = new byte[1 << 17];
        while (Read(block) > 0)
        {
            // Reading is enough: the inspector sees every block.
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
