using Benchmark.Contracts.Volume;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>The page of all models.</summary>
internal static class OverviewPages
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/", async (
            string? stream, string? owner, string? state, string? name, ModelRows models, VolumeLayout volume,
            CancellationToken ct) =>
            Page.Of<OverviewPage>(
                "Models",
                (nameof(OverviewPage.All), await models.ReadAsync(ct)),
                // Every run writes its registry there.
                (nameof(OverviewPage.IsMounted), Posix.IsDirectory(volume.Bookkeeping)),
                (nameof(OverviewPage.Filter),
                    new OverviewFilter { Stream = stream, Owner = owner, State = state, Name = name })));
}
