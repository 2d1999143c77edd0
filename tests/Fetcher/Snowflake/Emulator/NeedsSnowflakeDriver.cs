using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The tests of this class need Snowflake's own driver.</summary>
public sealed class NeedsSnowflakeDriverAttribute : NeedsAttribute
{
    public override string? WhyNot => SnowflakeDriver.IsHere
        ? null
        : "This build has no Snowflake driver: build with -p:VendorPackages=true where nuget.org can be reached.";

    public override bool IsInstallable => false;
}

/// <summary>The tests of this class are about a build that has no Snowflake driver.</summary>
public sealed class NeedsNoSnowflakeDriverAttribute : NeedsAttribute
{
    public override string? WhyNot => SnowflakeDriver.IsHere ? "This build has Snowflake's driver." : null;

    public override bool IsInstallable => false;
}

file static class SnowflakeDriver
{
    private const string Factory = "Snowflake.Data.Client.SnowflakeDbFactory, Snowflake.Data";

    public static bool IsHere { get; } = Type.GetType(Factory, throwOnError: false) is not null;
}
