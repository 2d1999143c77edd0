using System.Data.Common;
using Benchmark.Contracts.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>
/// Reads every model's versions once when the pages start, so that the first visitor does not wait for it.
/// </summary>
internal sealed class FirstLook(ModelRows models, ILogger<FirstLook> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await models.ReadAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops before it has read all of them.
        }
        catch (Exception e)
            when (e is RegistryException or IOException or UnauthorizedAccessException or DbException)
        {
            // The page itself says what is wrong to whoever opens it.
            logger.NothingToLookAtYet(e.Message);
        }
        // Whatever it is, such as one damaged row: it must not end the server of the pages.
        catch (Exception e)
        {
            logger.FirstLookFailed(e);
        }
    }
}
