namespace Benchmark.Notifier.Pages;

/// <summary>What every page shows around its content; cascades to the components within.</summary>
public sealed record PageFrame
{
    /// <summary>The environment, such as <c>prod</c>; null when nothing sets it.</summary>
    public required string? Environment { get; init; }

    /// <summary>Who is signed in; null for a reader without a name, who has no buttons.</summary>
    public required string? User { get; init; }

    /// <summary>What a form sends back to show that it is of these pages.</summary>
    public required string? FormToken { get; init; }

    /// <summary>The path that was asked for, which the navigation marks.</summary>
    public required string Path { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long to make it took, up to the frame.</summary>
    public required Func<TimeSpan> Elapsed { get; init; }

    /// <summary>The version of this product.</summary>
    public static string Product { get; } =
        typeof(PageFrame).Assembly.GetName().Version?.ToString(3) ?? "";
}
