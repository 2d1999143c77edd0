namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>A test that needs Snowflake's own driver: skipped, and counted so, in a build that has none.</summary>
internal sealed class WithTheDriverFactAttribute : FactAttribute
{
    public WithTheDriverFactAttribute() => Skip = TheDriver.WhyNot;
}

/// <summary>As <see cref="WithTheDriverFactAttribute"/>, for several cases.</summary>
internal sealed class WithTheDriverTheoryAttribute : TheoryAttribute
{
    public WithTheDriverTheoryAttribute() => Skip = TheDriver.WhyNot;
}

file static class TheDriver
{
    private const string Factory = "Snowflake.Data.Client.SnowflakeDbFactory, Snowflake.Data";

    public static string? WhyNot { get; } = Type.GetType(Factory, throwOnError: false) is null
        ? "This build has no Snowflake driver: build with -p:VendorPackages=true where nuget.org can be reached."
        : null;
}
