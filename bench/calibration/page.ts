/** The page on the calibration: a table and what it says. */

import type { PipelineFacts } from "./setup.ts";
import {
  GENES,
  PIPELINE_SAMPLES,
  STUDY,
  TESTED_GENES,
  TISSUES,
  TOP_RANKS,
} from "./setup.ts";
import {
  formatRate,
  KEPT,
  type RejectionCount,
  type TestName,
  testNames,
} from "./counts.ts";
import { NETWORK } from "./pipeline.ts";
import { mean } from "../../lib/statistics/describe.ts";

/** What the page is made from. */
export interface CalibrationPage {
  readonly counts: readonly RejectionCount[];
  readonly facts: readonly PipelineFacts[];
  /** The script's flags, by name. */
  readonly flags: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, string>>;
}

const SCENARIOS = {
  A: "a random gene set, real labels",
  B: "a random gene set, shuffled labels",
  C: "the pipeline on shuffled labels, the study's cut",
  D: `the pipeline on shuffled labels, ${TOP_RANKS} ranks a tissue`,
} as const;

const TESTS = {
  p_t: "t-test",
  p_empirical: "empirical p",
  naive: "(spread within sets)",
  runs: "(runs of two sets)",
} as const;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The counts of one scenario, null and space side by side. */
function groupCounts(counts: readonly RejectionCount[]): RejectionCount[][] {
  const groups = new Map<string, RejectionCount[]>();
  for (const count of counts) {
    const key = [count.scenario, count.null, count.space].join("/");
    groups.set(key, [...groups.get(key) ?? [], count]);
  }
  return [...groups.values()];
}

function formatCount(count: RejectionCount | undefined): string {
  if (count === undefined) return "no test";
  const { rejected, trials, interval } = count;
  return `${rejected} of ${trials}: ${percent(rejected / trials)} (${
    interval.map(percent).join(" to ")
  })`;
}

/** One sentence on the tests of one scenario, null and space. */
function formatGroup(
  byTest: (name: TestName) => RejectionCount | undefined,
): string {
  const say = (name: TestName) => {
    const count = byTest(name);
    return count === undefined ? "cannot be made" : formatRate(count);
  };
  const [t, empirical] = [say("p_t"), say("p_empirical")];
  return t === empirical
    ? `The t-test and the empirical p: each ${t}.`
    : `The t-test ${t}, the empirical p ${empirical}.`;
}

/** Versions of what has a part in the numbers. */
const SHOWN = ["deno", "umap-js", "ml-kmeans", "ml-matrix", "pure-rand"];

function describeFacts(facts: readonly PipelineFacts[]): string {
  const chosen = facts.filter(({ genes }) => genes > 0);
  if (chosen.length === 0) return "";
  const rates = chosen.flatMap(({ falseDiscoveryRate }) =>
    falseDiscoveryRate ?? []
  );
  const whole = chosen.filter(({ genes, allGenes }) => genes === allGenes);
  const right = mean(facts.map(({ correct, tested }) => correct / tested));
  return `In C and D the network learnt ${
    percent(mean(facts.map(({ trainAccuracy }) => trainAccuracy)))
  } of its training samples by heart and predicted ${
    percent(right)
  } of the test samples right, whose labels nothing can predict. In ${
    facts.length - chosen.length
  } of ${facts.length} trials no test sample was predicted right, so that ` +
    `there was no set; in ${whole.length} the set held all genes. The sets ` +
    `held ${
      mean(chosen.map(({ genes }) => genes)).toFixed(0)
    } of ${GENES} genes on average in C and ${
      mean(chosen.map(({ topGenes }) => topGenes)).toFixed(0)
    } in D. The decoys gave those of C a false discovery ` +
    `rate of ${
      percent(mean(rates))
    } on average, where the truth is 100 %.\n\n` +
    "That the sets of C are so large is the study's cut itself: where the " +
    "orders of the tissues have nothing in common, the lists hold most genes " +
    "of the matrix before half of what they list is listed twice " +
    "(METHODS.md).\n\n";
}

/**
 * Writes the page.
 *
 * @example
 * ```ts
 * import { writePage } from "./page.ts";
 * const page = writePage({ counts: [], facts: [], flags: {}, versions: {} });
 * console.assert(page.startsWith("# Does the test keep its level?"));
 * ```
 */
export function writePage(page: CalibrationPage): string {
  const { counts, facts, flags, versions } = page;
  const rows = groupCounts(counts).map((group) => {
    const [{ scenario, null: kind, space }] = group;
    const byTest = (name: TestName) => group.find(({ test }) => test === name);
    return "| " + [
      `${scenario}: ${SCENARIOS[scenario]}`,
      kind,
      space,
      ...testNames.map((name) => formatCount(byTest(name))),
      formatGroup(byTest),
    ].join(" | ") + " |";
  });
  const command = "deno task calibration " +
    Object.entries(flags).map(([name, value]) => `--${name} ${value}`)
      .join(" ") +
    " --out bench";
  return `# Does the test keep its level?

A test at 5 % should reject 5 % of the time where there is nothing to find. In
each trial below there is nothing to find, so every rejection is a false one.
With 200 trials a test that keeps its level rejects in ${
    percent(KEPT.least)
  } to ${percent(KEPT.most)} of
them; here are ${flags.trials ?? 0} of each scenario.

Each cell: false rejections, their rate, and its 95 % interval.

| scenario | random sets | space | ${
    testNames.map((name) => TESTS[name]).join(" | ")
  } | in words |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${describeFacts(facts)}## What was done

- Every trial simulates a study of its own (${TISSUES} tissues, ${GENES} genes,
  ${STUDY.studies} studies, ${STUDY.planted} planted genes a tissue, effect ${STUDY.effect}, dispersion ${STUDY.dispersion})
  and draws its own random gene sets: no null serves two trials.
- A: ${
    flags.samples ?? 0
  } samples; a random set of ${TESTED_GENES} genes stands in the SHAP set's
  place, against ${flags.sets ?? 0} random sets of its size.
- B: the same trials under shuffled labels. UMAP and k-means see no label, so
  the clusterings are those of A, scored anew.
- C: ${PIPELINE_SAMPLES} samples whose labels are shuffled before the split; decoys, a real
  network (width ${NETWORK.width}, batch ${NETWORK.batch}, learning rate ${NETWORK.learningRate}, ${
    flags.epochs ?? 0
  } epochs), expected
  gradients (${
    flags.draws ?? 0
  } draws a sample), ranks and the study's cut; then the test on
  the test samples against ${
    flags.sets ?? 0
  } random sets of the set's size ("uniform"), and
  against as many genes of like mean and spread ("matched").
- D: the trials of C, but the set is that of the ${TOP_RANKS} best ranks of each tissue.
  It is not tested in UMAP, for time.
- The tests in brackets are the original's mistake in two forms. "Spread
  within sets": the spread of the k-means runs of one set stands in the place
  of the spread of random sets. "Runs of two sets": Student's t-test of the
  set's runs against the runs of one random set. Where the runs of a set all
  agree they have no spread, and any score above the mean counts as a
  rejection; the more random starts a k-means has, the better its runs agree.
- The interval is Wilson's. A trial in which a test cannot be made (all random
  sets score the same) does not count for it.
- K-means has fewer starts and runs here than by default, for time: the tested
  set and the random sets are treated alike, so the level does not depend on
  it. UMAP has its usual rounds.

Versions: ${
    SHOWN.filter((name) => name in versions)
      .map((name) => `${name} ${versions[name]}`).join(", ")
  }.

Made by

\`\`\`sh
${command}
\`\`\`

The p of every trial is in [calibration.json](calibration.json).
`;
}
