using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Init;

/// <summary>A file, or several that a pattern means, which DuckDB reads as one table.</summary>
/// <param name="Given">The path or pattern, as somebody wrote it.</param>
/// <param name="Paths">The files, in order of name.</param>
/// <param name="Format">Their form.</param>
internal sealed record DataFile(string Given, IReadOnlyList<string> Paths, FileFormat Format)
{
    /// <summary>The name of their source.</summary>
    public const string Source = "files";

    private const int MostNamed = 10;

    private static readonly char[] s_wildcards = ['*', '?', '['];

    private bool IsPattern => Paths is not [var only] || only != Given;

    /// <summary>The path or pattern, as DuckDB reads it.</summary>
    public string Pattern => IsPattern ? Given : Escaped(Given);

    /// <summary>What the source has to allow: the file, or the directory of a pattern.</summary>
    public string Allowed => Pattern.IndexOfAny(s_wildcards) is >= 0 and var first
        ? Pattern.LastIndexOf('/', first) switch { < 0 => ".", 0 => "/", var end => Pattern[..end] }
        : Pattern;

    /// <summary>
    /// What a model of it may be called: of data/model_x.csv.gz, <c>model_x</c>; of data/*.csv, <c>data</c>.
    /// </summary>
    public string Name => Path.GetFileName(Given).Split('.')[0] is var name && name.Any(char.IsLetterOrDigit)
        ? name : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(Given))!);

    /// <summary>The file that somebody named; null when it is rather a table.</summary>
    /// <param name="given">What they wrote.</param>
    /// <param name="hasDatabase">Whether they named a database as well.</param>
    /// <param name="files">Finds files.</param>
    /// <exception cref="UsageException">There is no such file, or it cannot be read.</exception>
    public static DataFile? Of(string given, bool hasDatabase, LocalFiles files)
    {
        if (given.Contains("://", StringComparison.Ordinal))
            throw new UsageException($"{given} is an address, from which nothing is read. Download the file first.");
        var isNamedSo = FileFormats.OfName(given) is not null;
        if (!isNamedSo && (hasDatabase || given.Contains('"', StringComparison.Ordinal)))
            return null;
        if (Posix.IsDirectory(given))
            throw IsDirectory(given);
        if (Posix.Exists(given) && !Posix.IsFile(given))
            throw new UsageException(
                $"{given} is no regular file, and next month's data is to be read from there. Write it to a file.");
        if (Posix.Exists(given))
            return new DataFile(given, [given], FileFormats.Of(given));
        if (given.IndexOfAny(s_wildcards) >= 0)
            return Matching(given, files);
        return isNamedSo || given.Contains('/', StringComparison.Ordinal)
            ? throw new UsageException(NoSuch(given)) : null;
    }

    /// <summary>The source that reads them.</summary>
    public static SourceDefinition SourceOf(IEnumerable<DataFile> files) => new()
    {
        Name = Source,
        Kind = "duckdb",
        Connection = "Data Source=:memory:",
        Files = [.. files.Select(file => file.Allowed).Distinct()],
    };

    /// <summary>Such files, and databases, in the working directory.</summary>
    // Texts are rather remarks than data.
    public static IEnumerable<string> Here() => Directory.EnumerateFiles(".").Select(path => Path.GetFileName(path))
        .Where(name => (FileFormats.OfName(name) is not null || Databases.KindOf(name) is not null)
            && Path.GetExtension(name) != ".txt")
        .Order(StringComparer.Ordinal);

    /// <summary>A path in which DuckDB sees no pattern.</summary>
    public static string Escaped(string path) => string.Concat(
        path.Select(c => s_wildcards.Contains(c) ? $"[{c}]" : c.ToString()));

    /// <summary>That there is no such file, and which was probably meant.</summary>
    public static string NoSuch(string given)
    {
        var place = given[..^Path.GetFileName(given).Length];
        var directory = place.Length == 0 ? "." : place;
        var there = Posix.IsDirectory(directory)
            ? Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)) : [];
        return Nearest.To(Path.GetFileName(given), there) is [{ } meant, ..]
            ? $"There is no file {given}. Did you mean {place}{meant}?" : $"There is no file {given}.";
    }

    private static DataFile Matching(string pattern, LocalFiles files)
    {
        var paths = files.Matching(pattern);
        if (paths is [])
            throw new UsageException(
                $"No file matches {pattern}. It was looked for in {Path.GetFullPath(".")}; * stands for any part of a "
                + "name, ** for any directories.");
        var formats = paths.Select(path => (Path: path, Format: FileFormats.Of(path))).ToList();
        var other = formats.Find(file => file.Format != formats[0].Format);
        return other.Path is null ? new DataFile(pattern, paths, formats[0].Format) : throw new UsageException(
            $"{pattern} means {formats[0].Path}, which is {formats[0].Format}, and {other.Path}, which is "
            + $"{other.Format}. Name files of one form, such as *{Path.GetExtension(other.Path)}.");
    }

    private static UsageException IsDirectory(string given)
    {
        var names = Directory.EnumerateFiles(given).Select(path => Path.GetFileName(path))
            .Where(name => FileFormats.OfName(name) is not null).Order(StringComparer.Ordinal).ToList();
        var directory = given.TrimEnd('/');
        return new UsageException(names is []
            ? $"{given} is a directory, without a file that is read. {FileFormats.Known}."
            : $"{given} is a directory, with {string.Join(", ", names.Take(MostNamed))}"
                + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")
                + $". Name one, or several with the same columns as '{directory}/*{Extension(names[0])}'.");
    }

    private static string Extension(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
        ? Path.GetExtension(name[..^3]) + name[^3..] : Path.GetExtension(name);
}
