using System.Globalization;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves one model from its section and the settings it inherits.</summary>
internal sealed class ModelResolver(SettingsRules rules, RegistryFiles files, Problems problems)
{
    private readonly ColumnResolver _columns = new(rules, problems);

    public ModelDefinition Resolve(ModelKey name, DefaultsSection inherited, ModelSection section)
    {
        var settings = rules.Inherit(inherited, section);
        if (settings.Source is null)
            problems.Add(section.Place, $"{name} has no source.",
                "Name one of the sources with 'source', here or in 'defaults'.");
        return new ModelDefinition
        {
            ValueStream = name.ValueStream,
            Model = name.Model,
            Source = settings.Source ?? "",
            Table = section.Table,
            Query = ResolveQuery(name, section),
            Owner = settings.Owner,
            Key = ResolveKey(section),
            Schema = settings.Schema!.Value,
            Columns = [.. (section.Columns ?? new Dictionary<string, ColumnSection>())
                .Select(column => _columns.Resolve(column.Key, settings.Drift!, column.Value))],
            Rows = new RowLimits
            {
                Min = settings.Rows!.Min!.Value,
                Max = settings.Rows.Max,
                MaxChange = settings.Rows.MaxChange,
            },
            Threshold = settings.Threshold!.Value,
            Drift = Limits(settings.Drift!),
            Special = [.. (settings.Drift!.Special ?? []).Select(code => code.Text)],
            DriftAnchor = settings.Drift!.Anchor,
            KeepVersions = settings.KeepVersions!.Value,
            KeepRejectedDays = settings.KeepRejectedDays!.Value,
            Schedule = settings.Schedule!,
            TimeZone = settings.TimeZone!,
            StartingDeadline = settings.StartingDeadline,
            Concurrency = settings.Concurrency!.Value,
            Suspend = ResolveSuspension(section.Suspend),
            FetchTimeout = settings.FetchTimeout!.Value,
            Reconcile = settings.Reconcile!.Value,
            AsOfRun = settings.AsOf == AsOfWords.Run,
            Ready = settings.Ready,
            ReadyTimeout = settings.ReadyTimeout!.Value,
            RunDeadline = settings.RunDeadline!.Value,
            Notify = NotifyResolver.Targets(settings),
        };
    }

    public static DriftLimits Limits(DriftSection drift) => new()
    {
        Bins = drift.Bins!.Value,
        Warn = drift.Warn!.Value,
        Fail = drift.Fail!.Value,
        OnFail = drift.OnFail!.Value,
    };

    private string? ResolveQuery(ModelKey name, ModelSection section)
    {
        string[] ways = [nameof(section.Table), nameof(section.Query), nameof(section.QueryFile)];
        var given = ways.Where(section.Has).ToList();
        if (given.Count != 1)
            problems.Add(section.Place,
                given.Count == 0
                    ? $"{name} has no table or query." : $"{name} has more than one of table, query and query_file.",
                "Give exactly one of table, query and query_file.");
        return section.QueryFile is { } file ? ReadQuery(file, section.At(nameof(section.QueryFile))) : section.Query;
    }

    private string? ReadQuery(string file, Place place)
    {
        // YAML can express a NUL, which is not allowed in a path.
        var path = Path.Combine(Path.GetDirectoryName(place.Where) ?? "", file.Replace('\0', '?'));
        var query = files.ReadText(path, place, problems);
        if (query is not null && string.IsNullOrWhiteSpace(query))
            problems.Add(place, $"{path} is empty.", "It must hold one SELECT.");
        return query;
    }

    private Suspension? ResolveSuspension(SuspendSection? written)
    {
        if (written is not { Until: { } until, Reason: { } reason })
            return null;
        if (DateOnly.TryParseExact(
            until.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
            return new Suspension(day, reason);
        problems.Add(until.Place, $"{until.Text} is not a day of the calendar.", "Write for example 2027-01-31.");
        return null;
    }

    private List<string> ResolveKey(ModelSection section)
    {
        if (section.Has(nameof(section.Key)) && section.Key is { Count: 0 })
            problems.Add(
                section.At(nameof(section.Key)), "'key' is empty.", "List at least one column, or remove 'key'.");
        foreach (var again in (section.Key ?? []).GroupBy(column => column.Text).Where(same => same.Count() > 1))
            problems.Add(again.Last().Place, $"'key' names column '{again.Key}' twice.", "Remove one.");
        return [.. (section.Key ?? []).Select(column => column.Text)];
    }
}
