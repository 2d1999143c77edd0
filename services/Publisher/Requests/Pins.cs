using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher.Requests;

/// <summary>Keeps versions from retention, or no longer.</summary>
internal sealed class Pins(VolumeLayout volume, TimeProvider time, ILogger<Pins> logger)
{
    /// <summary>Does what the message asks; a repetition changes nothing.</summary>
    /// <exception cref="IOException">The volume cannot be written; a retry may succeed.</exception>
    public void Set(PinVersion message)
    {
        var model = volume.Model(message.ValueStream, message.Model);
        var version = model.Version(message.Version);
        if (!message.Pinned)
        {
            if (Posix.TryUnlink(version.Pin))
                Flushed(model, message);
            return;
        }
        // A pin that is there keeps its own words, and one that a person made by hand may be empty.
        if (Posix.Exists(version.Pin))
            return;
        if (!PublishedVersions.All(model).Contains(message.Version))
        {
            logger.NothingToPin(message.ValueStream, message.Model, message.Version, message.RequestedBy);
            return;
        }
        VolumeJson.Write(version.Pin, new VersionPin
        {
            By = message.RequestedBy,
            Reason = message.Reason,
            At = time.GetUtcNow(),
        });
        Flushed(model, message);
    }

    private void Flushed(ModelPaths model, PinVersion message)
    {
        Posix.FlushDirectory(model.Versions);
        logger.PinSet(
            message.ValueStream, message.Model, message.Version, message.Pinned ? "pinned" : "unpinned",
            message.RequestedBy, message.Reason);
    }
}
