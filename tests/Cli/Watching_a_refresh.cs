using System.Text;
using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed partial class Watching_a_refresh : IDisposable
{
    private readonly Workplace _place = new();

    public Watching_a_refresh()
    {
        _place.Warehousing("create table quick as select 1 as id");
        _place.Registers(
            "quick: {table: quick}",
            "slow: {query: \"select i as id, md5(i::varchar) as text from range(1000000000) r(i)\"}");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shows_rows_bytes_and_rate_of_a_fetch_that_goes_on(bool errorIsTerminal)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var error = new WatchedWriter(LongFetch(), enough.Cancel);

        await _place.RunAsync(
            new Terminal(new StringWriter(), error, errorIsTerminal: errorIsTerminal), enough.Token,
            "refresh", "--all");

        var shown = LongFetch().Match(error.ToString());
        shown.Success.Should().BeTrue("it went on until that was shown: {0}", error);
        long.Parse(shown.Groups["rows"].Value.Replace(",", "", StringComparison.Ordinal))
            .Should().BeGreaterThan(10_000);
    }

    [Fact]
    public async Task Waits_for_a_report_that_is_slow_to_send_because_nobody_else_would_send_it()
    {
        await using var server = SmtpServer.Start();
        using var waitedFor = new ManualResetEventSlim();
        server.AnswerToRecipient = _ =>
        {
            waitedFor.Wait(TimeSpan.FromMinutes(1));
            return "250 ok";
        };

        var environment = new Dictionary<string, string> { ["SMTP_URI"] = $"smtp://127.0.0.1:{server.Port}" };
        var refresh = _place.Start(environment, "refresh", "vs/quick");
        await Workplace.UntilAsync(refresh, () => refresh.Error.Contains("waiting for its report to be sent"));
        waitedFor.Set();
        await refresh.ExitAsync();

        refresh.Output.Should().Contain("report to team@bank.example: 127.0.0.1: team@bank.example");
        server.Mails.Should().ContainSingle();
    }

    [Fact]
    public async Task Lists_no_column_whose_drift_is_stable()
    {
        _place.Warehousing("create table calm as select i as id, i % 10 as grade from range(1000) r(i)");
        _place.Registers("calm: {table: calm}");
        await _place.RunAsync("refresh", "vs/calm");
        _place.Warehousing("insert into calm values (1000, 0)");

        var refresh = await _place.RunAsync("refresh", "vs/calm");

        File.ReadAllText(_place.OnVolume("vs/calm/benchmark.json")).Should().Contain("\"band\": \"stable\"");
        refresh.Output.Should().Contain("vs/calm published version 2").And.NotContain("stable");
    }

    [GeneratedRegex(@"vs/slow .*?(?<rows>[0-9,]{5,}) rows, [0-9]+\.[0-9] [MG]B, [0-9]+\.[0-9] [kM]B/s")]
    private static partial Regex LongFetch();

    /// <summary>Says when a line has been written that someone waits for.</summary>
    private sealed class WatchedWriter(Regex awaited, Action written) : StringWriter
    {
        private readonly Lock _writing = new();
        private readonly StringBuilder _all = new();

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Write(string? value)
        {
            lock (_writing)
            {
                _all.Append(value);
                if (awaited.IsMatch(_all.ToString()))
                    written();
            }
        }

        public override string ToString()
        {
            lock (_writing)
                return _all.ToString();
        }
    }
}
