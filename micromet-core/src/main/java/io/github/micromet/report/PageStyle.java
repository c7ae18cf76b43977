// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

/** How a page looks: on light and dark screens, and on paper. */
final class PageStyle {
  private PageStyle() {}

  static final String CSS =
      """
      :root{color-scheme:light dark;--page:#fff;--text:#1c1e21;--faint:#62676d;--rule:#d9dce0;
      --grid:#e6e8eb;--curve:#0b57a4;--second:#c05512;--band:#d2e2f3;--bad:#a8230f;--good:#1b6b3a;
      --panel:#f5f6f8}
      @media (prefers-color-scheme:dark){:root{--page:#16181b;--text:#e5e7ea;--faint:#9aa1a9;
      --rule:#383c42;--grid:#2a2e33;--curve:#7cb7f2;--second:#f0a06a;--band:#1f3a57;--bad:#ff8d7a;
      --good:#7fd6a0;--panel:#1f2226}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem 4rem;background:var(--page);
      color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",
      "DejaVu Sans",sans-serif}
      h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem;overflow-wrap:anywhere}
      h2{font-size:1.2rem;margin:2.5rem 0 .6rem;padding-bottom:.25rem;
      border-bottom:1px solid var(--rule)}
      p{max-width:44rem;margin:.5rem 0}
      .faint{color:var(--faint)}
      .use{color:var(--bad);font-weight:600}
      .figures{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0}
      .figures div{flex:1 1 9rem;background:var(--panel);border-radius:6px;padding:.7rem .9rem}
      .figures b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
      .figures span{color:var(--faint);font-size:.85rem}
      .warning{border-left:4px solid var(--bad);background:var(--panel);padding:.5rem .9rem;
      margin:.5rem 0;max-width:none}
      .chart{display:block;width:100%;max-width:46rem;height:auto;font-size:13px}
      .chart .line{fill:none;stroke-linejoin:round}
      .chart .line.grid{stroke:var(--grid)}.chart .line.faint{stroke:var(--faint)}
      .chart .line.curve{stroke:var(--curve)}.chart .line.second{stroke:var(--second)}
      .chart .area.curve{fill:var(--curve)}.chart .area.second{fill:var(--second)}
      .chart .area.band{fill:var(--band)}
      .chart text.text{fill:var(--text)}.chart text.faint{fill:var(--faint)}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
      th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--grid);text-align:left;
      vertical-align:top;overflow-wrap:anywhere}
      th{border-bottom:1px solid var(--faint);font-weight:600;white-space:nowrap}
      td.n,.t0 th,.t1 th:nth-child(n+2),.t2 th:nth-child(n+3),.t3 th:nth-child(n+4){text-align:right;
      white-space:nowrap}
      tr.missed td{color:var(--bad)}
      tr.uncounted td{color:var(--faint)}
      .hash td:last-child{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;
      font-size:.8rem}
      .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:1rem}
      figure{margin:0;break-inside:avoid;font-size:.82rem;line-height:1.35}
      figure img,.absent{display:block;width:100%;aspect-ratio:1;object-fit:cover;border-radius:4px;
      background:var(--panel)}
      .absent{display:grid;place-items:center;padding:.5rem;text-align:center;color:var(--faint);
      border:1px dashed var(--rule)}
      figure img{border:1px solid var(--rule)}
      figcaption{padding-top:.3rem;overflow-wrap:anywhere}
      @media print{:root{color-scheme:light;--page:#fff;--text:#000;--faint:#444;--rule:#bbb;
      --grid:#ddd;--curve:#0b57a4;--second:#c05512;--band:#d2e2f3;--bad:#a8230f;--good:#1b6b3a;
      --panel:#f3f3f3}
      body{padding:0;font-size:10pt;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}
      thead{display:table-header-group}.figures div,.warning{border:1px solid #bbb}
      .gallery{grid-template-columns:repeat(5,1fr)}.wide{overflow:visible}}
      """;
}
