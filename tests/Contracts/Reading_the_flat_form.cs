using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

public sealed class Reading_the_flat_form : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Works_alone_from_the_environment()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_1/model_x/benchmark.csv";
        _folder.Environment["MODEL_Y_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_2/model_y/benchmark.csv";
        _folder.Environment["VALIDATION_THRESHOLD"] = "0.2";

        var registry = RegistryReader.Read(
            _folder.PathOf("models.yaml"), _folder.Environment, RegistryFolder.VolumeRoot);

        registry.Models.Select(m => (m.ValueStream, m.Model, m.Table, m.Source, m.Threshold)).Should().Equal(
            ("value_stream_1", "model_x", "VALUE_STREAM_1.MODEL_X", "snowflake", 0.2),
            ("value_stream_2", "model_y", "VALUE_STREAM_2.MODEL_Y", "snowflake", 0.2));
        registry.Sources.Values.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new SourceDefinition
            {
                Name = "snowflake",
                Kind = "snowflake",
                Connection = "${SNOWFLAKE_CONN}",
                AllowPassword = true,
                Implicit = true,
            });
    }

    [Fact]
    public void Gives_a_model_a_key_of_one_column_or_several()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_1/model_x/benchmark.csv";
        _folder.Environment["MODEL_X_BENCHMARKING_KEY"] = "APPLICATION_ID, MONTH";
        _folder.Environment["MODEL_Y_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_1/model_y/benchmark.csv";

        var registry = _folder.ReadAll();

        registry.Find("value_stream_1", "model_x")!.Key.Should().Equal("APPLICATION_ID", "MONTH");
        registry.Find("value_stream_1", "model_y")!.Key.Should().BeEmpty();
    }

    [Fact]
    public void Refuses_a_key_of_no_model_and_one_of_no_column()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_1/model_x/benchmark.csv";
        _folder.Environment["MODEL_X_BENCHMARKING_KEY"] = ",";
        _folder.Environment["MODEL_Y_BENCHMARKING_KEY"] = "ID";

        _folder.ProblemsOfAll().Should().HaveCount(2)
            .And.Contain(problem => problem.Contains("names no column", StringComparison.Ordinal))
            .And.Contain(problem => problem.Contains("no MODEL_Y_BENCHMARKING_PATH", StringComparison.Ordinal));
    }

    [Fact]
    public void Allows_a_password_only_where_the_file_has_no_source()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/value_stream_1/model_x/benchmark.csv";
        _folder.Write(
            "models.yaml", "version: 1\nsources: {snowflake: {kind: snowflake, connection: \"${SNOWFLAKE_CONN}\"}}\n");

        var source = _folder.ReadAll().Sources["snowflake"];

        source.AllowPassword.Should().BeFalse();
        source.Implicit.Should().BeFalse();
    }

    [Fact]
    public void Works_alone_from_a_mounted_directory_with_a_file_for_each_key()
    {
        // As Kubernetes mounts a ConfigMap: each key a link, through ..data, into a directory of its own.
        _folder.Write("..2026_11_22/MODEL_X_BENCHMARKING_PATH", "/mnt/efs/value_stream_1/model_x/benchmark.csv\n");
        _folder.Write("..2026_11_22/VALIDATION_THRESHOLD", "0.1\n");
        File.CreateSymbolicLink(_folder.PathOf("..data"), "..2026_11_22");
        File.CreateSymbolicLink(_folder.PathOf("MODEL_X_BENCHMARKING_PATH"), "..data/MODEL_X_BENCHMARKING_PATH");
        File.CreateSymbolicLink(_folder.PathOf("VALIDATION_THRESHOLD"), "..data/VALIDATION_THRESHOLD");

        var registry = _folder.ReadAll();

        registry.Models.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            ValueStream = "value_stream_1",
            Model = "model_x",
            Table = "VALUE_STREAM_1.MODEL_X",
            Threshold = 0.1,
        });
    }

    [Fact]
    public void Stands_beside_the_file_whose_definition_wins()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_x/benchmark.csv";
        _folder.Environment["MODEL_Y_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_y/benchmark.csv";

        var registry = _folder.Read("""
            version: 1
            sources: {demo: {kind: duckdb, connection: x}}
            value_streams: {vs: {defaults: {keep_versions: 3}, models: {model_x: {query: select 1}}}}
            """);

        registry.Models.Select(m => (m.Model, m.Table, m.Query, m.Source, m.KeepVersions)).Should().Equal(
            ("model_x", null, "select 1", "demo", 3),
            ("model_y", "VS.MODEL_Y", null, "demo", 3));
    }

    [Fact]
    public void Accepts_one_path_given_twice()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_x/benchmark.csv";
        _folder.Write("MODEL_X_BENCHMARKING_PATH", "/mnt/efs/vs/./model_x/benchmark.csv");

        _folder.ReadAll().Models.Should().ContainSingle();
    }

    [Fact]
    public void Refuses_two_paths_for_one_model()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/vs_2/model_x/benchmark.csv";
        _folder.Write("MODEL_X_BENCHMARKING_PATH", "/mnt/efs/vs_1/model_x/benchmark.csv");

        _folder.ProblemsOfAll().Should().Equal(
            "MODEL_X_BENCHMARKING_PATH: model_x has two paths: vs_2/model_x here, vs_1/model_x in "
            + "MODEL_X_BENCHMARKING_PATH. "
            + "Remove one of them, or make them agree.");
    }

    [Fact]
    public void Refuses_a_path_other_than_the_files()
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/vs_2/model_x/benchmark.csv";

        _folder.Problems("{version: 1, value_streams: {vs_1: {models: {model_x: {table: T}}}}}").Should().Equal(
            "MODEL_X_BENCHMARKING_PATH: model_x has two paths: in vs_2 here, in vs_1 in models.yaml(1,46). "
            + "Remove one of them, or make them agree.");
    }

    [Theory]
    [InlineData("/mnt/efs/vs/model_y/benchmark.csv")]
    [InlineData("/mnt/efs/vs/MODEL_X/benchmark.csv")]
    [InlineData("/mnt/efs/vs/model_x/other.csv")]
    [InlineData("/mnt/efs/vs/deep/model_x/benchmark.csv")]
    [InlineData("/mnt/efs/model_x/benchmark.csv")]
    [InlineData("/mnt/elsewhere/vs/model_x/benchmark.csv")]
    [InlineData("/mnt/efs/vs/../../elsewhere/model_x/benchmark.csv")]
    [InlineData("/mnt/efs/../etc/model_x/benchmark.csv")]
    [InlineData("/mnt/efs/.hidden/model_x/benchmark.csv")]
    [InlineData("model_x")]
    public void Refuses_a_path_that_is_not_the_models_own_on_the_volume(string path)
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = path;

        _folder.ProblemsOfAll().Should().Equal(
            $"MODEL_X_BENCHMARKING_PATH: '{path}' is not /mnt/efs/<value stream>/model_x/benchmark.csv. The volume "
            + "is /mnt/efs "
            + "(BENCHMARK_ROOT), and the model's directory is what precedes _BENCHMARKING_PATH, in lower case.");
    }

    [Theory]
    [InlineData("COMMON")]
    [InlineData("SHARED_DATA")]
    [InlineData("A.B")]
    public void Refuses_an_id_that_cannot_be_a_models_name(string id)
    {
        _folder.Environment[$"{id}_BENCHMARKING_PATH"] = $"/mnt/efs/vs/{id.ToLowerInvariant()}/benchmark.csv";

        _folder.ProblemsOfAll().Should().ContainSingle().Which.Should()
            .StartWith($"{id}_BENCHMARKING_PATH: '{id.ToLowerInvariant()}' cannot be a model's name.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Refuses_an_empty_path_whose_model_would_vanish(string path)
    {
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = path;
        _folder.Write("MODEL_Y_BENCHMARKING_PATH", path);

        _folder.ProblemsOfAll().Should().BeEquivalentTo(
            "MODEL_X_BENCHMARKING_PATH: MODEL_X_BENCHMARKING_PATH is empty. Give it the path "
            + "/mnt/efs/<value stream>/model_x/benchmark.csv, or remove it.",
            "MODEL_Y_BENCHMARKING_PATH: MODEL_Y_BENCHMARKING_PATH is empty. Give it the path "
            + "/mnt/efs/<value stream>/model_y/benchmark.csv, or remove it.");
    }

    [Theory]
    [InlineData("model_x_benchmarking_path")]
    [InlineData("Model_X_Benchmarking_Path")]
    public void Refuses_a_key_in_lower_case_whose_model_would_vanish(string key)
    {
        _folder.Environment[key] = "/mnt/efs/vs/model_x/benchmark.csv";
        _folder.Environment["MODEL_Y_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_y/benchmark.csv";

        _folder.ProblemsOfAll().Should().Equal(
            $"{key}: {key} must be written in upper case. Write MODEL_X_BENCHMARKING_PATH, or remove it.");
    }

    [Fact]
    public void Refuses_a_file_of_a_mounted_directory_in_lower_case()
    {
        _folder.Write("model_x_benchmarking_path", "/mnt/efs/vs/model_x/benchmark.csv");

        _folder.ProblemsOfAll().Should().ContainSingle().Which.Should().Contain("must be written in upper case.");
    }

    [Fact]
    public void Refuses_a_key_without_a_model()
    {
        _folder.Environment["_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_x/benchmark.csv";

        _folder.ProblemsOfAll().Should().Equal(
            "_BENCHMARKING_PATH: the name of a model is missing before _BENCHMARKING_PATH. Write for example "
            + "MODEL_X_BENCHMARKING_PATH.");
    }

    [Theory]
    [InlineData("VALIDATION_THRESHOLD", "", "is empty")]
    [InlineData("validation_threshold", "0.01", "must be written in upper case")]
    public void Refuses_a_threshold_that_would_not_apply(string key, string value, string problem)
    {
        _folder.Environment[key] = value;

        _folder.Problems("{version: 1, value_streams: {vs: {models: {m: {table: T}}}}}")
            .Should().ContainSingle().Which.Should().StartWith($"{key}: {key} {problem}.");
    }

    [Fact]
    public void Refuses_a_path_with_a_NUL_in_it()
    {
        _folder.Write("MODEL_X_BENCHMARKING_PATH", "/mnt/efs/vs/model_x/\0benchmark.csv");

        _folder.ProblemsOfAll()
            .Should().ContainSingle().Which.Should().Contain("is not /mnt/efs/<value stream>/model_x/benchmark.csv");
    }

    [Theory]
    [InlineData("5%")]
    [InlineData("1.1")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    [InlineData("0,05")]
    public void Refuses_a_threshold_that_is_no_share(string threshold)
    {
        _folder.Environment["VALIDATION_THRESHOLD"] = threshold;

        _folder.Problems("{version: 1, value_streams: {vs: {models: {m: {table: T}}}}}").Should().Equal(
            $"VALIDATION_THRESHOLD: VALIDATION_THRESHOLD must be a number from 0 to 1; '{threshold}' is not.");
    }

    [Fact]
    public void Reports_its_mistakes_together_with_those_of_the_file()
    {
        _folder.Environment["VALIDATION_THRESHOLD"] = "5%";
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/elsewhere";

        _folder.Problems("{version: 1, value_streams: {vs: {models: {m: {}}}}}").Select(p => p.Split(':')[0]).Should()
            .Equal("models.yaml(1,44)", "MODEL_X_BENCHMARKING_PATH", "VALIDATION_THRESHOLD");
    }

    [Fact]
    public void Refuses_two_thresholds()
    {
        _folder.Environment["VALIDATION_THRESHOLD"] = "0.2";
        _folder.Write("VALIDATION_THRESHOLD", "0.1");
        _folder.Write("models.yaml", "{version: 1, value_streams: {vs: {models: {m: {table: T}}}}}");

        _folder.ProblemsOfAll().Should().ContainSingle().Which.Should()
            .Contain("VALIDATION_THRESHOLD is 0.2 here and 0.1 in VALIDATION_THRESHOLD.");
    }

    [Fact]
    public void Does_not_make_a_registry_of_a_threshold_alone()
    {
        _folder.Environment["VALIDATION_THRESHOLD"] = "0.2";

        _folder.ProblemsOfAll().Should().ContainSingle().Which.Should().Contain("there is no registry here.");
    }

    [Fact]
    public void Says_that_the_secret_is_missing()
    {
        _folder.Environment.Remove("SNOWFLAKE_CONN");
        _folder.Environment["MODEL_X_BENCHMARKING_PATH"] = "/mnt/efs/vs/model_x/benchmark.csv";

        var read = () => RegistryReader.Read(
            _folder.Path, _folder.Environment, RegistryFolder.VolumeRoot, toOpenSources: true);

        read.Should().Throw<RegistryException>().Which.Message.Should().StartWith(
            "SNOWFLAKE_CONN: environment variable SNOWFLAKE_CONN is not set; the connection of source 'snowflake' "
            + "needs it, "
            + "and vs/model_x reads from it.");
    }
}
