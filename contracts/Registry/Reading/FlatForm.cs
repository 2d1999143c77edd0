using System.Globalization;
using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>One flat key: an environment variable, or a file of a mounted ConfigMap.</summary>
internal sealed record FlatKey(string Name, string Value, Place Place);

/// <summary>
/// The flat form of the registry: <c>MODEL_X_BENCHMARKING_PATH=/mnt/efs/value_stream_1/model_x/benchmark.csv</c>,
/// <c>MODEL_X_BENCHMARKING_KEY=APPLICATION_ID</c> and <c>VALIDATION_THRESHOLD=0.05</c>.
/// </summary>
internal sealed class FlatForm
{
    private const string PathSuffix = "_BENCHMARKING_PATH";
    private const string KeySuffix = "_BENCHMARKING_KEY";
    private const string ThresholdKey = "VALIDATION_THRESHOLD";
    private const string Agree = "Remove one of them, or make them agree.";

    private readonly VolumeLayout _volume;
    private readonly Problems _problems;
    private readonly List<(ModelKey Model, Place Place)> _models;
    private readonly Dictionary<string, List<Written>> _keys;

    public FlatForm(IReadOnlyList<FlatKey> given, VolumeLayout volume, Problems problems)
    {
        _volume = volume;
        _problems = problems;
        HasModels = given.Any(key => SuffixOf(key.Name) == PathSuffix);
        var keys = given.Where(IsUsable).ToLookup(key => SuffixOf(key.Name));
        Threshold = ReadThreshold([.. keys[ThresholdKey]]);
        _models = [.. keys[PathSuffix].GroupBy(IdOf).Select(ReadModel).OfType<(ModelKey, Place)>()];
        _keys = ReadKeys(keys[KeySuffix], [.. keys[PathSuffix].Select(IdOf)]);
    }

    /// <summary>Whether there is any model key, valid or not.</summary>
    public bool HasModels { get; }

    /// <summary>The value of VALIDATION_THRESHOLD as a section; empty when it is not set.</summary>
    public DefaultsSection Threshold { get; }

    /// <summary>Whether a name is meant as one of these keys; one that is spelt wrongly is reported.</summary>
    public static bool IsKey(string name) => SuffixOf(name) is not null;

    /// <summary>The flat keys among environment variables.</summary>
    public static IEnumerable<FlatKey> KeysOf(IReadOnlyDictionary<string, string?> environment) => environment
        .Where(variable => IsKey(variable.Key))
        .Select(variable => new FlatKey(variable.Key, variable.Value?.Trim() ?? "", new Place(variable.Key)))
        .OrderBy(key => key.Name, StringComparer.Ordinal);

    /// <summary>Adds the models that the document does not define.</summary>
    public void AddTo(RegistryDocument document)
    {
        var streams = document.ValueStreams!.ToDictionary();
        var written = streams.SelectMany(s => s.Value.Models ?? new Dictionary<string, ModelSection>(),
            (s, m) => (ValueStream: s.Key, Model: m.Key, m.Value.Place)).ToList();
        foreach (var (key, place) in _models)
        {
            var same = written.Where(m => m.Model == key.Model).ToList();
            if (same.Any(m => m.ValueStream == key.ValueStream))
                continue;
            if (same is [var other, ..])
                _problems.Add(place,
                    $"{key.Model} has two paths: in {key.ValueStream} here, in {other.ValueStream} in {other.Place}.",
                    Agree);
            else
                Add(streams, key, place);
        }
        document.ValueStreams = streams;
    }

    private void Add(Dictionary<string, ValueStreamSection> streams, ModelKey key, Place place)
    {
        if (!streams.TryGetValue(key.ValueStream, out var stream))
            streams[key.ValueStream] = stream = new ValueStreamSection { Place = place };
        var model = new ModelSection { Place = place, Table = $"{key.ValueStream}.{key.Model}".ToUpperInvariant() };
        model.Give(nameof(model.Table), place);
        if (_keys.TryGetValue(key.Model, out var columns))
        {
            model.Key = columns;
            model.Give(nameof(model.Key), columns[0].Place);
        }
        stream.Models = new Dictionary<string, ModelSection>(stream.Models ?? new Dictionary<string, ModelSection>())
        {
            [key.Model] = model,
        };
    }

    // What the name of such a key ends with, or is; null for a name that is none.
    private static string? SuffixOf(string name) => name.Equals(ThresholdKey, StringComparison.OrdinalIgnoreCase)
        ? ThresholdKey
        : new[] { PathSuffix, KeySuffix }
            .FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    // A key that is passed over in silence is a model that vanishes, or a limit that does not apply.
    private bool IsUsable(FlatKey key)
    {
        var suffix = SuffixOf(key.Name)!;
        if (key.Name == suffix && suffix != ThresholdKey)
            _problems.Add(key.Place, $"the name of a model is missing before {suffix}.",
                $"Write for example MODEL_X{suffix}.");
        else if (!key.Name.EndsWith(suffix, StringComparison.Ordinal))
            _problems.Add(key.Place, $"{key.Name} must be written in upper case.",
                $"Write {key.Name.ToUpperInvariant()}, or remove it.");
        else if (key.Value.Length == 0)
            _problems.Add(key.Place, $"{key.Name} is empty.", suffix switch
            {
                ThresholdKey => "Give it a number from 0 to 1, or remove it.",
                KeySuffix => "Write the columns of the unique key with commas between them, or remove it.",
                _ => $"Give it the path {Path.Combine(_volume.Root, "<value stream>", IdOf(key), "benchmark.csv")}, or "
                    + "remove it.",
            });
        else
            return true;
        return false;
    }

    private static string IdOf(FlatKey key) => key.Name[..^PathSuffix.Length].ToLowerInvariant();

    // Columns with commas between them; one that holds a comma has its place in the file.
    private Dictionary<string, List<Written>> ReadKeys(IEnumerable<FlatKey> keys, IReadOnlyCollection<string> models)
    {
        var read = new Dictionary<string, List<Written>>();
        foreach (var key in keys)
        {
            var model = key.Name[..^KeySuffix.Length].ToLowerInvariant();
            const StringSplitOptions plain = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
            List<Written> columns = [.. key.Value.Split(',', plain).Select(column => new Written(column, key.Place))];
            if (!models.Contains(model))
                _problems.Add(key.Place, $"there is no {key.Name[..^KeySuffix.Length]}{PathSuffix} beside it.",
                    "Add that, or remove this; the key of a model in the file stands in the file.");
            else if (columns.Count == 0)
                _problems.Add(key.Place, $"{Problems.Quote(key.Value)} names no column.",
                    "Write the columns of the unique key with commas between them.");
            else
                read[model] = columns;
        }
        return read;
    }

    private DefaultsSection ReadThreshold(IReadOnlyList<FlatKey> keys)
    {
        var section = new DefaultsSection();
        if (keys.Select(key => key.Value).Distinct().Count() > 1)
            _problems.Add(keys[^1].Place,
                $"{ThresholdKey} is {keys[^1].Value} here and {keys[0].Value} in {keys[0].Place}.", Agree);
        foreach (var key in keys)
        {
            var isNumber = double.TryParse(key.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share);
            if (isNumber && share is >= 0 and <= 1)
                section.Threshold = share;
            else
                _problems.Add(key.Place,
                    $"{ThresholdKey} must be a number from 0 to 1; {Problems.Quote(key.Value)} is not.");
        }
        return section;
    }

    private (ModelKey, Place)? ReadModel(IGrouping<string, FlatKey> keys)
    {
        var found = keys.Select(key => (Model: ReadPath(key), key.Place)).ToList();
        if (found.Select(f => f.Model).OfType<ModelKey>().Distinct().ToList() is [var first, var second, ..])
            _problems.Add(found[^1].Place,
                $"{keys.Key} has two paths: {second} here, {first} in {found[0].Place}.", Agree);
        return found.All(f => f.Model is not null) ? (found[0].Model!, found[0].Place) : null;
    }

    private ModelKey? ReadPath(FlatKey key)
    {
        var model = IdOf(key);
        var expected = Path.Combine(_volume.Root, "<value stream>", model, "benchmark.csv");
        if (!SafeName.IsValid(model) || Reserved.IsReserved(model))
        {
            _problems.Add(key.Place, $"{Problems.Quote(model)} cannot be a model's name.", Reserved.Rule);
            return null;
        }
        // A file may contain a NUL, which is not allowed in a path.
        var path = key.Value.Contains('\0') ? "" : Path.GetRelativePath(_volume.Root, Path.GetFullPath(key.Value));
        if (path.Split('/') is [var stream, var directory, "benchmark.csv"]
            && SafeName.IsValid(stream) && directory == model)
            return new ModelKey { ValueStream = stream, Model = model };
        _problems.Add(key.Place, $"{Problems.Quote(key.Value)} is not {expected}.",
            $"The volume is {_volume.Root} (BENCHMARK_ROOT), and the model's directory is "
            + $"what precedes {PathSuffix}, in lower case.");
        return null;
    }
}
