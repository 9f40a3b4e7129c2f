/** The page of the calibration, in Markdown. */

import type { PipelineFacts } from "./setup.ts";
import { NETWORK, STUDY, type StudySize, TOP_RANKS } from "./setup.ts";
import {
  formatRate,
  nominalRange,
  type RejectionCount,
  type TestName,
  testNames,
} from "./counts.ts";
import { mean } from "../../lib/statistics/describe.ts";

/** The results of the calibration. */
export interface CalibrationPage {
  readonly counts: readonly RejectionCount[];
  readonly facts: readonly PipelineFacts[];
  /** The flags of the script. */
  readonly flags: Readonly<Record<string, number>>;
  /** Whether the studies are as large as the demo, and what they are like. */
  readonly real: boolean;
  readonly study: StudySize;
  /** Random sets that were scored a null model, mean. */
  readonly scored: number;
  readonly versions: Readonly<Record<string, string>>;
}

const SCENARIOS = {
  A: "a random gene set, real labels",
  B: "a random gene set, shuffled labels",
  C: "the pipeline on shuffled labels, the default cutoff",
  D: `the pipeline on shuffled labels, ${TOP_RANKS} ranks per tissue`,
} as const;

const TESTS = {
  p_t: "t-test",
  p_empirical: "p",
  p_adjusted: "adjusted p",
  within_set: "(sd within sets)",
  two_sets: "(runs of two sets)",
} as const;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The counts by scenario, null model and space. */
function groupCounts(counts: readonly RejectionCount[]): RejectionCount[][] {
  const groups = new Map<string, RejectionCount[]>();
  for (const count of counts) {
    const key = [count.scenario, count.null_model, count.space, count.measure]
      .join("/");
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

/** One sentence on the tests of one scenario, null model and space. */
function formatGroup(
  byTest: (name: TestName) => RejectionCount | undefined,
): string {
  const describe = (name: TestName) => {
    const count = byTest(name);
    return count === undefined ? "cannot be made" : formatRate(count);
  };
  return `p ${describe("p_empirical")}; adjusted p ${
    describe("p_adjusted")
  }; t-test ${describe("p_t")}.`;
}

/** Packages that influence the numbers. */
const SHOWN = ["deno", "umap-js", "ml-kmeans", "ml-matrix", "pure-rand"];

function formatRange(trials: number): string {
  const { least, most } = nominalRange(trials);
  return `${percent(least)} to ${percent(most)}`;
}

function describeFacts(
  facts: readonly PipelineFacts[],
  { genes: all }: StudySize,
): string {
  const chosen = facts.filter(({ genes }) => genes > 0);
  if (chosen.length === 0) return "";
  const rates = chosen.flatMap(({ false_discovery_rate }) =>
    false_discovery_rate ?? []
  );
  const whole = chosen.filter(({ genes, all_genes }) => genes === all_genes);
  const right = mean(facts.map(({ correct, tested }) => correct / tested));
  return `In C and D the network memorized ${
    percent(mean(facts.map(({ train_accuracy }) => train_accuracy)))
  } of its training samples. It predicted ${
    percent(right)
  } of the test samples correctly, although their labels are random. In ${
    facts.length - chosen.length
  } of ${facts.length} trials no test sample was predicted correctly, so ` +
    `there was no gene set; in ${whole.length} the set held all genes. The ` +
    `sets held on average ${
      mean(chosen.map(({ genes }) => genes)).toFixed(0)
    } of ${all} genes in C and ${
      mean(chosen.map(({ top_genes }) => top_genes)).toFixed(0)
    } in D. The noise rate in C was ${
      percent(mean(rates))
    } on average; no gene is better than a decoy there.\n\n` +
    "The sets of C are large because of the default cutoff of the maize study: " +
    "where the rankings of the tissues have nothing in common, the lists hold " +
    "most genes of the matrix before half of the listed genes are repeats " +
    "(METHODS.md).\n\n";
}

/** Formats the page. */
export function formatPage(page: CalibrationPage): string {
  const { counts, facts, flags, versions, study, real, scored } = page;
  const { sets = 0, "first-look": firstLook = sets } = flags;
  const rows = groupCounts(counts).map((group) => {
    const [{ scenario, null_model, space, measure }] = group;
    const byTest = (name: TestName) => group.find(({ test }) => test === name);
    return "| " + [
      `${scenario}: ${SCENARIOS[scenario]}`,
      null_model,
      space,
      measure,
      ...testNames.map((name) => formatCount(byTest(name))),
      formatGroup(byTest),
    ].join(" | ") + " |";
  });
  const command = "deno task calibration " +
    Object.entries(flags).map(([name, value]) => `--${name} ${value}`)
      .join(" ") +
    (real ? " --real" : "") + " --out bench";
  return `# Calibration: how often does the test reject by chance?

A test at the 5 % level should reject in 5 % of trials with nothing to find. All
trials below have nothing to find, so every rejection is a false positive. Of
valid tests, 97 % reject in ${formatRange(1000)} of 1,000 trials and in ${
    formatRange(200)
  }
of 200. A and B have
${flags["set-trials"] ?? 0} trials each (${flags["umap-trials"] ?? 0} of them
in UMAP, too), C and D ${flags.trials ?? 0}. The row \`together\` counts a trial
if the adjusted p of any space is below 5 %.

Each cell: false rejections, their rate, and its 95 % interval.

| scenario | null model | space | measure | ${
    testNames.map((name) => TESTS[name]).join(" | ")
  } | in words |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${describeFacts(facts, page.study)}## Method

- Every trial simulates its own study (${study.tissues} tissues of unequal size, ${study.genes} genes,
  ${study.studies} studies, of which one mimics a tissue, ${study.planted} planted genes per tissue,
  effect ${STUDY.effect}, dispersion ${STUDY.dispersion})
  and draws its own random gene sets.
- A: ${
    flags.samples ?? 0
  } samples; a random set of ${study.testedGenes} genes takes the place of the SHAP
  set and is tested against at most ${sets} random sets of its size.
- B: the same trials with shuffled labels. UMAP and k-means do not use labels,
  so the clusterings are those of A, scored against the shuffled labels.
- C: ${study.pipelineSamples} samples whose labels are shuffled before the split; decoys, a real
  network (width ${NETWORK.width}, batch ${NETWORK.batch}, learning rate ${NETWORK.learningRate}, ${
    flags.epochs ?? 0
  } epochs), expected
  gradients (${
    flags.draws ?? 0
  } draws per sample), ranks and the default cutoff; then the test on
  the test samples against at most ${sets} random sets of the set's size ("uniform"), and
  against sets of genes with similar expression ("matched").
- Random sets are counted up to the stop of the stage${
    firstLook < sets ? `, with its first look after ${firstLook} sets` : ""
  }: on average ${scored.toFixed(0)} a test.
- D: the trials of C with a smaller set, the ${TOP_RANKS} best ranks of each tissue.
  It is not tested in UMAP, to save time.
- The tests in parentheses are two forms of the maize study's mistake. "sd
  within sets": the standard deviation of the k-means runs of one set replaces
  that between random sets. "runs of two sets": Student's t-test of the runs of
  the tested set against the runs of one random set. Where all runs of a set
  agree, their sd is 0, and any score above the mean counts as a rejection; the
  more random starts k-means has, the better its runs agree.
- The intervals are Wilson's. Trials in which a test cannot be made (all random
  sets score the same) are not counted for this test.
- K-means has fewer starts and runs than by default, to save time: the tested
  set and the random sets are treated alike, so the rejection rate does not
  depend on it. UMAP has its default number of epochs.

Versions: ${
    SHOWN.filter((name) => name in versions)
      .map((name) => `${name} ${versions[name]}`).join(", ")
  }.

Made by

\`\`\`sh
${command}
\`\`\`

The p-values of every trial are in [calibration.json](calibration.json). The
p-values of genes, classifiers, panels and terms are in
[CALIBRATION_TESTS.md](CALIBRATION_TESTS.md).
`;
}
