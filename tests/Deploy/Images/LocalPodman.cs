using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>Podman and Buildah with a store of their own, which is gone with the tests.</summary>
internal sealed class LocalPodman : IDisposable
{
    private static readonly TimeSpan s_probePatience = TimeSpan.FromSeconds(20);
    private static readonly Lazy<string?> s_whyNot = new(Probe);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-podman-");

    public LocalPodman() => File.WriteAllText($"{_directory}/containers.conf", """
        [containers]
        default_ulimits = ["nofile=20000:20000", "nproc=20000:20000"]
        """);

    /// <summary>Why no container can be run on this machine; null when one can.</summary>
    public static string? WhyNot => s_whyNot.Value;

    /// <summary>Where <see cref="Serve">the API</see> answers.</summary>
    public string Socket => $"{_directory}/podman.sock";

    private string[] Store =>
        ["--root", $"{_directory}/store", "--runroot", $"{_directory}/run", "--storage-driver", "overlay"];

    // crun refuses where both versions of cgroups are mounted, runc does not.
    private string[] Podman => [.. Store, "--cgroup-manager", "cgroupfs", "--runtime", "runc"];

    private Dictionary<string, string> Settings => new()
    {
        // Without CAP_SYS_RESOURCE, which a container that the tests run in may lack, no limit can be raised.
        ["CONTAINERS_CONF"] = $"{_directory}/containers.conf",
        // Probes are systemd's timers to Podman, and not every machine has it: tests probe from outside.
        ["DISABLE_HC_SYSTEMD"] = "true",
    };

    /// <summary>Builds an image.</summary>
    public void Build(string image, string containerfile, string context, params string[] options) =>
        ChildProcess.Run(
            "buildah",
            [.. Store, "bud", "--isolation", "chroot", .. options, "-t", image, "-f", containerfile, context]);

    /// <summary>Sends an image to a registry that answers over HTTP.</summary>
    public void Push(string image, string destination) =>
        ChildProcess.Run("buildah", [.. Store, "push", "--tls-verify=false", image, $"docker://{destination}"]);

    /// <summary>Takes the image in from a file that <c>docker load</c> understands, too.</summary>
    public void Load(string archive) => ChildProcess.Run("podman", [.. Podman, "load", "--input", archive]);

    /// <summary>
    /// Starts a container as OpenShift does under <c>restricted-v2</c>: a user of the namespace in group 0, a root file
    /// system that cannot be written, and no capability; the engine's seccomp profile holds.
    /// </summary>
    public ChildProcess Start(string name, string image, IEnumerable<string> options, params string[] arguments) =>
        ChildProcess.Start("podman",
        [
            .. Podman, "run", "--rm", "--name", name, "--network", "host",
            "--user", "1000660000:0", "--read-only", "--read-only-tmpfs=false", "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--memory", "300m", .. options, image, .. arguments,
        ], Settings);

    /// <summary>Sends SIGTERM to a container's program; <c>podman run</c> then ends with its exit code.</summary>
    public void Terminate(string name) => Run("kill", "--signal", "TERM", name);

    /// <summary>What the engine knows of an image or a container, by a Go template.</summary>
    public string Inspect(string name, string format) => Run("inspect", "--format", format, name);

    /// <summary>Where the files of a volume lie on this machine.</summary>
    public string DirectoryOfVolume(string name) =>
        Run("volume", "inspect", "--format", "{{.Mountpoint}}", name).Trim();

    /// <summary>Any other command of Podman.</summary>
    /// <returns>Its standard output.</returns>
    public string Run(params string[] arguments) => ChildProcess.Run("podman", [.. Podman, .. arguments], Settings);

    /// <summary>Any other command of Podman, which may fail.</summary>
    public ChildProcess Begin(params string[] arguments) =>
        ChildProcess.Start("podman", [.. Podman, .. arguments], Settings);

    /// <summary>
    /// Starts Docker's API in a network of its own, where containers find each other by name and no port is taken.
    /// </summary>
    /// <returns>It writes its process id first.</returns>
    public ChildProcess Serve()
    {
        var settings = Settings;
        settings["CONTAINERS_CONF"] = $"{_directory}/serving.conf";
        File.WriteAllText(settings["CONTAINERS_CONF"], File.ReadAllText(Settings["CONTAINERS_CONF"]) + $"""

            [network]
            network_backend = "netavark"
            network_config_dir = "{_directory}/networks"
            """);
        return ChildProcess.Start(
            "unshare",
            [
                "--net", "sh", "-euc", """ip link set lo up; echo "$$"; exec podman "$@" """, "sh",
                .. Podman, "system", "service", "--time", "0", $"unix://{Socket}",
            ],
            settings);
    }

    public void Dispose()
    {
        // Also ends what a test that failed has left running, and unmounts its layers.
        Run("rm", "--all", "--force", "--time", "0");
        Run("rmi", "--all", "--force");
        _directory.Delete(recursive: true);
    }

    private static string? Probe()
    {
        if (!Environment.IsPrivilegedProcess)
            return "These tests build and run container images, and here only root can: run them as root.";
        try
        {
            foreach (var (program, package) in new[]
                { ("podman", "podman"), ("buildah", "buildah"), ("runc", "runc"), ("dpkg-deb", "dpkg") })
                DebianPackage.DirectoryOf(program, package, "/usr/bin", "/usr/sbin");
            return RunsAContainer();
        }
        catch (InvalidOperationException missing)
        {
            return missing.Message;
        }
    }

    // ldconfig needs no library, so that it is an image by itself.
    private static string? RunsAContainer()
    {
        using var podman = new LocalPodman();
        var context = Directory.CreateDirectory($"{podman._directory}/probe").FullName;
        File.Copy("/sbin/ldconfig", $"{context}/ldconfig");
        File.WriteAllText($"{context}/Containerfile", "FROM scratch\nCOPY ldconfig /ldconfig\n");
        podman.Build("localhost/probe", $"{context}/Containerfile", context);
        using var run = podman.Start("probe", "localhost/probe", [], "/ldconfig", "--version");
        return run.ExitAsync().Wait(s_probePatience) && run.ExitCode == 0
            ? null
            : $"No container can be run on this machine: {run.Error}{run.Output}";
    }
}
