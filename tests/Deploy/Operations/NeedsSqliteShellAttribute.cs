using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>The program <c>sqlite3</c>, with which a database is backed up while it is in use.</summary>
public sealed class NeedsSqliteShellAttribute : NeedsAttribute
{
    public override string? WhyNot => DebianPackage.WhyNot("sqlite3", "sqlite3");
}
