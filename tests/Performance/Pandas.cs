using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>pandas, as a process of Debian's Python, to which its packages belong.</summary>
internal static class Pandas
{
    private const string Python = "/usr/bin/python3";

    private static readonly Dictionary<string, string> s_nothing = [];

    // As one would write it who knows pandas: columns at a time, no loop over rows.
    private const string Checks = """
        import hashlib, json, math, os, sys
        import numpy, pandas
        facts, key, grades, count_min, count_max, amount_min, amount_max = sys.argv[1:8]
        types = {c["name"]: c["type"] for c in json.load(open(facts))["columns"]}

        def psi(rows, bins, counts, missing):
            expected = numpy.array(bins["counts"] + [bins.get("other") or 0, bins["missing"]], dtype=float)
            actual = numpy.array(list(counts) + [rows - missing - sum(counts), missing], dtype=float)
            e = numpy.where(expected == 0, 0.0001, expected / expected.sum())
            a = numpy.where(actual == 0, 0.0001, actual / actual.sum())
            return float(((a - e) * numpy.log(a / e)).sum())

        def between(ordered, edges):
            upto = numpy.append(numpy.searchsorted(ordered, edges, side="right"), len(ordered))
            return numpy.diff(upto, prepend=0).tolist()

        def check(rows, stored):
            against = {c["name"]: c for c in json.load(open(stored))["columns"]} if stored else {}
            broken, moved, profile = int(rows[key].duplicated().sum() + rows[key].isna().sum()), 0.0, []
            for name, kind in types.items():
                values = rows[name].dropna()
                missing = len(rows) - len(values)
                counts = values.value_counts()
                bins = against[name]["bins"] if against else None
                column = {"name": name, "nulls": missing, "distinct": len(counts)}
                if kind == "string":
                    if name != key:
                        broken += int((~values.isin(["grade_" + g for g in grades])).sum())
                    column["top"] = {v: int(n) for v, n in counts.head(50).items()}
                    column["bins"] = {"values": list(column["top"]), "counts": list(column["top"].values()),
                                      "other": len(values) - sum(column["top"].values()), "missing": missing}
                    if bins:
                        own = [int(counts.get(v, 0)) for v in bins["values"]]
                        moved = max(moved, psi(len(rows), bins, own, missing))
                else:
                    numbers = (values.to_numpy("datetime64[D]").astype("int64") if kind == "date"
                               else values.to_numpy("float64" if kind == "number" else "int64"))
                    if kind == "number":
                        broken += int(((numbers < float(amount_min)) | (numbers > float(amount_max))).sum())
                    elif name != "account" and kind == "integer":
                        broken += int(((numbers < int(count_min)) | (numbers > int(count_max))).sum())
                    ordered = numpy.sort(numbers)
                    edges = numpy.quantile(ordered, numpy.arange(1, 10) / 10)
                    column |= {"min": str(ordered[0]), "max": str(ordered[-1]),
                        "mean": ordered.mean(), "stddev": ordered.std(ddof=1),
                               "quantiles": numpy.quantile(ordered, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]).tolist(),
                               "top": {str(v): int(n) for v, n in counts.head(10).items()},
                               "bins": {"edges": edges.tolist(), "counts": between(ordered, edges), "missing": missing}}
                    if bins:
                        moved = max(moved, psi(len(rows), bins, between(ordered, bins["edges"]), missing))
                profile.append(column)
            if broken or moved > 0.01:
                sys.exit(f"{broken} rows break the rules, and the PSI is up to {moved}.")
            return json.dumps({"columns": profile})

        """;

    private const string OneFile = Checks + """
        path, stored = sys.argv[8:]
        numpy_types = {"integer": "Int64", "number": "float64", "string": "string"}
        check(pandas.read_csv(
            path, dtype={n: numpy_types[t] for n, t in types.items() if t != "date"},
            parse_dates=[n for n, t in types.items() if t == "date"], keep_default_na=False, na_values=[""]), stored)
        """;

    private const string Pipeline = Checks + """
        import sqlalchemy
        query, models, directory = sys.argv[8:]
        engine = sqlalchemy.create_engine("postgresql+psycopg2://")
        for model in range(int(models)):
            data, stored = f"{directory}/{model}.csv", f"{directory}/{model}.json"
            rows = pandas.read_sql(query, engine, parse_dates=[n for n, t in types.items() if t == "date"])
            profile = check(rows, stored if os.path.exists(stored) else None)
            rows.to_csv(data + ".new", index=False)
            hashlib.sha256(open(data + ".new", "rb").read()).hexdigest()
            with open(stored, "w") as file:
                file.write(profile)
            os.replace(data + ".new", data)
        """;

    /// <summary>What the Validator finds in a file, but for its SHA-256 and its encoding.</summary>
    /// <param name="profile">What it is compared with; empty the first time.</param>
    public static MeasuredProcess Check(string file, string facts, string profile) => MeasuredProcess.Run(
        s_nothing, Python, [.. Script(OneFile, facts), file, profile]);

    /// <summary>Fetches a query's rows for each of some models, checks them, and puts them in place as CSV.</summary>
    /// <param name="directory">Where files and profiles are; those that are there are what is compared with.</param>
    public static MeasuredProcess Refresh(
        PostgresServer server, string query, int models, string facts, string directory) => MeasuredProcess.Run(
        Postgres.Environment(server), Python, [.. Script(Pipeline, facts), query, $"{models}", directory]);

    private static IEnumerable<string> Script(string script, string facts) =>
    [
        "-c", script, facts, WideRules.Key, WideRules.Grades,
        $"{WideRules.LeastCount}", $"{WideRules.GreatestCount}", $"{WideRules.LeastAmount}",
        $"{WideRules.GreatestAmount}",
    ];

    /// <summary>What to install for pandas to be measured; none when it is here, or could be installed.</summary>
    /// <param name="packages">Python packages of Debian that are needed, too.</param>
    public static string? WhyNot(params IEnumerable<string> packages)
    {
        try
        {
            foreach (var package in packages.Prepend("pandas"))
                DebianPackage.DirectoryOf(
                    $"{package}/__init__.py", $"python3-{package}", "/usr/lib/python3/dist-packages");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }
}
