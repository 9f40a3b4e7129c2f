/** How the stages' clauses become the verdict. */

import assert from "node:assert/strict";
import { type AnySection, RunReport } from "../../lib/report/run_report.ts";
import { defineSection, type Section } from "../../lib/report/section.ts";
import { verdict } from "../../lib/report/verdict.ts";

/** The verdict of a run with these sections, of which each has run. */
function verdictOf(
  sections: Readonly<Record<string, Partial<Section<number>>>>,
  facts: Partial<RunReport["facts"]> = {},
  notRun: readonly string[] = [],
) {
  const made = new Map<string, AnySection>(
    Object.entries(sections).map(([name, section]) => [
      name,
      defineSection<number>({
        title: name,
        read: () => Promise.resolve(1),
        write: () => "",
        ...section,
      }),
    ]),
  );
  const run = new RunReport({
    folder: "reports/made",
    pipeline: { simulator: "simulate" } as RunReport["facts"]["pipeline"],
    sections: made,
    records: [],
    outdated: [],
    simulated: true,
    ...facts,
  });
  for (const [name, section] of made) {
    if (!notRun.includes(name)) run.set(section, 1);
  }
  return verdict(run);
}

Deno.test("clauses stand in the order of the parts, then of the stages", () => {
  const { opening, items } = verdictOf({
    first: {
      opening: () => ({ again: "it comes again", found: "a_b is found" }),
      points: () => ({ random: "better", rivals: "one", genes: "" }),
    },
    silent: {},
    second: {
      opening: () => ({ warning: "worthless", elsewhere: "" }),
      points: () => ({ rivals: "two" }),
    },
  });
  assert.equal(
    opening,
    "**In short:** worthless; a\\_b is found; it comes again.",
  );
  assert.deepEqual(items, [
    "**Simple rivals:** one; two.",
    "**Random genes:** better.",
  ]);
});

Deno.test("warnings come before the points, what was not looked at last", () => {
  const { items } = verdictOf(
    {
      simulate: {},
      first: {
        points: () => ({ judged: "all samples" }),
        notLookedAt: () => ["one thing", "another"],
      },
      second: {
        warning: () => "**Wrong:** all of it.",
        notLookedAt: () => ["a third"],
      },
      third: {},
    },
    { outdated: [{ stage: "first", behind: ["second"] }] },
    ["simulate", "third"],
  );
  assert.deepEqual(items.map((item) => item.split(" ", 3).join(" ")), [
    "**Out of date:**",
    "**Wrong:** all of",
    "**Missing:** the stage",
    "**Judged on:** all",
    "**Not looked at:**",
  ]);
  assert.equal(
    items.at(-1),
    "**Not looked at:** one thing, another, a third.",
  );
});

Deno.test("a score is explained where it is first named, and only there", () => {
  const { items } = verdictOf({
    first: {
      opening: () => ({ found: "no macro F1 here" }),
      points: () => ({
        judged: "a macro F1 of 0.9, macro F1 0.8",
        random: "macro F1 0.7",
      }),
    },
  });
  assert.deepEqual(items, [
    "**Judged on:** a macro F1 (the F1 score averaged over the tissues; 1 is " +
    "perfect) of 0.9, macro F1 0.8.",
    "**Random genes:** macro F1 0.7.",
  ]);
});

Deno.test("where no stage has anything to say there is no verdict", () => {
  assert.deepEqual(verdictOf({ first: {} }), { opening: "", items: [] });
});
