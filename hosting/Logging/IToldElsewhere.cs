namespace Benchmark.Hosting.Logging;

/// <summary>
/// An exception whose cause the service logs itself, once for all messages that meet it: its retries are not logged.
/// </summary>
public interface IToldElsewhere;
