using System.Reflection;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// What stands in for the images of others that <c>compose.yaml</c> names, under their names: the same programs, in the
/// versions that this machine has, configured by the same variables as theirs.
/// </summary>
internal sealed class StandInServers(LocalPodman podman, string directory)
{
    // What the image of PostgreSQL does, as far as compose.yaml uses it.
    private const string Initialization = """
        set -eu
        if [ ! -s "$PGDATA/PG_VERSION" ]; then
          echo "$POSTGRES_PASSWORD" > /tmp/password
          initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --no-sync
          echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
          echo "create database $POSTGRES_DB" | postgres --single -j postgres
        fi
        exec postgres -c listen_addresses='*'
        """;

    private static readonly string? s_mailCatcher = typeof(StandInServers).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "Smtp4dev")?.Value;

    /// <summary>Why they cannot be had on this machine; null when they can.</summary>
    public static string? WhyNot => Directory.Exists(s_mailCatcher)
        ? null : "smtp4dev is a program for Linux on x64, and its package is not restored on this machine.";

    public void Build(ComposeFile composition)
    {
        BuildBroker(composition.Services["rabbitmq"].Image);
        BuildDatabase(composition.Services["postgres"].Image);
        BuildMailCatcher(composition.Services["mail"].Image);
    }

    // The broker itself reads RABBITMQ_DEFAULT_USER and RABBITMQ_DEFAULT_PASS.
    private void BuildBroker(string image) => Build(
        image, """
        FROM scratch
        COPY system /
        RUN mkdir -p /tmp /etc/rabbitmq /var/lib/rabbitmq /var/log/rabbitmq && \
            echo '[rabbitmq_management].' > /etc/rabbitmq/enabled_plugins && \
            echo root:x:0:0::/var/lib/rabbitmq:/bin/sh > /etc/passwd
        ENV PATH=/usr/lib/rabbitmq/bin:/usr/bin HOME=/var/lib/rabbitmq LANG=C.UTF-8
        ENTRYPOINT ["rabbitmq-server"]
        """,
        "rabbitmq-server", "mawk", "hostname");

    private void BuildDatabase(string image)
    {
        var programs = DebianPackage.DirectoryOf("initdb", "postgresql", "/usr/lib/postgresql/*/bin");
        var version = new DirectoryInfo(programs).Parent!.Name;
        File.WriteAllText($"{Context(image)}/start.sh", Initialization);
        Build(
            image, $"""
            FROM scratch
            COPY system /
            COPY start.sh /
            RUN mkdir -p /tmp /run/postgresql /var/lib/postgresql/data && ln -s /run /var/run && chmod 1777 /tmp && \
                chown 70:70 /run/postgresql /var/lib/postgresql/data && \
                echo postgres:x:70:70::/var/lib/postgresql:/bin/sh > /etc/passwd
            ENV PATH={programs}:/usr/bin PGDATA=/var/lib/postgresql/data
            USER 70:70
            ENTRYPOINT ["sh", "/start.sh"]
            """,
            $"postgresql-{version}", $"postgresql-client-{version}");
    }

    private void BuildMailCatcher(string image)
    {
        ChildProcess.Run("cp", ["-a", s_mailCatcher!, $"{Context(image)}/smtp4dev"]);
        Build(image, $"""
            FROM {StandInBase.Image}
            COPY smtp4dev /smtp4dev
            ENV ServerOptions__Urls=http://*:80 HOME=/smtp4dev DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true
            USER 0
            WORKDIR /smtp4dev
            ENTRYPOINT ["/usr/share/dotnet/dotnet", "Rnwood.Smtp4dev.dll"]
            """);
    }

    private void Build(string image, string containerfile, params string[] packages)
    {
        var context = Context(image);
        if (packages.Length > 0)
            CopySystem(context, packages);
        File.WriteAllText($"{context}/Containerfile", containerfile);
        podman.Build(image, $"{context}/Containerfile", context);
    }

    private string Context(string image) =>
        Directory.CreateDirectory($"{directory}/{image.Split('/')[^1].Split(':')[0]}").FullName;

    // The files of Debian's packages and of all that they depend on, as they lie on this machine.
    private static void CopySystem(string context, IEnumerable<string> packages) => ChildProcess.Run(
        "sh", ["-euc", $"""
            cd '{context}'
            mkdir -p system/usr/bin system/usr/lib system/usr/lib64 system/usr/sbin
            for link in bin lib lib64 sbin; do ln -s "usr/$link" "system/$link"; done
            apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks \
              --no-replaces --no-enhances dash coreutils sed grep {string.Join(' ', packages)} \
              | grep '^[a-z]' | sort -u > packages
            xargs dpkg -L < packages 2>/dev/null | grep -v -e ^/usr/share/doc -e ^/usr/share/man -e ^/usr/share/locale \
              | grep -vx -e /bin -e /lib -e /lib64 -e /sbin | sort -u > paths
            while read -r path; do [ -d "$path" ] && [ ! -L "$path" ] || echo "$path"; done < paths > files
            tar --create --files-from files 2>/dev/null | tar --extract --keep-directory-symlink --directory system
            """]);
}
