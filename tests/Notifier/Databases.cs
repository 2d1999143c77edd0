using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

/// <summary>One PostgreSQL for all tests of this project; each test has a database of its own.</summary>
[CollectionDefinition(nameof(PostgresServer))]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;

/// <summary>The settings of a Notifier that name its database.</summary>
internal static class Databases
{
    public static Dictionary<string, string?> Sqlite => [];

    public static Dictionary<string, string?> AddTo(PostgresServer server) =>
        new() { ["Notifier:Database"] = server.AddDatabase() };
}
