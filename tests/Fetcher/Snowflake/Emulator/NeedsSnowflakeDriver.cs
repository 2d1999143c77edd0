using Benchmark.Fetcher.Sources.Snowflake;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The tests of this class need Snowflake's own driver.</summary>
public sealed class NeedsSnowflakeDriverAttribute : NeedsAttribute
{
    public override string? WhyNot => SnowflakeDriver.Loaded is not null
        ? null
        : "There is no Snowflake driver: build with -p:SnowflakeDriver=true where nuget.org can be reached, or name "
            + "its directory in SNOWFLAKE_DRIVER.";

    public override bool IsInstallable => false;
}

/// <summary>The tests of this class are about a build that has no Snowflake driver.</summary>
public sealed class NeedsNoSnowflakeDriverAttribute : NeedsAttribute
{
    public override string? WhyNot => SnowflakeDriver.Loaded is not null ? "Snowflake's driver is here." : null;

    public override bool IsInstallable => false;
}
