using Benchmark.Hosting;
using Benchmark.Tests.Support;
using YamlDotNet.Core;

namespace Benchmark.Deploy.Tests.Images;

/// <summary><c>deploy/compose.yaml</c>: what it names exists, and each service runs as restricted as it may.</summary>
public sealed class Composing_the_system
{
    private static readonly ComposeFile s_file = ComposeFile.Read();

    private static readonly List<ComposeService> s_ours = [.. s_file.Services.Values.Where(service => service.IsOurs)];

    [Fact]
    public void Refuses_a_key_that_compose_does_not_have()
    {
        var text = RepositoryRoot.Read("deploy/compose.yaml").Replace("depends_on:", "depend_on:");

        var reading = () => ComposeFile.Parse(text);

        reading.Should().Throw<YamlException>().WithMessage("*depend_on*");
    }

    [Fact]
    public void Has_every_service_of_the_product()
    {
        s_file.Services.Keys.Should().Contain(BuiltImages.Services.Select(service => service.ToLowerInvariant()));
    }

    [Fact]
    public void Builds_every_image_of_ours_once()
    {
        s_ours.Where(service => service.Build is not null).Select(service => service.Image)
            .Should().BeEquivalentTo(s_ours.Select(service => service.Image).Distinct());
        foreach (var service in s_ours.Where(service => service.Build is not null))
        {
            var build = service.Build!;
            File.Exists(Path.Combine(RepositoryRoot.PathOf("deploy"), build.Context, build.Dockerfile))
                .Should().BeTrue();
            service.Image.Should().StartWith($"benchmark/{build.Args["SERVICE"].ToLowerInvariant()}:");
            build.Args.Should().ContainKey("VENDOR_PACKAGES").WhoseValue.Should().Be(
                "false", "the sample needs none of them, and not every mirror has them");
        }
    }

    [Fact]
    public void Names_a_version_of_every_image()
    {
        s_file.Services.Values.Should().OnlyContain(service =>
            service.Image.Contains(':') && !service.Image.EndsWith(":latest", StringComparison.Ordinal));
    }

    [Fact]
    public void Sets_only_what_services_read()
    {
        var known = Settings.All.Select(setting => setting.Environment);

        s_ours.SelectMany(service => service.Environment.Keys).Distinct().Should().BeSubsetOf(known);
    }

    [Fact]
    public void Waits_only_for_services_that_it_has_in_a_way_that_they_can_meet()
    {
        foreach (var (name, dependency) in s_file.Services.Values.SelectMany(service => service.DependsOn))
        {
            s_file.Services.Should().ContainKey(name);
            var service = s_file.Services[name];
            var canBeMet = dependency.Condition switch
            {
                "service_healthy" => service.Healthcheck is not null,
                "service_completed_successfully" => service.Command.Count > 0 && service.Restart == "no",
                "service_started" => true,
                _ => false,
            };
            canBeMet.Should().BeTrue($"{name} can be {dependency.Condition}");
        }
    }

    [Fact]
    public void Mounts_only_volumes_that_it_has()
    {
        s_file.Services.Values.SelectMany(service => service.Volumes).Select(volume => volume.Split(':')[0]).Distinct()
            .Should().BeEquivalentTo(s_file.Volumes.Keys);
    }

    [Fact]
    public void Opens_each_port_once_and_to_this_machine_alone()
    {
        var ports = s_file.Services.Values.SelectMany(service => service.Ports).ToList();

        ports.Should().OnlyHaveUniqueItems().And.OnlyContain(port => port.StartsWith("127.0.0.1:"));
        ports.Select(port => port.Split(':')[1]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Gives_our_programs_no_rights_and_services_the_time_to_end()
    {
        s_ours.Should().OnlyContain(service => service.ReadOnly && service.CapDrop.Contains("ALL")
            && service.SecurityOpt.Contains("no-new-privileges:true"));
        s_ours.Where(service => service.Restart != "no").Should().HaveCount(5)
            .And.OnlyContain(service => service.StopGracePeriod == "60s");
    }
}
