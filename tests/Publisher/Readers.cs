using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>Readers who open <c>benchmark.csv</c> and what <c>benchmark.json</c> names, again and again.</summary>
internal sealed class Readers : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CountdownEvent _reading;
    private readonly List<Task<(List<int> Contents, long Reads)>> _tasks;

    private Readers(ModelPaths model, int count)
    {
        _reading = new CountdownEvent(count);
        // Threads of their own, and under way before the race: on two cores a pool thread may start when it is over.
        _tasks = [.. Enumerable.Range(0, count)
            .Select(_ => Task.Factory.StartNew(() => Read(model), TaskCreationOptions.LongRunning))];
        _reading.Wait();
    }

    public static Readers Start(ModelPaths model, int count) => new(model, count);

    public async Task<Seen> StopAsync()
    {
        await _stop.CancelAsync();
        var all = await Task.WhenAll(_tasks);
        return new Seen([.. all.Select(one => one.Contents)], all.Sum(one => one.Reads));
    }

    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll(_tasks);
        _stop.Dispose();
        _reading.Dispose();
    }

    private (List<int> Contents, long Reads) Read(ModelPaths model)
    {
        var contents = new List<int>();
        var reads = 0L;
        for (; !_stop.IsCancellationRequested; reads++)
        {
            // Throws when it is not there, or not one whole content.
            var content = StagedData.WholeContent(File.ReadAllBytes(model.Benchmark));
            if (contents is [])
                _reading.Signal();
            if (contents is [] || contents[^1] != content)
                contents.Add(content);
            var facts = VolumeJson.Read<Manifest>(model.Manifest);
            File.ReadAllBytes(Path.Combine(model.Directory, facts.File)).Should().HaveCount((int)facts.Bytes);
            // The publishers need the cores, too.
            Thread.Sleep(1);
        }
        return (contents, reads);
    }

    /// <summary>What they saw, each the contents in order.</summary>
    internal sealed record Seen(IReadOnlyList<List<int>> Contents, long Reads)
    {
        /// <summary>Nobody saw a version and then a lower one.</summary>
        public void RequireNoStepBack(ModelPaths model)
        {
            var versions = PublishedVersions.All(model).ToDictionary(
                version => StagedData.WholeContent(File.ReadAllBytes(model.Version(version).Data)));
            foreach (var contents in Contents)
                contents.Select(content => versions[content]).Should().BeInAscendingOrder();
        }
    }
}
