using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts;

namespace Benchmark.Notifier.Lineage;

/// <summary>
/// The run id of OpenLineage: each model of a run has its own, the same whenever it is asked for (UUID version 5,
/// RFC 9562).
/// </summary>
internal static class RunId
{
    public static Guid Of(Guid run, ModelKey model)
    {
        var hash = SHA1.HashData([.. run.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(model.ToString())]);
        hash[6] = (byte)(hash[6] & 0x0f | 0x50);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
