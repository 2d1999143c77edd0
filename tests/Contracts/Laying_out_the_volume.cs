using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Tests;

public sealed class Laying_out_the_volume
{
    private static readonly Guid s_run = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    private readonly VolumeLayout _volume = new("/mnt/efs");

    [Fact]
    public void Gives_each_file_of_a_model_its_documented_place()
    {
        var model = _volume.Model("value_stream_1", "model_x");

        new[]
        {
            model.Benchmark, model.Manifest,
            model.Version(42).Data, model.Version(42).Profile, model.Version(42).Manifest,
            model.Staging(s_run, 2).Data, model.Staging(s_run, 2).Facts, model.Rejected(s_run).Report,
        }.Select(model.Relative).Should().Equal(
            "value_stream_1/model_x/benchmark.csv",
            "value_stream_1/model_x/benchmark.json",
            "value_stream_1/model_x/.versions/000042/benchmark.csv",
            "value_stream_1/model_x/.versions/000042/profile.json",
            "value_stream_1/model_x/.versions/000042/manifest.json",
            "value_stream_1/model_x/.staging/0f8fad5b-d9cb-469f-a165-70867728950e-2/benchmark.csv",
            "value_stream_1/model_x/.staging/0f8fad5b-d9cb-469f-a165-70867728950e-2/staged.json",
            "value_stream_1/model_x/.rejected/0f8fad5b-d9cb-469f-a165-70867728950e/checks.json");
    }

    [Fact]
    public void Puts_the_shared_dataset_into_common()
    {
        var shared = _volume.Model(new ModelKey { ValueStream = "value_stream_1", Model = VolumeLayout.SharedData });

        shared.Benchmark.Should().Be("/mnt/efs/value_stream_1/common/shared_data.csv");
        shared.Manifest.Should().Be("/mnt/efs/value_stream_1/common/shared_data.json");
        shared.Version(1).Data.Should().Be("/mnt/efs/value_stream_1/common/.versions/000001/shared_data.csv");
    }

    [Fact]
    public void Keeps_its_own_memory_where_no_value_stream_can_be()
    {
        _volume.EmittedSlots.Should().Be("/mnt/efs/.benchmark/slots.json");
        _volume.PinnedRegistry("abc").Should().Be("/mnt/efs/.benchmark/registries/abc.json");
        SafeName.IsValid(".benchmark").Should().BeFalse();
    }
}
