using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The tests of this class need Snowflake's own driver.</summary>
public sealed class NeedsSnowflakeDriverAttribute : NeedsAttribute
{
    private const string Factory = "Snowflake.Data.Client.SnowflakeDbFactory, Snowflake.Data";

    public override string? WhyNot { get; } = Type.GetType(Factory, throwOnError: false) is null
        ? "This build has no Snowflake driver: build with -p:VendorPackages=true where nuget.org can be reached."
        : null;

    public override bool IsInstallable => false;
}
