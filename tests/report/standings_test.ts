/** How the rankings do, gathered from the stages' sections. */

import assert from "node:assert/strict";
import type { ExternalFindings } from "../../lib/external/section/findings.ts";
import { externalStandings } from "../../lib/external/section/standings.ts";
import type { PanelsFindings } from "../../lib/panels/section/findings.ts";
import { panelsStandings } from "../../lib/panels/section/standings.ts";
import { type AnySection, RunReport } from "../../lib/report/run_report.ts";
import { defineSection } from "../../lib/report/section.ts";

Deno.test("panels: the smallest size and the largest of the small ones", () => {
  const row = (ranking: string, size: number, value: number) => ({
    ranking,
    size,
    score: "centroid_macro_f1",
    value,
  });
  const found = {
    summary: {
      sizes: [2, 1, 10, 30, 0],
      rankings: [{ ranking: "shap" }, { ranking: "limma" }],
    },
    rows: [
      row("shap", 1, 0.5),
      row("limma", 1, 0.6),
      row("limma", 10, 0.9),
      row("shap", 30, 1),
    ],
  } as unknown as PanelsFindings;
  const [one, ten, ...more] = panelsStandings(found);
  assert.deepEqual([one.measure, ten.measure, more.length], [
    "macro F1 of 1 gene a tissue",
    "macro F1 of 10 genes a tissue",
    0,
  ]);
  assert.deepEqual([...one.values], [["shap", 0.5], ["limma", 0.6]]);
  assert.deepEqual([...ten.values], [["limma", 0.9]]);
});

Deno.test("another cohort: only rankings that list all of its tissues", () => {
  const row = (
    ranking: string,
    first: number,
    tissues: number,
    up: number | null,
  ) => ({ ranking, first, tissues, found: up === null ? null : { up } });
  const of = (replication: unknown) =>
    externalStandings({ cohort: { replication } } as ExternalFindings);
  const [standing, ...more] = of([
    row("shap", 50, 3, 0.99),
    row("limma", 50, 4, 0.8),
    row("limma", 10, 4, 0.1),
    row("tau", 50, 4, null),
    row("consensus", 50, 4, 0.9),
  ]);
  assert.deepEqual([...standing.values], [["limma", 0.8], ["consensus", 0.9]]);
  assert.equal(more.length, 0);
  assert.deepEqual(of([row("shap", 50, 0, null)]), []);
  assert.deepEqual(externalStandings({ cohort: null } as ExternalFindings), []);
});

Deno.test("a report gathers them in the order of the stages that have run", () => {
  const section = (measure: string): AnySection =>
    defineSection<number>({
      title: measure,
      read: () => Promise.resolve(1),
      write: () => "",
      standings: (value) => [{
        measure,
        best_at: measure,
        digits: 1,
        values: new Map([["shap", value]]),
      }],
    });
  const [first, second, notRun] = ["first", "second", "not run"].map(section);
  const silent = defineSection<number>({
    title: "silent",
    read: () => Promise.resolve(1),
    write: () => "",
  });
  const run = new RunReport(
    {
      sections: new Map<string, AnySection>(
        Object.entries({ first, silent, notRun, second }),
      ),
    } as unknown as ConstructorParameters<typeof RunReport>[0],
  );
  for (const each of [second, silent, first]) run.set(each, 7);
  assert.deepEqual(
    run.standings().map(({ measure, values }) => [measure, values.get("shap")]),
    [["first", 7], ["second", 7]],
  );
});
