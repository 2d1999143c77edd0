using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher;
using Benchmark.Hosting;
using Benchmark.Notifier;
using Benchmark.Publisher;
using Benchmark.Scheduler;
using Benchmark.Tests.Support;
using Benchmark.Validator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Cli.Tests;

public sealed class Describing_the_settings
{
    private const string Document = "docs/settings.md";
    private const string Begin = "<!-- settings: made of the option classes, checked by tests/Cli -->\n";
    private const string End = "<!-- end of settings -->\n";

    private static readonly IReadOnlyDictionary<string, Action<IHostApplicationBuilder>> s_services =
        new Dictionary<string, Action<IHostApplicationBuilder>>
        {
            ["Scheduler"] = builder => builder.AddScheduler(),
            ["Fetcher"] = builder => builder.AddFetcher(),
            ["Validator"] = builder => builder.AddValidator(),
            ["Publisher"] = builder => builder.AddPublisher(),
            ["Notifier"] = builder => builder.AddNotifier(),
        };

    private static readonly IReadOnlyList<Type> s_options =
    [
        .. new[]
            {
                typeof(VolumeOptions), typeof(BusOptions), typeof(SchedulerOptions), typeof(FetcherOptions),
                typeof(ValidatorOptions),
                typeof(PublisherService), typeof(NotifierOptions),
            }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)),
    ];

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_documented_settings_as_the_code_has_them()
    {
        var document = await File.ReadAllTextAsync(RepositoryRoot.PathOf(Document));
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match(Document, document[..(begin + Begin.Length)] + await TableAsync() + document[end..]);
    }

    [Fact]
    public void Names_every_plain_setting_by_a_key_that_is_read() =>
        Settings.All.Select(setting => setting.Key)
            .Should().BeSubsetOf(s_options.SelectMany(Keys).Select(key => key.Key));

    [Fact(Timeout = 60_000)]
    public async Task Reads_a_setting_by_its_documented_key()
    {
        var limits = s_options.SelectMany(Keys)
            .Where(key => Limits(key.Property) is not null)
            .ToDictionary(key => key.Key, key => Limits(key.Property)!.Value.Greatest);

        foreach (var (_, add) in s_services)
        {
            await using var service = Build(add, limits);
            foreach (var (type, options) in Read(service))
                foreach (var (key, property) in Keys(type).Where(key => limits.ContainsKey(key.Key)))
                    Text(property.GetValue(options)).Should().Be(limits[key], key);
        }
    }

    private static async Task<string> TableAsync()
    {
        var readers = new Dictionary<Type, List<string>>();
        foreach (var (name, add) in s_services)
        {
            await using var service = Build(add, new Dictionary<string, string>());
            foreach (var (type, _) in Read(service))
                (readers.TryGetValue(type, out var known) ? known : readers[type] = []).Add(name);
        }
        readers.Keys.Should().BeEquivalentTo(s_options, "each class of options is read by a service");

        var rows = s_options.OrderByDescending(type => readers[type].Count)
            .SelectMany(type => Keys(type).Select(key => Row(key.Key, key.Property, readers[type])));
        return "| environment | option | default | allowed | what it sets | read by |\n|---|---|---|---|---|---|\n"
            + string.Concat(rows);
    }

    private static string Row(string key, PropertyInfo property, IReadOnlyList<string> readers)
    {
        var plain = Settings.All.FirstOrDefault(setting => setting.Key == key);
        var option = plain?.Option ?? (key == "Scheduler:Once" ? "--once" : null);
        string[] cells =
        [
            $"`{plain?.Environment ?? key.Replace(":", "__", StringComparison.Ordinal)}`",
            option is null ? "" : $"`{option}`",
            Default(property, plain),
            Limits(property) is { } limits
                ? $"{limits.Least} to {limits.Greatest}" : property.PropertyType == typeof(bool) ? "true or false" : "",
            // The column beside it gives the default.
            Regex.Replace(XmlSummary.Of(property), @" ?Default .*\.$", ""),
            readers.Count == s_services.Count ? "all" : string.Join(", ", readers),
        ];
        return $"| {string.Join(" | ", cells)} |\n";
    }

    private static string Default(PropertyInfo property, Setting? plain)
    {
        var value = property.GetValue(Activator.CreateInstance(property.DeclaringType!));
        if (plain is not null && value is not null)
            plain.Default.Should().Be(Text(value), plain.Environment);
        return plain?.Default ?? property.GetCustomAttribute<DefaultValueAttribute>()?.Value?.ToString() ?? Text(value);
    }

    private static (string Least, string Greatest)? Limits(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range ? (Text(range.Minimum), Text(range.Maximum)) : null;

    // As it is written in the environment.
    private static string Text(object? value) => value is bool flag
        ? flag ? "true" : "false"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static IEnumerable<(string Key, PropertyInfo Property)> Keys(Type options)
    {
        var section = options.GetField("Section");
        section.Should().NotBeNull($"{options.Name} says which section of the configuration it is");
        return options.GetProperties()
            .Select(property => ($"{section!.GetRawConstantValue()}:{property.Name}", property));
    }

    private static WebApplication Build(Action<IHostApplicationBuilder> add, IReadOnlyDictionary<string, string> values)
    {
        var settings = values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))
            .Append(KeyValuePair.Create("RabbitMq:Uri", (string?)"amqp://localhost/"));
        return ServiceHost.Build("test", new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), add);
    }

    // The classes of options that a service binds to its configuration, each with what it has read.
    private static IEnumerable<(Type Type, object Options)> Read(WebApplication service) =>
        from type in s_options
        where service.Services.GetService(
            typeof(IEnumerable<>).MakeGenericType(typeof(IConfigureOptions<>).MakeGenericType(type)))
            is IEnumerable<object> bindings && bindings.Any()
        let options = service.Services.GetService(typeof(IOptions<>).MakeGenericType(type))
        select (type, options.GetType().GetProperty("Value")!.GetValue(options)!);
}
