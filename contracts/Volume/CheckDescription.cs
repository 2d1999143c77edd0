namespace Benchmark.Contracts.Volume;

/// <summary>
/// What a check does and what to do when it fails: for the gate, for reports and for <c>docs/checks.md</c>.
/// </summary>
public sealed record CheckDescription
{
    private const string Model = "MODEL";
    private const string FetchAgain = $"Fetch it again: benchmark refresh {Model}";
    private const string Correct =
        $"Correct the source's data or, if that is right, the rule in the registry; then: benchmark refresh {Model}";
    private const string Confirm = $"Look at the data. If it is right: benchmark refresh {Model} --force --reason TEXT";

    // A row rule fails or warns together with 'row_rules', which counts the rows that break any of them.
    private const string InTooManyRows = ", and `row_rules` fails";
    private const string InFewRows = "the same, and `row_rules` does not fail";

    /// <summary>The check.</summary>
    public required CheckName Check { get; init; }

    /// <summary>What it looks at.</summary>
    public required string LooksAt { get; init; }

    /// <summary>When it fails: the data is rejected.</summary>
    public required string Fails { get; init; }

    /// <summary>When it warns: the data is published anyway; null when it never warns.</summary>
    public string? Warns { get; init; }

    /// <summary>Whether a refresh with <c>--force</c> turns its failure into a warning.</summary>
    public bool IsOverruledByForce { get; init; }

    /// <summary>What to do when it has failed; MODEL stands for the model.</summary>
    public required string NextStep { get; init; }

    /// <summary>Every check, in the order of <see cref="CheckName"/>.</summary>
    public static IReadOnlyList<CheckDescription> All { get; } =
    [
        new()
        {
            Check = CheckName.Integrity,
            LooksAt = "the staged file",
            Fails =
                "it breaks the [dialect](csv.md); its SHA-256, length, rows or header are not those of `staged.json`; "
                + "or the registry no longer has the model",
            NextStep = FetchAgain,
        },
        new()
        {
            Check = CheckName.Type,
            LooksAt = "each value of a column",
            Fails = $"a value is not of the column's type{InTooManyRows}",
            Warns = InFewRows,
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.Required,
            LooksAt = "a column with `required: true`",
            Fails = $"a row has no value{InTooManyRows}",
            Warns = InFewRows,
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.Range,
            LooksAt = "a column with `min` or `max`",
            Fails = $"a value is outside{InTooManyRows}; or `min` or `max` is not a value of the column's type",
            Warns = InFewRows,
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.Values,
            LooksAt = "a column with `values`",
            Fails = $"a value is not among them{InTooManyRows}",
            Warns = InFewRows,
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.Key,
            LooksAt = "the columns of `key`",
            Fails = $"a row has no key, or repeats that of an earlier row{InTooManyRows}",
            Warns = InFewRows,
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.RowRules,
            LooksAt = "the rows that break any of the rules `type`, `required`, `range`, `values` and `key`",
            Fails = "their share of all rows is above `threshold`",
            Warns = "there are any",
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.Rows,
            LooksAt = "the number of rows",
            Fails = "it is below `rows.min` or above `rows.max`",
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.RowsChange,
            LooksAt = "the number of rows, compared with the published version",
            Fails = "it changed by more than `rows.max_change`",
            IsOverruledByForce = true,
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.Schema,
            LooksAt = "the file's columns, compared with `columns` and `key` of the registry",
            Fails =
                "one that the registry names is not in the file, or is of a type that its `role` or the bins of its "
                + "`drift` cannot have",
            NextStep = Correct,
        },
        new()
        {
            Check = CheckName.SchemaChange,
            LooksAt = "the file's columns, compared with the published version",
            Fails =
                "one is missing or has another type, unless `type` is declared in the registry and both are numbers or "
                + "one had no value; with `schema: freeze` also when one is new or in another position",
            IsOverruledByForce = true,
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.Drift,
            LooksAt =
                "the [PSI or CSI](psi.md) of each column against the published version; not of the key, nor with "
                + "`drift: off` or `role: as_of`",
            Fails = "it is `drift.fail` or more, chance does not explain it, and `drift.on_fail` is `reject`",
            Warns =
                "it is `drift.warn` or more, and does not fail; or all dates of a column are later than those of the "
                + "published version, or all are one other date: it seems to say when the data was taken",
            IsOverruledByForce = true,
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.CumulativeDrift,
            LooksAt = "the same against the [anchor](psi.md#slow-drift), where that is another version",
            Fails = "as `drift`, where `drift.anchor` names the version",
            Warns =
                "as `drift`; where `drift.anchor` is not set it warns instead of failing; also when the anchor "
                + "cannot be read",
            IsOverruledByForce = true,
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.OutOfRange,
            LooksAt =
                "the share of the rows whose number is below the least or above the greatest of the published version; "
                + "of the columns that `drift` looks at",
            Fails = "never",
            Warns = "it is above 1 %, and chance does not explain it",
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.Missing,
            LooksAt =
                "the share of the rows without a value, against the published version; of the columns that `drift` "
                + "looks at and that are not `required`",
            Fails = "never",
            Warns = "it rose by more than 5 points, and chance does not explain it",
            NextStep = Confirm,
        },
        new()
        {
            Check = CheckName.Freshness,
            LooksAt = "the newest value of a column with `role: as_of`",
            Fails =
                "there is none; at the fetch it is older than `max_age`, or more than a day ahead; or it is before that "
                + "of the published version",
            Warns = "it is that of the published version, and the data is not",
            IsOverruledByForce = true,
            NextStep = Confirm,
        },
    ];

    /// <summary>The description of a check.</summary>
    public static CheckDescription Of(CheckName check) => All[(int)check];

    /// <summary>
    /// What to do when checks have failed: their next step, or where they have several, to correct the data or the
    /// rule.
    /// </summary>
    /// <param name="failed">The checks. Never empty.</param>
    /// <param name="model">The model.</param>
    public static string NextStepAfter(IEnumerable<CheckName> failed, ModelKey model)
    {
        var steps = failed.Select(check => Of(check).NextStep).Distinct().ToList();
        return (steps is [var only] ? only : Correct).Replace(Model, model.ToString(), StringComparison.Ordinal);
    }
}
