using YamlDotNet.RepresentationModel;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>Writes a part of a registry, as a document shows it, into a whole one.</summary>
internal static class RegistryMerge
{
    public static string Of(string registry, string part)
    {
        var (into, from) = (Load(registry), Load(part));
        Merge((YamlMappingNode)into.RootNode, (YamlMappingNode)from.RootNode);
        using var text = new StringWriter();
        new YamlStream(into).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static void Merge(YamlMappingNode into, YamlMappingNode from)
    {
        // A model has one or the other.
        if (from.Children.ContainsKey("query"))
            into.Children.Remove("table");
        foreach (var (key, value) in from.Children)
        {
            if (value is YamlMappingNode section && into.Children.TryGetValue(key, out var there)
                && there is YamlMappingNode known)
                Merge(known, section);
            else
                into.Children[key] = value;
        }
    }

    private static YamlDocument Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Single();
    }
}
