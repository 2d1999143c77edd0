using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Benchmark.Notifier.Pages.Trouble;

/// <summary>The page of what needs a person.</summary>
internal static class TroublePages
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/trouble", async (Troubles troubles, CancellationToken ct) =>
            Page.Of<TroublePage>("Trouble", (nameof(TroublePage.View), await troubles.FindAsync(ct))));
}
