using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The directory that mail is written to when no mail server is set.</summary>
internal sealed partial class Outbox(string stateDirectory)
{
    private readonly string _directory = Path.Combine(Path.GetFullPath(stateDirectory), "outbox");

    /// <summary>Writes a mail; the same report always goes to the same file.</summary>
    /// <returns>The file.</returns>
    public async Task<string> WriteAsync(Delivery delivery, MimeMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(_directory);
        var path = Path.Combine(_directory, NameOf(delivery));
        // Renamed into place, so that a program that collects the mail never sees half a file.
        var temporary = $"{path}.tmp";
        await message.WriteToAsync(temporary, ct);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private static string NameOf(Delivery delivery)
    {
        var time = delivery.CreatedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        // The hash of the team, from the message id, keeps apart two teams whose first addresses look alike.
        var team = delivery.MessageId.Split('@')[0].Split('.')[^1];
        var readable = NotForFileNames().Replace(Audience.Addresses(delivery.Team)[0].Split('@')[0], "-");
        return $"{time}-{delivery.RunId}-{readable}-{team[..6]}.eml";
    }

    [GeneratedRegex("[^a-z0-9_-]+")]
    private static partial Regex NotForFileNames();
}
