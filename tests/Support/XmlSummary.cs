using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Benchmark.Tests.Support;

/// <summary>
/// The summaries that code is documented with, as Markdown: for documents that are generated from the code.
/// </summary>
public static partial class XmlSummary
{
    /// <summary>The summary of a type.</summary>
    public static string Of(Type type) => Read(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property.</summary>
    public static string Of(PropertyInfo property) =>
        Read(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Read(Assembly assembly, string member)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        var summary = XDocument.Load(file).Descendants("member")
            .Single(element => element.Attribute("name")!.Value == member)
            .Element("summary")!;
        return Blanks().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim();
    }

    private static string Markdown(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } link => $"`{link.Attribute("cref")!.Value.Split('.')[^1]}`",
        XText text => text.Value,
        _ => throw new NotSupportedException(node.ToString()),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
