/** What the report says of the sanity checks. */

import assert from "node:assert/strict";
import { RunReport } from "../../lib/report/run_report.ts";
import {
  type Check,
  type CheckMeans,
  checks as checksFile,
  type ChecksSummary,
} from "../../lib/sanity_checks/outputs.ts";
import { checksSection } from "../../lib/sanity_checks/section.ts";
import { checkFindings } from "../../lib/sanity_checks/section/findings.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { stageFiles } from "../stage_files.ts";
import { said } from "../said.ts";

function means(
  check: Check,
  spearman: number,
  spearman_absolute: number,
  overlap: number,
): CheckMeans {
  return { check, spearman, spearman_absolute, overlap };
}

/** The checks of a network whose scores depend on what it learned. */
const made: ChecksSummary = {
  top: 4,
  chance_overlap: 0.1,
  samples: 10,
  draws: 50,
  checks: [
    means("rerun", 0.8, 0.95, 0.9),
    means("output_layer", 0.3, 0.9, 0.5),
    means("dense_layers", 0.2, 0.85, 0.3),
    means("all_layers", 0.1, 0.8, 0.2),
    means("shuffled_labels", 0.2, 0.7, 0.14),
  ],
  shuffled_network: {
    epochs: 30,
    train_accuracy: 0.97,
    macro_f1: 0.11,
    accuracy: 0.13,
    chance_accuracy: 0.16,
  },
};

/** What the report says of such checks. */
async function report(changes: Partial<ChecksSummary> = {}) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/checks`);
  const files = stageFiles(root, `${root}/checks`);
  await files.write(checksFile, { ...made, ...changes });
  const run = new RunReport({
    folder: "reports/made",
    pipeline: files.pipeline,
    sections: new Map(),
    records: [
      {
        stage: "checks",
        warnings: [],
        figures: [{ file: "agreement.svg", caption: "agreement" }],
      } as Partial<StageRecord> as StageRecord,
    ],
    outdated: [],
    simulated: true,
  });
  const artifact = (name: string) => Promise.resolve(`${root}/${name}`);
  const found = await checksSection.read({ ...files, artifact }, run);
  await Deno.remove(root, { recursive: true });
  return {
    text: checksSection.write(found, run),
    verdict: said(checksSection, found, run).join("\n"),
    figuresLeft: run.remainingFigures("checks"),
    summary: checksSection.summarize!(found),
  };
}

Deno.test("a row each, the rerun as the ceiling", async () => {
  const { text, figuresLeft, summary } = await report();
  assert.match(text, /the same network, other draws \| 0\.80 \| 0\.95 \| 90 %/);
  assert.match(text, /all layers re-initialized \| 0\.10 \| 0\.80 \| 20 %/);
  assert.match(
    text,
    /trained on shuffled tissue labels \| 0\.20 \| 0\.70 \| 14 %/,
  );
  assert.match(
    text,
    /4 best genes; by chance it is 10 %, for all genes are ranked here/,
  );
  // 0.2 of 0.8 by rank correlation; overlaps keep 0.1 and 0.04 of 0.8.
  assert.match(text, /\*\*The scores depend on what .* at most 25 %/);
  assert.match(
    text,
    /memorized 97 % .* gives 13 % .* where guessing gives 16 %/,
  );
  assert.match(text, /Scores without their signs agree more/);
  assert.equal(figuresLeft, "");
  assert.equal(summary.depends, "yes");
});

Deno.test("scores of the data are called so", async () => {
  const changed = (overlap: number) =>
    report({
      checks: made.checks.map((row) =>
        row.check === "all_layers"
          ? { ...row, overlap, spearman: overlap }
          : row
      ),
    });
  const all = await changed(0.88);
  assert.match(all.text, /\*\*The scores hardly depend on/);
  assert.match(all.verdict, /\*\*The scores hardly depend/);
  const some = await changed(0.5);
  assert.match(some.text, /\*\*The scores depend in part/);
  assert.match(some.verdict, /depend only in part/);
  const blind = await report({
    checks: made.checks.map((row) => ({
      ...row,
      spearman: 0.02,
      overlap: 0.12,
    })),
  });
  assert.match(blind.text, /\*\*This check cannot tell\.\*\*/);
  assert.match(blind.verdict, /could not be determined/);
});

Deno.test("another network that agrees no more than ignorant ones", async () => {
  const member = (overlap: number) =>
    report({
      checks: [...made.checks, means("ensemble_member", 0.24, 0.6, overlap)],
    });
  const luck = await member(0.22);
  assert.match(luck.text, /which learned the same \| 0\.24 \| 0\.60/);
  // The ignorant keep 0.2 / 0.8, the member 0.24 / 0.8.
  assert.match(
    luck.text,
    /not visibly on what .* at most 25 % .* ensemble 30 %/,
  );
  assert.match(
    luck.verdict,
    /do not show what was learned:\*\* the explanation/,
  );
  // 0.5 of 0.8 beyond chance.
  const { verdict } = await member(0.5);
  assert.match(verdict, /^The scores depend on what the network learned: /);
});

Deno.test("a network that did not learn the shuffled labels says little", async () => {
  const { text } = await report({
    shuffled_network: { ...made.shuffled_network, train_accuracy: 0.3 },
  });
  assert.match(text, /learned little even of what it was shown/);
});

Deno.test("the larger of both measures and networks counts", () => {
  // By overlap 0.45 / 0.8 of the rerun's, by rank correlation 0.25 at most.
  const checks = made.checks.map((row) =>
    row.check === "shuffled_labels" ? { ...row, overlap: 0.55 } : row
  );
  const { retained, depends } = checkFindings({ ...made, checks });
  assert.ok(Math.abs(retained! - 0.5625) < 1e-12);
  assert.equal(depends, "partly");
  // Agreement the other way round is none.
  const opposite = made.checks.map((row) =>
    row.check === "rerun" ? row : { ...row, spearman: -0.3, overlap: 0.05 }
  );
  assert.equal(checkFindings({ ...made, checks: opposite }).retained, 0);
});
