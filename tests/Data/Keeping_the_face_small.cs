using System.Text;
using Benchmark.Tests.Support;

namespace Benchmark.Data.Tests;

/// <summary>The types that others may use: each is one to learn, and to keep.</summary>
public sealed class Keeping_the_face_small
{
    [Fact]
    public void Shows_only_the_approved_types()
    {
        var types = new StringBuilder();
        foreach (var type in typeof(ColumnType).Assembly.GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal))
            types.Append(type.FullName).Append('\n');

        Approved.Match("tests/Data/public-types.approved.txt", types.ToString());
    }
}
