using System.Net;

namespace Benchmark.Fetcher.Sources.Http;

/// <summary>The body of an answer, of which every byte that comes is noticed.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly HttpExchange _exchange;

    public WatchedContent(HttpContent content, HttpExchange exchange)
    {
        (_content, _exchange) = (content, exchange);
        foreach (var header in content.Headers.NonValidated)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        await (await CreateContentReadStreamAsync(cancellationToken)).CopyToAsync(stream, cancellationToken);

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new WatchedStream(await _content.ReadAsStreamAsync(), _exchange);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new WatchedStream(await _content.ReadAsStreamAsync(cancellationToken), _exchange);

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        _exchange.End();
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private sealed class WatchedStream(Stream body, HttpExchange exchange) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Came(body.Read(buffer, offset, count), count);

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Came(await body.ReadAsync(buffer, cancellationToken), buffer.Length);

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            exchange.End();
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }

        private int Came(int bytes, int wanted)
        {
            if (bytes == 0 && wanted > 0)
                exchange.End();
            else
                exchange.Came(bytes);
            return bytes;
        }
    }
}
