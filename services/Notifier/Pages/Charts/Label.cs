using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Benchmark.Notifier.Pages.Charts;

/// <summary>Text in a chart: in Razor itself, <c>text</c> is a tag of Razor's own.</summary>
public sealed class Label : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public double X { get; set; }

    [Parameter, EditorRequired]
    public double Y { get; set; }

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>; null for the start.</summary>
    [Parameter]
    public string? Anchor { get; set; }

    [Parameter]
    public string? Class { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Pixel.Of(X));
        builder.AddAttribute(2, "y", Pixel.Of(Y));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Class);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
