namespace Benchmark.Notifier.Reports.OnVolume;

/// <summary>
/// The style sheet of the file: light and dark, and for paper. Every text has a contrast of 4.5 or more.
/// </summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#f7f8f9;--card:#fff;--text:#172b4d;--quiet:#5a6883;--line:#e4e6ea;
        --code:#f1f2f4;--bad:#bf2600;--warn:#974f0c;--good:#006644;--track:#e4e6ea;--moved:#de350b;--shifted:#e08c00}
        @media(prefers-color-scheme:dark){:root{--bg:#161a1d;--card:#1d2125;--text:#dee4ea;--quiet:#9fadbc;
        --line:#333b43;--code:#2c333a;--bad:#ff8f73;--warn:#f5b95f;--good:#6fd6a6;--track:#38414a;--moved:#f87462;
        --shifted:#e2a03f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--text);font:14px/1.45 system-ui,"Segoe UI",Helvetica,Arial,
        sans-serif}
        main{max-width:1120px;margin:0 auto;padding:24px 16px}
        h1{font-size:22px;line-height:1.25;margin:0 0 4px;text-wrap:balance}
        h2{font-size:16px;margin:0 0 8px}
        h2 small,.quiet{color:var(--quiet);font-weight:400;font-size:12px}
        section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin-top:16px;
        overflow-x:auto}
        table{width:100%;border-collapse:collapse}
        th{text-align:left;font-weight:400;font-size:12px;color:var(--quiet);border-bottom:2px solid var(--line)}
        th,td{padding:5px 12px 5px 0;vertical-align:top;overflow-wrap:anywhere}
        th{overflow-wrap:normal}
        td{border-bottom:1px solid var(--line)}
        tr:last-child td{border-bottom:0}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .nb{white-space:nowrap}
        .names{color:var(--quiet);font-size:12px;overflow-wrap:anywhere}
        .bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
        code{background:var(--code);border-radius:3px;padding:1px 4px;font:12px/1.5 ui-monospace,Consolas,Menlo,
        monospace;overflow-wrap:anywhere;user-select:all}
        .counts{display:flex;flex-wrap:wrap;gap:8px 32px;margin:16px 0 0;padding:0;list-style:none}
        .counts b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
        .scale{display:flex;justify-content:space-between}.scale,.bar{width:200px}
        .notice{color:var(--warn);margin:0}
        a{color:inherit}
        svg{display:block}
        .track{fill:var(--track)}.moved{fill:var(--moved)}.shifted{fill:var(--shifted)}.limit{fill:var(--text)}
        .past{fill:var(--quiet)}
        footer{color:var(--quiet);font-size:12px;margin-top:16px}
        @media(max-width:700px){.wide{display:none}th,td{padding-right:8px}main{padding:16px 8px}
        section{padding:12px}.scale,.bar{width:96px}}
        @media print{:root{--bg:#fff;--card:#fff;--text:#000;--quiet:#444}body{font-size:11px}
        section{border:0;padding:0;break-inside:auto;overflow:visible}tr{break-inside:avoid}}
        """;
}
