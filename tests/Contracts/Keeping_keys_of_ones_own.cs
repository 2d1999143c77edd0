namespace Benchmark.Contracts.Tests;

public sealed class Keeping_keys_of_ones_own : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Passes_over_keys_that_begin_with_x()
    {
        var registry = _folder.Read("""
            version: 1
            x-monthly: &monthly {rows: {min: 7}, threshold: 0.2}
            value_streams:
              vs:
                x-ticket: CHG-1
                models:
                  m: {<<: *monthly, table: T, x-contact: {room: 12}}
            """);

        registry.Find("vs", "m")!.Rows.Min.Should().Be(7);
        registry.Models.Should().ContainSingle();
    }

    [Fact]
    public void Takes_no_other_unknown_key()
    {
        _folder.Problems("{version: 1, x_ticket: CHG-1, value_streams: {vs: {models: {m: {table: T}}}}}")
            .Should().ContainSingle().Which.Should().Contain("unknown key 'x_ticket'");
    }
}
