using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Benchmark.Contracts.Registry.Document;

/// <summary>
/// Reads one YAML document into nodes with places. YamlDotNet's own tree gives up at the first repeated key; this one
/// keeps it, so that it is reported together with everything else.
/// </summary>
internal sealed class YamlReader
{
    // A registry nests nine deep. The limits keep a runaway file, or aliases of aliases, from taking the process down.
    private const int Deepest = 50;
    private const long Largest = 1_000_000;

    private readonly string _file;
    private readonly Problems _problems;
    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];

    private YamlReader(string file, string text, Problems problems)
    {
        _file = file;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <returns>The document; null when there is none or it is no YAML, which is then among the problems.</returns>
    public static YamlNode? Read(string file, string text, Problems problems)
    {
        var reader = new YamlReader(file, text, problems);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException e)
        {
            problems.Add(reader.At(e.Start), $"this is not valid YAML: {e.Message.TrimEnd('.')}.",
                "Indent with spaces, and quote text that begins with one of * & ! { [ | > % @ `.");
            return null;
        }
        // YamlDotNet 18.1.0 gives up so, without a place, over '{' that is not closed in its line.
        catch (InvalidOperationException)
        {
            problems.Add(reader.At(reader._parser.Current?.End ?? Mark.Empty),
                "this is not valid YAML, from here on or soon after.", "Look for a quote, { or [ that is not closed.");
            return null;
        }
    }

    private YamlNode? ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(new Place(_file, 1, 1), "the file says nothing.", "Begin with 'version: 1'.");
            return null;
        }
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _problems.Add(At(second.Start), "a second document begins here.", "Put it into a file of its own.");
        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > Deepest)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested more than {Deepest} deep");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.GetValueOrDefault(alias.Value)
                ?? throw new YamlException(alias.Start, alias.End, $"nothing before it is named '{alias.Value}'");

        var start = _parser.Consume<NodeEvent>();
        YamlNode node = start switch
        {
            Scalar scalar => new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadList(start, depth),
            _ => ReadMap(start, depth),
        };
        if (node.Size > Largest)
            throw new YamlException(start.Start, start.End, $"more than {Largest} values when aliases are replaced");
        // Named only now that it is complete: an alias inside its own anchor cannot make a circle.
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private YamlList ReadList(NodeEvent start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new YamlList(At(start.Start), items);
    }

    private YamlMap ReadMap(NodeEvent start, int depth)
    {
        var entries = new Dictionary<string, YamlEntry>();
        var merged = new List<YamlNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar scalar)
                _problems.Add(key.Place, $"a key must be text, not {key.Kind}.");
            else if (scalar is { Plain: true, Text: "<<" })
                merged.AddRange(value is YamlList list ? list.Items : [value]);
            else if (!entries.TryAdd(scalar.Text, new YamlEntry(scalar, value)))
                _problems.Add(scalar.Place, $"{Problems.Quote(scalar.Text)} is given twice.",
                    $"The first is in line {entries[scalar.Text].Key.Place.Line}.");
        }
        // '<<: *base' gives what the mapping does not say itself.
        foreach (var entry in merged.OfType<YamlMap>().SelectMany(map => map.Entries))
            entries.TryAdd(entry.Key.Text, entry);
        return new YamlMap(At(start.Start), [.. entries.Values]);
    }

    private Place At(Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);
}
