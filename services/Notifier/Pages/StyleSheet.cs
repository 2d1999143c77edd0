using System.Security.Cryptography;

namespace Benchmark.Notifier.Pages;

/// <summary>The one style sheet, under an address that changes with it, so that browsers may keep it.</summary>
internal static class StyleSheet
{
    private const string Name = "pages.css";

    public static byte[] Content { get; } = Read();

    public static string Path { get; } = $"/{Name}?{Convert.ToHexStringLower(SHA256.HashData(Content))[..8]}";

    private static byte[] Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not part of the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
