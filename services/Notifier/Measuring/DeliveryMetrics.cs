using Benchmark.Hosting;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Notifier.Measuring;

/// <summary>Counts the attempts to deliver a report, each when its result is in the database.</summary>
internal sealed class DeliveryMetrics(Instruments instruments)
{
    private readonly CounterInstrument _deliveries = instruments.Counter(Metrics.Deliveries);

    public void Delivered(Delivery delivery) => _deliveries.Add(1, delivery.Channel, "delivered");

    public void Failed(Delivery delivery, bool retried) =>
        _deliveries.Add(1, delivery.Channel, retried ? "retried" : "given_up");
}
