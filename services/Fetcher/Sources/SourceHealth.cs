using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Knows which sources are down, so that a run of 200 models ends in minutes and not in hours, and a log-in that was
/// refused once is not tried 200 times. Now and then one model tries whether the source is back.
/// </summary>
internal sealed class SourceHealth(TimeProvider time)
{
    /// <summary>So many models in a row, with none in between that was fetched.</summary>
    public const int ModelsInARow = 3;

    /// <summary>A source that is away for less is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    // Of a source that nobody has tried for so long nothing is known: the next run begins anew.
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    // By connection as well: with another one it is another source.
    private readonly Dictionary<(string Name, string Connection), Outage> _outages = [];

    /// <summary>Lets a model ask its source, unless that is down and was tried a moment ago.</summary>
    /// <exception cref="FetchRefusedException">It is down.</exception>
    public void Require(ModelKey model, SourceDefinition source)
    {
        lock (_lock)
        {
            // Whoever tries may ask for readiness first, and then for the rows.
            if (Find(source) is not { } outage || !IsDown(outage) || outage.Trying == model)
                return;
            if (time.GetElapsedTime(outage.Tried) >= s_pause)
            {
                (outage.Tried, outage.Trying) = (time.GetTimestamp(), model);
                return;
            }
            throw outage.Credentials
                ? new FetchRefusedException(
                    $"The source {source} has just refused the credentials for {outage.Models.First()}, and is not "
                    + $"asked again for a minute: {outage.Reason}",
                    $"Renew the secret of the source '{source.Name}', then refresh what failed.")
                : new FetchRefusedException(
                    $"The source {source} is down: no model has been fetched from it since {outage.Since:HH:mm} UTC. "
                    + outage.Reason,
                    "Check the source and the network to it, then refresh what failed. It is tried once a minute.");
        }
    }

    /// <summary>
    /// A model could not be fetched because of its source; returns whether that makes it one that is down.
    /// </summary>
    public bool Failed(ModelKey model, SourceDefinition source, string reason, bool credentials)
    {
        lock (_lock)
        {
            if (Find(source) is not { } outage)
                _outages.Add(Key(source), outage = new Outage(time.GetUtcNow(), time.GetTimestamp()));
            outage.Models.Add(model);
            (outage.Reason, outage.Credentials) = (reason, credentials);
            (outage.Tried, outage.Trying) = (time.GetTimestamp(), null);
            var isNew = !outage.Told && IsDown(outage);
            outage.Told |= isNew;
            return isNew;
        }
    }

    /// <summary>A model was fetched; returns whether the source had been down.</summary>
    public bool Worked(SourceDefinition source)
    {
        lock (_lock)
            return _outages.Remove(Key(source), out var outage) && outage.Told;
    }

    private static (string Name, string Connection) Key(SourceDefinition source) => (source.Name, source.Connection);

    private Outage? Find(SourceDefinition source)
    {
        if (!_outages.TryGetValue(Key(source), out var outage))
            return null;
        if (time.GetElapsedTime(outage.Tried) < s_forgotten)
            return outage;
        _outages.Remove(Key(source));
        return null;
    }

    private bool IsDown(Outage outage) => outage.Credentials
        || (outage.Models.Count >= ModelsInARow && time.GetElapsedTime(outage.Began) >= Patience);

    private sealed class Outage(DateTimeOffset since, long began)
    {
        public DateTimeOffset Since { get; } = since;

        public long Began { get; } = began;

        public HashSet<ModelKey> Models { get; } = [];

        public string Reason { get; set; } = "";

        public bool Credentials { get; set; }

        public bool Told { get; set; }

        public long Tried { get; set; }

        /// <summary>The model that tries whether it is back; null when none does.</summary>
        public ModelKey? Trying { get; set; }
    }
}
