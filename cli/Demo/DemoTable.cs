using System.Globalization;

namespace Benchmark.Cli.Demo;

/// <summary>One model's table in the sample warehouse.</summary>
internal sealed record DemoTable(string Name, int Rows, int Seed)
{
    /// <summary>From month 2 on the applicants are others: bureau scores lower, debts higher.</summary>
    public bool MovesInMonthTwo { get; init; }

    /// <summary>In months 2, 4, … the load went wrong: unknown grades, missing incomes.</summary>
    public bool BrokenInEvenMonths { get; init; }

    /// <summary>Months 1 and 2 hold the same rows, so do 3 and 4, and so on.</summary>
    public bool NewRowsEverySecondMonth { get; init; }

    /// <summary>The statement that makes the table as it is in a month.</summary>
    public string CreateSql(int month)
    {
        var sample = NewRowsEverySecondMonth ? (month + 1) / 2 : month;
        var salt = Seed * 100_000 + sample * 100;
        var shift = MovesInMonthTwo && month >= 2 ? 0.7 : 0.0;
        var broken = BrokenInEvenMonths && month % 2 == 0 ? 0.08 : 0.0;
        return string.Create(CultureInfo.InvariantCulture, $"""
            create schema if not exists {Name.Split('.')[0]};
            create or replace table {Name} as
            with applicants as (
                select i,
                    normal(i, {salt}) - {shift} as quality,
                    uniform(i, {salt + 2}) as u2, uniform(i, {salt + 3}) as u3, uniform(i, {salt + 4}) as u4,
                    normal(i, {salt + 5}) as n5, uniform(i, {salt + 7}) as u7, uniform(i, {salt + 8}) as u8
                from range(1, {Rows + 1}) r(i)
            ), scored as (
                select *, greatest(300, least(850, round(620 + 75 * quality)))::int as bureau_score from applicants
            )
            select
                i as application_id,
                date '2026-01-01' + (u2 * 300)::int as applied_on,
                case when u3 < 0.7 then 'retail' when u3 < 0.95 then 'sme' else 'premium' end as segment,
                (18 + 60 * u4)::int as age,
                case when u8 < {broken} then null
                     else round(exp(10.4 + 0.5 * n5), 2)::decimal(12, 2) end as income,
                case when u7 < 0.03 then null else (u7 * 240)::int end as months_employed,
                round(1 / (1 + exp(1.2 + 0.6 * quality - 0.3 * n5)), 6) as debt_ratio,
                bureau_score,
                (greatest(0, -quality) * u7 * 4)::int as delinquencies,
                u4 < 0.35 as has_mortgage,
                case when u7 > 1 - {broken} then '?'
                     when bureau_score >= 700 then 'A' when bureau_score >= 640 then 'B'
                     when bureau_score >= 580 then 'C' else 'D' end as grade,
                round(1 / (1 + exp((bureau_score - 480) / 40.0)), 6) as default_probability,
                timestamp '2026-01-01 06:00:00' + to_seconds((u2 * 300)::int * 86400 + (u8 * 43200)::int) as scored_at,
                case when u3 < 0.02 then 'Asked "twice", then left' when u3 < 0.04 then 'Zoë · Łódź 🏦'
                     when u3 < 0.06 then '' end as remark
            from scored
            order by i
            """);
    }
}
