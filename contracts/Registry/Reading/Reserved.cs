using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Names reserved for the shared dataset.</summary>
internal static class Reserved
{
    public const string Rule =
        $"Allowed is {SafeName.Pattern}, but neither {VolumeLayout.Common} nor {VolumeLayout.SharedData}: those are "
        + "the value stream's shared dataset, written 'common: {shared_data: …}'.";

    public static bool IsReserved(string model) =>
        model.Equals(VolumeLayout.Common, StringComparison.OrdinalIgnoreCase)
        || model.Equals(VolumeLayout.SharedData, StringComparison.OrdinalIgnoreCase);
}
