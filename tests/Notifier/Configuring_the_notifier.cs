using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Database;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Tests;

public sealed class Configuring_the_notifier
{
    [Theory]
    [InlineData("Mail:Smtp", "http://user:pa55word@mail", "SMTP_URI")]
    [InlineData("Mail:Smtp", "mail.bank.example:pa55word", "SMTP_URI")]
    [InlineData("Mail:From", "nobody", "NOTIFY_FROM")]
    [InlineData("Slack:WebhookUrl", "hooks.slack.com/pa55word", "SLACK_WEBHOOK_URL")]
    [InlineData("OpenLineage:Url", "https://user:pa55word@lineage", "OPENLINEAGE_URL")]
    [InlineData("OpenLineage:Url", "lineage/pa55word", "OPENLINEAGE_URL")]
    [InlineData("Notifier:Database", "postgres://user:pa55word@db/benchmark", "BENCHMARK_DATABASE")]
    [InlineData("Notifier:Database", "Database=benchmark;Password=pa55word", "BENCHMARK_DATABASE")]
    [InlineData("Notifier:SweepInterval", "00:00:00", "SweepInterval")]
    public void Refuses_what_cannot_work_and_names_the_setting_without_its_secret(
        string key, string value, string named)
    {
        using var host = Build(key, value);

        var start = () => host.Services.GetRequiredService<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().Which.Message.Should().Contain(named).And.NotContain(
            "pa55word");
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("postgres://user:pa55word@db/benchmark")]
    [InlineData("Database=benchmark;Password=pa55word")]
    public void Refuses_a_database_that_is_none_with_the_same_words_when_it_is_only_read(string database)
    {
        using var host = Build("Notifier:Database", database);
        var refused = host.Services.GetRequiredService<IStartupValidator>()
            .Invoking(start => start.Validate()).Should().Throw<OptionsValidationException>().Which;

        var open = () => new RunDatabase(new StateOptions(), new NotifierOptions { Database = database });

        open.Should().Throw<OptionsValidationException>().WithMessage(refused.Message);
    }

    [Theory]
    [InlineData("Mail:Smtp", "smtps://us%40er:p%2Fw@mail.bank.example:465")]
    [InlineData("Mail:Smtp", "")]
    [InlineData("Mail:From", "Benchmarks <no-reply@bank.example>")]
    [InlineData("Slack:WebhookUrl", "https://hooks.slack.com/services/T/B/x")]
    [InlineData("Notifier:Database", "Host=db;Database=benchmark;Username=u;Password=p")]
    public void Takes_what_works(string key, string value)
    {
        using var host = Build(key, value);

        host.Services.GetRequiredService<IStartupValidator>().Invoking(start => start.Validate()).Should().NotThrow();
    }

    private static IHost Build(string key, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry());
        builder.AddNotifier();
        return builder.Build();
    }
}
