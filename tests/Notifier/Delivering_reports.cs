using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Benchmark.Notifier.Tests;

public sealed class Delivering_reports : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Leaves_a_mail_that_any_program_opens_when_there_is_no_server()
    {
        await using var notifier = await ClosedRunAsync(new FixedRegistry());

        await notifier.Sweep.SweepNowAsync();

        var delivery = (await notifier.Runs.DeliveriesAsync(_run.RunId)).Should().ContainSingle().Subject;
        var file = Directory.GetFiles(Path.Combine(NotifierHost.StateOf(_volume), "outbox"))
            .Should().ContainSingle().Subject;
        delivery.Should().BeEquivalentTo(
            new { State = Delivery.Sent, Channel = "mail", Team = "team@bank.example", WentTo = file });
        Path.GetFileName(file).Should().StartWith($"20261101T060000Z-{_run.RunId}-team-").And.EndWith(".eml");
        var mail = await MimeMessage.LoadAsync(file);
        mail.Subject.Should().Be("Benchmarks 2026-11-01: 1 published, 1 rejected");
        mail.From.ToString().Should().Be("benchmark@localhost");
        mail.To.ToString().Should().Be("team@bank.example");
        mail.Date.Should().Be(NotifierHost.Start);
        mail.MessageId.Should().Be(delivery.MessageId).And.StartWith(_run.RunId.ToString());
        mail.Body.Should().BeOfType<MultipartAlternative>();
        mail.TextBody.Should().Contain("value_stream_1/b: rejected at validate")
            .And.Contain($"are in {_volume.Layout.Model(Events.Stream, "b").Rejected(_run.RunId).Directory}.");
        mail.HtmlBody.Should().Contain("value_stream_1/b");
    }

    [Fact]
    public async Task Leaves_the_same_file_when_a_report_is_written_twice()
    {
        await using var notifier = await ClosedRunAsync(new FixedRegistry());
        // A process that dies between writing the file and saying so.
        await notifier.Sweep.SweepNowAsync();
        var file = Directory.GetFiles(Path.Combine(NotifierHost.StateOf(_volume), "outbox")).Single();
        var first = await File.ReadAllBytesAsync(file);
        await ForgetThatItWasSentAsync();

        await notifier.Sweep.SweepNowAsync();

        Directory.GetFiles(Path.GetDirectoryName(file)!).Should().ContainSingle();
        (await File.ReadAllBytesAsync(file)).Should().Equal(first);
    }

    [Fact]
    public async Task Corrects_a_report_when_the_model_is_published_after_all()
    {
        await using var notifier = await ClosedRunAsync(new FixedRegistry());
        await notifier.Sweep.SweepNowAsync();
        notifier.Time.Advance(TimeSpan.FromMinutes(5));

        await notifier.ConsumeAsync(_run.Published("b"));
        await notifier.Sweep.SweepNowAsync();

        var deliveries = await notifier.Runs.DeliveriesAsync(_run.RunId);
        deliveries.Select(delivery => (delivery.Scope, delivery.State)).Should()
            .Equal((Delivery.All, Delivery.Sent), (Delivery.Correction, Delivery.Sent));
        var mail = await MimeMessage.LoadAsync(deliveries[1].WentTo!);
        mail.Subject.Should().Be("Benchmarks 2026-11-01: 1 published");
        mail.TextBody.Should().Contain("value_stream_1/b").And.NotContain("value_stream_1/a")
            .And.NotContain("rejected");
        mail.MessageId.Should().NotBe(deliveries[0].MessageId);
    }

    [Fact]
    public async Task Says_that_nobody_has_started_a_run()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Published("a"));
        notifier.Time.Advance(TimeSpan.FromMinutes(10));
        await notifier.Sweep.SweepNowAsync();
        await notifier.ConsumedAsync<CloseRun>();

        await notifier.Sweep.SweepNowAsync();

        var delivery = (await notifier.Runs.DeliveriesAsync(_run.RunId)).Should().ContainSingle().Subject;
        (await MimeMessage.LoadAsync(delivery.WentTo!)).TextBody.Should().Contain("Nobody has started this run");
    }

    [Fact]
    public async Task Mails_over_smtp_with_the_login_of_the_address()
    {
        await using var server = SmtpServer.Start();
        await using var notifier = await ClosedRunAsync(
            new FixedRegistry(),
            Mail(server, "us%40er:p%3Aw%2Fd%20%C3%A9@"),
            [new("Mail:From", "Benchmarks <no-reply@bank.example>")]);

        await notifier.Sweep.SweepNowAsync();

        var delivery = (await notifier.Runs.DeliveriesAsync(_run.RunId)).Single();
        delivery.Should().BeEquivalentTo(
            new { State = Delivery.Sent, Attempts = 0, WentTo = "127.0.0.1: team@bank.example" });
        server.Logins.Should().Equal("us@er:p:w/d é");
        var mail = server.Mails.Should().ContainSingle().Subject;
        mail.From.ToString().Should().Be("\"Benchmarks\" <no-reply@bank.example>");
        mail.MessageId.Should().Be(delivery.MessageId).And.EndWith("@bank.example");
        mail.HtmlBody.Should().Contain("value_stream_1/b");
    }

    [Fact]
    public async Task Tries_again_later_when_the_server_is_not_ready_and_sends_once()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = _ => "451 greylisted, come back later";
        await using var notifier = await ClosedRunAsync(new FixedRegistry(), Mail(server));

        await notifier.Sweep.SweepNowAsync();
        var refused = (await notifier.Runs.DeliveriesAsync(_run.RunId)).Single();
        server.AnswerToRecipient = _ => "250 ok";
        await notifier.Sweep.SweepNowAsync();
        server.Mails.Should().BeEmpty("the next attempt is not due yet");
        notifier.Time.Advance(TimeSpan.FromSeconds(15));
        await notifier.Sweep.SweepNowAsync();
        await notifier.Sweep.SweepNowAsync();

        refused.Should().BeEquivalentTo(new
        {
            State = Delivery.Pending,
            Attempts = 1,
            NextAttemptAt = NotifierHost.Start.AddSeconds(15),
            LastError = $"127.0.0.1:{server.Port} answered 451 greylisted, come back later",
        });
        (await notifier.Runs.DeliveriesAsync(_run.RunId)).Single().Should().BeEquivalentTo(
            new { State = Delivery.Sent, LastError = (string?)null });
        server.Mails.Should().ContainSingle();
    }

    [Fact]
    public async Task Gives_up_after_a_day_and_says_so_as_an_error()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = _ => "451 never ready";
        await using var notifier = await ClosedRunAsync(new FixedRegistry(), Mail(server));

        for (var hour = 0; hour < 30; hour++)
        {
            await notifier.Sweep.SweepNowAsync();
            notifier.Time.Advance(TimeSpan.FromHours(1));
        }

        var delivery = (await notifier.Runs.DeliveriesAsync(_run.RunId)).Single();
        delivery.Should().BeEquivalentTo(new { State = Delivery.Dead, Attempts = 25 });
        notifier.Log.Of(LogLevel.Error).Should().ContainSingle(line => line.Contains("is given up"));
    }

    [Fact]
    public async Task Does_not_let_one_address_that_is_gone_keep_the_report_from_the_others()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = address => address == "gone@bank.example" ? "550 no such user" : "250 ok";
        var model = Models.Named(Events.Stream, "a") with { Notify = To("gone@bank.example", "here@bank.example") };
        await using var notifier = await ClosedRunAsync(new FixedRegistry(model), Mail(server));

        await notifier.Sweep.SweepNowAsync();

        server.Mails.Should().Contain(mail => mail.To.Mailboxes.Any(to => to.Address == "here@bank.example"));
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("gone@bank.example"));
    }

    [Fact]
    public async Task Does_not_send_twice_when_two_processes_sweep()
    {
        await using var server = SmtpServer.Start();
        await using var here = await ClosedRunAsync(new FixedRegistry(), Mail(server));
        await using var there = await NotifierHost.StartAsync(_volume, time: here.Time, settings: Mail(server));

        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => (i % 2 == 0 ? here : there).Sweep.SweepNowAsync())));

        (await here.Runs.DeliveriesAsync(_run.RunId)).Single().State.Should().Be(Delivery.Sent);
        server.Mails.Should().ContainSingle();
    }

    [Fact]
    public async Task Sends_each_team_its_own_models_in_one_report()
    {
        await using var server = SmtpServer.Start();
        var registry = new FixedRegistry(
            Models.Named(Events.Stream, "a") with { Notify = To("One@bank.example", "two@bank.example") },
            Models.Named(Events.Stream, "b") with { Notify = To("two@bank.example", "one@bank.example") },
            Models.Named(Events.Stream, "c") with { Notify = To("three@bank.example") });
        await using var notifier = await NotifierHost.StartAsync(_volume, registry, settings: Mail(server));
        foreach (var @event in new object[]
        {
            _run.Started("a", "b", "c", "unknown"),
            _run.Published("a"), _run.Published("b"), _run.Published("c"), _run.FetchFailed("unknown"),
        })
            await notifier.ConsumeAsync(@event);

        await notifier.Sweep.SweepNowAsync();

        var byTeam = server.Mails.ToDictionary(mail => mail.To.ToString(), mail => mail.Subject);
        byTeam.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["one@bank.example, two@bank.example"] = "Benchmarks November: 2 published",
            ["three@bank.example"] = "Benchmarks November: 1 published",
            ["team@bank.example"] = "Benchmarks 2026-11-01: 1 failed",
        });
        server.Mails.Select(mail => mail.MessageId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Shows_the_drift_of_columns_that_lies_on_the_volume()
    {
        var age = new ColumnDrift { Column = "age", Psi = 0.2, Band = Band.Shifted, NoiseLimit = 0.01 };
        var report = new ValidationReport
        {
            Accepted = false,
            Checks = [],
            Drift = new DriftSummary { AgainstVersion = 6, Columns = [age] },
            CheckedAt = NotifierHost.Start,
        };
        var path = _volume.Layout.Model(Events.Stream, "b").Rejected(_run.RunId).Report;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        VolumeJson.Write(path, report);
        await using var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Started("b"));
        var worst = new WorstDrift { Column = "score", Psi = 0.4, Band = Band.Moved };
        await notifier.ConsumeAsync(
            new ModelRejected { RunId = _run.RunId, Refresh = _run.Rejected("b").Refresh with { WorstDrift = worst } });

        await notifier.Sweep.SweepNowAsync();

        (await MailAsync()).TextBody.Should().MatchRegex("(?s)score moved, PSI 0.400.*age shifted, PSI 0.200");
    }

    [Fact]
    public async Task Shows_what_a_published_version_was_warned_of()
    {
        Write(_volume.Layout.Model(Events.Stream, "a").Version(7).Manifest, Published("a", new CheckResult
        {
            Check = CheckName.Range,
            Status = CheckStatus.Warn,
            Message = "Column score: 3 of 100 rows above 850; line 7.",
        }));
        await using var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(
            new ModelPublished { RunId = _run.RunId, Refresh = _run.Published("a").Refresh with { Warnings = 1 } });

        await notifier.Sweep.SweepNowAsync();

        var mail = await MailAsync();
        mail.Subject.Should().Be("Benchmarks 2026-11-01: 1 published");
        mail.TextBody.Should().MatchRegex(
            "(?s)Published with warnings.*3 of 100 rows above 850; line 7.*value_stream_1/a");
    }

    [Theory]
    [InlineData(true, "version 7, less than an hour old, 1,000 rows")]
    [InlineData(false, "nothing yet")]
    public async Task Looks_whether_readers_have_a_version(bool served, string told)
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        if (served)
            Write(_volume.Layout.Model(Events.Stream, "b").Manifest, Published("b"));
        await using var notifier = await ClosedRunAsync(new FixedRegistry());

        await notifier.Sweep.SweepNowAsync();

        (await MailAsync()).TextBody.Should().Contain($"- value_stream_1/b: {told}");
    }

    [Fact]
    public async Task Asks_the_registry_whom_to_ask()
    {
        var model = Models.Named(Events.Stream, "b") with { Owner = "risk-analytics@bank.example" };
        await using var notifier = await ClosedRunAsync(new FixedRegistry(model));

        await notifier.Sweep.SweepNowAsync();

        (await MailAsync()).TextBody.Should().Contain("owner: risk-analytics@bank.example");
    }

    [Fact]
    public async Task Reports_although_the_facts_on_the_volume_are_damaged()
    {
        var path = _volume.Layout.Model(Events.Stream, "a").Version(7).Manifest;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "{ half a ");
        await using var notifier = await ClosedRunAsync(new FixedRegistry());

        await notifier.Sweep.SweepNowAsync();

        (await MailAsync()).TextBody.Should().Contain("score shifted, PSI 0.125");
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("value_stream_1/a"));
    }

    [Fact]
    public async Task Warns_when_nobody_is_told()
    {
        var nobody = new NotifyTargets { Email = [], Slack = true };
        await using var notifier = await ClosedRunAsync(new FixedRegistry(new ModelRegistry([], [], nobody)));

        (await notifier.Runs.DeliveriesAsync(_run.RunId)).Should().BeEmpty();
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("Nobody is notified"));
    }

    public void Dispose() => _volume.Dispose();

    private async Task<NotifierHost> ClosedRunAsync(
        IRegistry registry, Dictionary<string, string?>? settings = null, KeyValuePair<string, string?>[]? more = null)
    {
        settings ??= [];
        foreach (var (key, value) in more ?? [])
            settings[key] = value;
        var notifier = await NotifierHost.StartAsync(_volume, registry, settings: settings);
        await notifier.ConsumeAsync(_run.Started("a", "b"));
        await notifier.ConsumeAsync(_run.Published("a"));
        await notifier.ConsumeAsync(_run.Rejected("b"));
        return notifier;
    }

    private static void Write<T>(string path, T facts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        VolumeJson.Write(path, facts);
    }

    private Manifest Published(string model, params CheckResult[] checks) => new()
    {
        ValueStream = Events.Stream,
        Model = model,
        Version = 7,
        File = $"{Events.Stream}/{model}/.versions/000007/benchmark.csv",
        Sha256 = "none",
        Bytes = 20_000,
        Rows = 1000,
        Columns = [],
        RunId = _run.RunId,
        FetchedAt = NotifierHost.Start,
        PublishedAt = NotifierHost.Start,
        RefreshedAt = NotifierHost.Start,
        Source = new SourceFacts { Name = "demo", Kind = "sqlite", QuerySha256 = "none" },
        RegistrySha256 = "none",
        Checks = checks,
    };

    private Task<MimeMessage> MailAsync() =>
        MimeMessage.LoadAsync(Directory.GetFiles(Path.Combine(NotifierHost.StateOf(_volume), "outbox")).Single());

    private async Task ForgetThatItWasSentAsync()
    {
        var database = new RunDatabase(
            new StateOptions { Directory = NotifierHost.StateOf(_volume) }, new NotifierOptions());
        await using var connection = await database.OpenAsync(default);
        await connection.ExecuteAsync(
            "update deliveries set state = 'pending', sent_at = null, went_to = null", [], default);
    }

    private static Dictionary<string, string?> Mail(SmtpServer server, string login = "") =>
        new() { ["Mail:Smtp"] = $"smtp://{login}127.0.0.1:{server.Port}" };

    private static NotifyTargets To(params string[] addresses) => new() { Email = addresses, Slack = false };
}
