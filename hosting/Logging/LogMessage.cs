using Serilog.Events;
using Serilog.Parsing;

namespace Benchmark.Hosting.Logging;

/// <summary>What a log event says.</summary>
internal static class LogMessage
{
    /// <summary>Without quotes round text: {Model} in a sentence is model_x, not "model_x".</summary>
    public static string Of(LogEvent logEvent)
    {
        using var text = new StringWriter();
        foreach (var token in logEvent.MessageTemplate.Tokens)
        {
            if (token is PropertyToken property
                && logEvent.Properties.TryGetValue(property.PropertyName, out var value)
                && value is ScalarValue { Value: string plain })
                text.Write(plain);
            else
                token.Render(logEvent.Properties, text);
        }
        return text.ToString();
    }
}
