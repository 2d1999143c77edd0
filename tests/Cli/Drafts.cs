namespace Benchmark.Cli.Tests;

/// <summary>Drafts that <c>benchmark init</c> writes in a workplace.</summary>
internal sealed class Drafts(Workplace place)
{
    public string Path => place.InDirectory("draft.yaml");

    /// <summary>What the last one said on stderr.</summary>
    public string Remarks { get; private set; } = "";

    /// <summary>The draft that such a command line makes.</summary>
    public async Task<string> OfAsync(params string[] args)
    {
        var result = await place.RunAsync(["init", .. args, "--output", Path]);
        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().Contain("Review it");
        Remarks = result.Error;
        return await File.ReadAllTextAsync(Path);
    }

    /// <summary>What such a command line is refused with.</summary>
    public async Task<string> RefusedAsync(params string[] args)
    {
        var result = await place.RunAsync(["init", .. args, "--output", Path]);
        result.ExitCode.Should().Be(1, result.Output);
        File.Exists(Path).Should().BeFalse();
        return result.Error;
    }

    /// <summary>Checks and refreshes the draft as it is.</summary>
    public async Task BecomeVersionOneAsync(params string[] models)
    {
        File.Move(Path, place.Registry);
        var check = await place.RunAsync("check");
        var refresh = await place.RunAsync("refresh", "--all");

        check.ExitCode.Should().Be(0, check.Output);
        refresh.ExitCode.Should().Be(0, refresh.Output + refresh.Error);
        foreach (var model in models)
            refresh.Output.Should().Contain($"{model} published version 1");
    }

    /// <summary>The benchmark that a drafted model has.</summary>
    public string Published(string model) =>
        File.ReadAllText(place.OnVolume($"value_stream_1/{model}/benchmark.csv"));
}
