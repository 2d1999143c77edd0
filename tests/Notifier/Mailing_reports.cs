using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Tests;

/// <summary>Mail servers that refuse, hang and die.</summary>
public sealed class Mailing_reports
{
    [Theory(Timeout = 60_000)]
    [InlineData("smtp://{0}?starttls=required", true)]
    [InlineData("smtp://{0}", true)]
    [InlineData("smtps://{0}", false)]
    public async Task Sends_nothing_to_a_server_that_nobody_vouches_for(string uri, bool startTls)
    {
        using var authority = new Authority();
        using var certificate = authority.Certificate();
        await using var server = startTls
            ? SmtpServer.StartWithStartTls(certificate) : SmtpServer.StartWithTls(certificate);
        await using var reported = await ReportedRun.StartAsync(
            To("team@bank.example"), ("Mail:Smtp", uri.Replace("{0}", $"localhost:{server.Port}")));

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Pending);
        delivery.LastError.Should().StartWith($"no TLS with localhost:{server.Port}: its certificate is not trusted")
            .And.Contain("SSL_CERT_FILE");
        server.Mails.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_the_certificate_is_for_another_name()
    {
        using var authority = new Authority();
        using var certificate = authority.Certificate();
        await using var server = SmtpServer.StartWithTls(certificate);
        await using var reported = await StartAsync(server, uri: $"smtps://127.0.0.1:{server.Port}");

        var delivery = await reported.AttemptAsync();

        delivery.LastError.Should().Contain("its certificate is for another name (CN=localhost)");
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_nothing_unencrypted_where_encryption_is_required()
    {
        await using var server = SmtpServer.Start();
        await using var reported = await StartAsync(
            server, uri: $"smtp://user:secret@127.0.0.1:{server.Port}?starttls=required");

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Pending);
        delivery.LastError.Should().Contain("offers no STARTTLS, which SMTP_URI requires");
        server.Commands.Should().NotContain(["AUTH", "MAIL"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_ask_for_encryption_where_none_is_wanted()
    {
        using var authority = new Authority();
        using var certificate = authority.Certificate();
        await using var server = SmtpServer.StartWithStartTls(certificate);
        await using var reported = await StartAsync(server, uri: $"smtp://127.0.0.1:{server.Port}?starttls=never");

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Sent);
        server.Commands.Should().NotContain("STARTTLS");
    }

    [Fact(Timeout = 60_000)]
    public async Task Tries_a_login_that_was_refused_rarely_and_names_the_setting()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToLogin = "535 5.7.8 bad credentials";
        await using var reported = await StartAsync(server, uri: $"smtp://ann:secret@127.0.0.1:{server.Port}");

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(
            new { State = Delivery.Pending, NextAttemptAt = NotifierHost.Start.AddMinutes(15) });
        delivery.LastError.Should().Contain("refused the login of ann").And.Contain("5.7.8 bad credentials")
            .And.Contain("SMTP_URI").And.NotContain("secret");
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_the_setting_of_a_sender_that_was_refused()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToSender = "550 not allowed to send as benchmark@localhost";
        await using var reported = await StartAsync(server);

        var delivery = await reported.AttemptAsync();

        delivery.LastError.Should().Contain("550 not allowed to send").And.Contain("Correct NOTIFY_FROM");
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_who_has_the_report_and_who_was_refused()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = address => address == "gone@bank.example" ? "550 no such user" : "250 ok";
        await using var reported = await ReportedRun.StartAsync(
            To("gone@bank.example", "here@bank.example"), ("Mail:Smtp", $"smtp://127.0.0.1:{server.Port}"));

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new
        {
            State = Delivery.Sent,
            WentTo = "127.0.0.1: here@bank.example; refused: gone@bank.example (550 no such user)",
        });
    }

    [Fact(Timeout = 60_000)]
    public async Task Gives_up_at_once_when_every_recipient_is_refused()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = _ => "550 no such user";
        await using var reported = await StartAsync(server);

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new { State = Delivery.Dead, Attempts = 1 });
        delivery.LastError.Should().Contain("team@bank.example (550 no such user)");
        reported.Notifier.Log.Of(LogLevel.Error).Should().ContainSingle(line => line.Contains("is given up"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_let_an_address_that_is_put_off_keep_the_report_from_the_others_for_long()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = address => address == "slow@bank.example" ? "451 later" : "250 ok";
        await using var reported = await ReportedRun.StartAsync(
            To("slow@bank.example", "here@bank.example"), ("Mail:Smtp", $"smtp://127.0.0.1:{server.Port}"));

        for (var attempt = 0; attempt < 6; attempt++)
        {
            await reported.Notifier.Sweep.SweepNowAsync();
            reported.Notifier.Time.Advance(TimeSpan.FromMinutes(5));
        }

        (await reported.DeliveriesAsync()).Single().WentTo.Should().Be(
            "127.0.0.1: here@bank.example; refused: slow@bank.example (451 later)");
        server.Mails.Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Ends_an_attempt_on_a_server_that_says_nothing()
    {
        await using var server = SmtpServer.Start();
        server.Hangs = true;
        await using var reported = await StartAsync(server);

        var sweep = reported.Notifier.Sweep.SweepNowAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        // The attempt begins some time after the sweep does.
        while (!sweep.IsCompleted && await timer.WaitForNextTickAsync())
            reported.Notifier.Time.Advance(TimeSpan.FromSeconds(30));
        await sweep;

        (await reported.DeliveriesAsync()).Single().Should().BeEquivalentTo(
            new { State = Delivery.Pending, LastError = "no answer within 120 s" });
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_the_same_mail_again_to_a_server_that_died_with_it_in_its_hands()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToMail = null;
        await using var reported = await StartAsync(server);

        var died = await reported.AttemptAsync();
        server.AnswerToMail = "250 queued";
        reported.Notifier.Time.Advance(TimeSpan.FromSeconds(15));
        var sent = await reported.AttemptAsync();

        died.Should().BeEquivalentTo(new { State = Delivery.Pending, Attempts = 1 });
        died.LastError.Should().Contain("hung up");
        sent.State.Should().Be(Delivery.Sent);
        server.Mails.Should().HaveCount(2);
        server.Mails.Select(mail => mail.MessageId).Distinct().Should().Equal(sent.MessageId);
    }

    [Fact(Timeout = 60_000)]
    public async Task Gives_up_a_mail_that_the_server_will_not_take()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToMail = "552 too large";
        await using var reported = await StartAsync(server);

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Dead);
        delivery.LastError.Should().EndWith("refused the mail: 552 too large");
    }

    [Fact(Timeout = 60_000)]
    public async Task Speaks_to_a_server_without_extensions()
    {
        await using var server = SmtpServer.Start();
        server.Extensions = [];
        await using var reported = await ReportedRun.StartAsync(
            To("risk@bänk.example", "jürg@bank.example"),
            run => [run.Rejected("b", "Straße: 3 Zeilen – zu viele")],
            ("Mail:Smtp", $"smtp://127.0.0.1:{server.Port}"));

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Sent);
        delivery.WentTo.Should().Contain("jürg@bank.example (the server speaks no SMTPUTF8");
        server.Mails.Should().ContainSingle().Which.TextBody.Should().Contain("Straße: 3 Zeilen – zu viele");
    }

    [Theory]
    [InlineData("smtp://user@mail.bank.example", "has a user without a password")]
    [InlineData("smtp://mail.bank.example?starttls=maybe", "?starttls=required")]
    [InlineData("smtps://mail.bank.example?starttls=required", "remove what follows")]
    [InlineData("http://mail.bank.example", "must be smtp[s]://")]
    public void Refuses_an_address_that_says_something_else_than_was_meant(string uri, string why)
    {
        var result = new MailOptions.Validation().Validate(
            Options.DefaultName, new MailOptions { Smtp = uri });

        result.FailureMessage.Should().StartWith("Mail:Smtp (SMTP_URI) ").And.Contain(why);
    }

    private static Task<ReportedRun> StartAsync(SmtpServer server, string? uri = null) => ReportedRun.StartAsync(
        To("team@bank.example"), ("Mail:Smtp", uri ?? $"smtp://127.0.0.1:{server.Port}"));

    private static NotifyTargets To(params string[] addresses) => new() { Email = addresses, Slack = false };
}
