using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>Each planned fault reaches whoever asks, as often as it was planned and no more.</summary>
public sealed class Failing_as_Snowflake_does : IAsyncLifetime
{
    private const string ThirtyRows = "select i as I from range(30) r(i)";

    private SnowflakeEmulator _snowflake = null!;
    private Wire _wire = null!;

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        _wire = new Wire(_snowflake.Address);
        await _wire.LogInAsync();
    }

    public async Task DisposeAsync()
    {
        _wire.Dispose();
        await _snowflake.DisposeAsync();
    }

    [Fact]
    public async Task Is_unavailable_twice_and_then_answers()
    {
        _snowflake.Faults.Plan(Fault.Unavailable, times: 2);
        var request = Guid.NewGuid();
        var answers = new List<HttpStatusCode>();

        for (var i = 0; i < 3; i++)
        {
            using var response = await _wire.SendAsync(ThirtyRows, request);
            answers.Add(response.StatusCode);
        }

        answers.Should().Equal(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        _snowflake.Results.Statements.Should().ContainSingle();
    }

    [Fact]
    public async Task Lets_a_session_expire_that_can_be_renewed()
    {
        _snowflake.Faults.Plan(Fault.SessionExpired);
        var request = Guid.NewGuid();

        var expired = await _wire.QueryAsync(ThirtyRows, request);
        var still = await _wire.QueryAsync(ThirtyRows, request);
        await _wire.RenewAsync();
        var answered = await _wire.QueryAsync(ThirtyRows, request);

        Code(expired).Should().Be("390112");
        Code(still).Should().Be("390112");
        (await _wire.RowsAsync(answered.GetProperty("data"))).Should().HaveCount(30);
        _snowflake.Sessions.Renewals.Should().Be(1);
        _snowflake.Results.Statements.Should().ContainSingle();
    }

    [Fact]
    public async Task Lets_a_session_go_for_good()
    {
        _snowflake.Faults.Plan(Fault.SessionGone);

        Code(await _wire.QueryAsync(ThirtyRows)).Should().Be("390111");
        Code(await _wire.QueryAsync(ThirtyRows)).Should().Be("390111");
    }

    [Fact]
    public async Task Answers_slowly_where_its_result_is_to_be_asked_for()
    {
        _snowflake.Faults.Plan(Fault.StillRunning, times: 2);

        var asked = await _wire.QueryAsync(ThirtyRows);
        var url = asked.GetProperty("data").GetProperty("getResultUrl").GetString()!;
        var still = await _wire.GetAsync(url);
        var done = await _wire.GetAsync(url);

        Code(asked).Should().Be("333333");
        Code(still).Should().Be("333333");
        (await _wire.RowsAsync(done.GetProperty("data"))).Should().HaveCount(30);
    }

    [Fact]
    public async Task Never_answers_until_it_is_told_to_stop()
    {
        _snowflake.Faults.Plan(Fault.NeverAnswered);
        var request = Guid.NewGuid();

        var query = _wire.QueryAsync(ThirtyRows, request);
        await _snowflake.Asked;
        var another = await _wire.AbortAsync(Guid.NewGuid());
        query.IsCompleted.Should().BeFalse();
        var aborted = await _wire.AbortAsync(request);

        Code(another).Should().Be("000605");
        aborted.GetProperty("success").GetBoolean().Should().BeTrue();
        Code(await query).Should().Be("000604");
        _snowflake.Abort.IsCompleted.Should().BeTrue();
        _snowflake.Results.Statements.Should().BeEmpty();
    }

    [Fact]
    public async Task Does_not_answer_the_abort_either()
    {
        _snowflake.Faults.Plan(Fault.NeverAnswered);
        _snowflake.Faults.Plan(Fault.AbortNeverAnswered);
        var request = Guid.NewGuid();

        var query = _wire.QueryAsync(ThirtyRows, request);
        await _snowflake.Asked;
        var abort = _wire.AbortAsync(request);
        await _snowflake.Abort;

        (await _wire.QueryAsync(ThirtyRows)).GetProperty("success").GetBoolean().Should().BeTrue();
        query.IsCompleted.Should().BeFalse();
        abort.IsCompleted.Should().BeFalse();
        await _snowflake.DisposeAsync();
        await ((Func<Task>)(() => Task.WhenAll(query, abort))).Should().ThrowAsync<HttpRequestException>();
    }

    [Theory]
    [InlineData(Fault.ChunkShort, 26)]
    [InlineData(Fault.ChunkEmpty, 20)]
    [InlineData(Fault.InlineRowLost, 29)]
    internal async Task Loses_rows_without_a_word(Fault fault, int left)
    {
        _snowflake.Faults.Plan(fault);

        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");

        data.GetProperty("total").GetInt32().Should().Be(30);
        (await _wire.RowsAsync(data)).Should().HaveCount(left);
        _snowflake.Faults.Struck(fault).Should().Be(1);
        (await _wire.RowsAsync((await _wire.QueryAsync(ThirtyRows)).GetProperty("data"))).Should().HaveCount(30);
    }

    [Fact]
    public async Task Alters_a_value_without_a_word()
    {
        _snowflake.Faults.Plan(Fault.ValueAltered);

        var altered = await _wire.RowsAsync((await _wire.QueryAsync(ThirtyRows)).GetProperty("data"));
        var right = await _wire.RowsAsync((await _wire.QueryAsync(ThirtyRows)).GetProperty("data"));

        altered[0].Should().Equal("1");
        right[0].Should().Equal("0");
        altered.Skip(1).Should().BeEquivalentTo(right.Skip(1), options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Cuts_the_connection_within_a_chunk()
    {
        _snowflake.Faults.Plan(Fault.ChunkCut, chunk: 1);
        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");

        await ((Func<Task>)(() => _wire.ChunkAsync(data, 1))).Should().ThrowAsync<HttpRequestException>();

        (await _wire.RowsAsync(data)).Should().HaveCount(30);
    }

    [Fact]
    public async Task Ends_a_chunk_early_though_its_length_agrees()
    {
        _snowflake.Faults.Plan(Fault.ChunkTruncated);
        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");
        var declared = data.GetProperty("chunks")[0].GetProperty("compressedSize").GetInt32();

        var (status, body) = await _wire.ChunkAsync(data, 0);

        status.Should().Be(HttpStatusCode.OK);
        body.Should().HaveCount(declared / 2);
        (await _wire.ChunkAsync(data, 0)).Body.Should().HaveCount(declared);
    }

    [Fact]
    public async Task Sends_a_chunk_slowly_but_whole()
    {
        _snowflake.Faults.Plan(Fault.ChunkSlow);
        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");
        var started = Stopwatch.GetTimestamp();

        var rows = await _wire.RowsAsync(data);

        rows.Should().HaveCount(30);
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(Drip.Shortest);
        _snowflake.Faults.Struck(Fault.ChunkSlow).Should().Be(1);
    }

    [Fact]
    public async Task Lets_a_chunk_drip_for_as_long_as_somebody_waits_for_its_end()
    {
        _snowflake.Faults.Plan(Fault.ChunkDripping);
        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");

        var chunk = _wire.ChunkAsync(data, 0);
        await _snowflake.Drip.Begun;
        (await _wire.ChunkAsync(data, 1)).Status.Should().Be(HttpStatusCode.OK);
        chunk.IsCompleted.Should().BeFalse();
        _snowflake.Drip.GivenUp.IsCompleted.Should().BeFalse();
        _wire.Dispose();

        await ((Func<Task>)(() => chunk)).Should().ThrowAsync<OperationCanceledException>();
        await _snowflake.Drip.GivenUp;
    }

    [Fact]
    public async Task Forbids_a_chunk_as_one_whose_address_has_expired()
    {
        _snowflake.Faults.Plan(Fault.ChunkForbidden);
        var data = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data");

        (await _wire.ChunkAsync(data, 0)).Status.Should().Be(HttpStatusCode.Forbidden);
        (await _wire.ChunkAsync(data, 0)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Fails_only_the_queries_that_are_meant()
    {
        _snowflake.Faults.Plan(Fault.Unavailable, Faults.ForEver, within: "RESULT_SCAN");
        var id = (await _wire.QueryAsync(ThirtyRows)).GetProperty("data").GetProperty("queryId").GetString();

        using var scan = await _wire.SendAsync($"SELECT * FROM TABLE(RESULT_SCAN('{id}'))");

        scan.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    private static string? Code(JsonElement said) => said.GetProperty("code").GetString();
}
