using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// What stands in for <c>mcr.microsoft.com/dotnet/aspnet</c>, which not every machine can pull: the same runtime, with
/// the libraries of this machine and, like the chiselled image, no shell, no package manager and no <c>/tmp</c>.
/// </summary>
internal static class StandInBase
{
    public const string Image = "localhost/aspnet:stand-in";

    private const string Packages = "libc6 libgcc-s1 libstdc++6 zlib1g libssl3 ca-certificates tzdata";

    public static void Build(LocalPodman podman, string context)
    {
        Directory.CreateDirectory(context);
        Shell($"""
            mkdir '{context}/system' '{context}/dotnet'
            dpkg -L {Packages} | grep -v -e ^/usr/share/doc -e ^/usr/share/man -e ^/usr/sbin > '{context}/paths'
            echo /etc/ssl/certs/ca-certificates.crt >> '{context}/paths'
            while read -r path; do [ -d "$path" ] || echo "$path"; done < '{context}/paths' > '{context}/files'
            tar --create --files-from '{context}/files' 2>/dev/null | tar --extract --directory '{context}/system'
            cd '{DotnetRoot()}'
            cp -a dotnet host shared '{context}/dotnet'
            """);
        File.WriteAllText($"{context}/Containerfile", """
            FROM scratch
            COPY system /
            COPY dotnet /usr/share/dotnet
            ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
            USER 1654
            """);
        podman.Build(Image, $"{context}/Containerfile", context);
    }

    // <root>/shared/Microsoft.NETCore.App/10.0.x holds the runtime of this process.
    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    private static void Shell(string script) => ChildProcess.Run("sh", ["-euc", script]);
}
