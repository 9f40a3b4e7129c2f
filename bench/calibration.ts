/**
 * How often does the test reject by chance? Many trials with nothing to find,
 * and how often each test rejects: of the gene set, or with `--tests` of genes,
 * classifiers, panels and terms.
 */

import "../lib/sandbox.ts";
import { integer, text, toggle } from "../lib/cli/parameters.ts";
import { mapInWorkers } from "../lib/workers/pool.ts";
import { stageProgress } from "../lib/cli/progress.ts";
import { deriveSeed } from "../lib/random.ts";
import { describeVersions } from "../lib/store/record.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { mean } from "../lib/statistics/describe.ts";
import { countRejections } from "./calibration/counts.ts";
import { formatPage } from "./calibration/page.ts";
import { calibratePValues } from "./calibration/p_values/run.ts";
import {
  type CalibrationSetup,
  type CalibrationTask,
  REAL,
  SMALL,
  type TrialResult,
  type TrialTest,
} from "./calibration/setup.ts";

/** Flags that influence the numbers; the defaults are for a first try. */
const numbers = {
  trials: integer(4, { minimum: 1 }, "trials of C and D"),
  "set-trials": integer(
    4,
    { minimum: 1 },
    "trials of A and B, which train no network",
  ),
  "umap-trials": integer(
    4,
    { minimum: 0 },
    "those of them that are tested in UMAP, too",
  ),
  sets: integer(
    20,
    { minimum: 2 },
    "random gene sets of each null model, at most",
  ),
  "first-look": integer(
    1_000_000,
    { minimum: 2 },
    "those after which a test ends if its answer is clear; by default all",
  ),
  samples: integer(
    0,
    { minimum: 0 },
    "samples of a study in A and B; 0 for 36, or with --real as many as in C",
  ),
  "n-init": integer(20, { minimum: 1 }, "starts of each k-means in umap"),
  "n-init-high-dim": integer(
    5,
    { minimum: 1 },
    "the same in pca and genes",
  ),
  layouts: integer(2, { minimum: 1 }, "layouts of each gene set in umap"),
  "layout-repeats": integer(1, { minimum: 1 }, "k-means runs of each layout"),
  repeats: integer(
    3,
    { minimum: 2 },
    "k-means runs of each gene set in pca and genes",
  ),
  epochs: integer(10, { minimum: 1 }, "epochs of the network in C and D"),
  draws: integer(20, { minimum: 1 }, "draws per sample in C and D"),
  seed: integer(42, { minimum: 0 }, "master seed"),
};

const flags = {
  ...numbers,
  tests: toggle(
    "the other p-values (genes, classifiers, panels, terms) in place of the set's; only --studies, --drawn and --seed count",
  ),
  studies: integer(4, { minimum: 1 }, "with --tests: simulated studies"),
  drawn: integer(
    20,
    { minimum: 1 },
    "with --tests: trials that need no study",
  ),
  real: toggle(
    "studies as large as the demo: 2,000 genes, 8 tissues of unequal size, a study that mimics one",
  ),
  threads: integer(
    2,
    { minimum: 1 },
    "workers; the results do not depend on it",
  ),
  out: text(
    "",
    "DIR",
    "folder for CALIBRATION.md and calibration.json, with --tests CALIBRATION_TESTS.md and calibration_tests.json; default: print the page",
  ),
  help: toggle("list the flags"),
};

async function calibrate(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "calibration");
  if (values === undefined) return;
  if (values.tests) {
    return await calibratePValues(values, values.threads, values.out);
  }
  const study = values.real ? REAL : SMALL;
  const setup: CalibrationSetup = {
    study,
    sets: values.sets,
    firstLook: values["first-look"],
    restarts: values["n-init"],
    restartsHighDim: values["n-init-high-dim"],
    layouts: values.layouts,
    layoutRepeats: values["layout-repeats"],
    repeats: values.repeats,
    samples: values.samples || (values.real ? study.pipelineSamples : 36),
    epochs: values.epochs,
    draws: values.draws,
  };
  // Long trials first, so that no thread is idle at the end.
  const trials = {
    pipeline: values.trials,
    sets: values["set-trials"],
  };
  const tasks = (["pipeline", "sets"] as const).flatMap((kind) =>
    Array.from({ length: trials[kind] }, (_, trial): CalibrationTask => ({
      kind,
      umap: kind === "pipeline" || trial < values["umap-trials"],
      seed: deriveSeed(values.seed, `calibration/${kind}/${trial + 1}`),
    }))
  );
  const progress = stageProgress("calibration", false)(
    "calibrating",
    tasks.length,
    "trials",
  );
  const results = await mapInWorkers<
    CalibrationSetup,
    CalibrationTask,
    TrialResult
  >({
    module: new URL("./calibration/worker.ts", import.meta.url),
    setup,
    tasks,
    threads: values.threads,
    onResult: () => progress.advance(),
  }).finally(() => progress.close());

  const tests = results.flatMap((result) => result.tests)
    .sort((a, b) => a.scenario < b.scenario ? -1 : +(a.scenario > b.scenario));
  const facts = results.flatMap((result) => result.facts ?? []);
  const counts = countRejections(tests);
  const used = Object.fromEntries(
    Object.keys(numbers).map((name) => [
      name,
      values[name as keyof typeof numbers],
    ]),
  );
  const page = formatPage({
    counts,
    facts,
    flags: used,
    versions: describeVersions(),
    real: values.real,
    study,
    scored: mean(tests.map(({ sets }) => sets)),
  });
  const out = values.out;
  if (out === "") {
    console.log(page);
    return;
  }
  await Deno.writeTextFile(`${out}/CALIBRATION.md`, page);
  await Deno.writeTextFile(
    `${out}/calibration.json`,
    formatRecord(
      { flags: { ...used, real: values.real }, counts, facts },
      tests,
    ),
  );
  console.log(`${out}/CALIBRATION.md`);
}

/** The results and the p-values of every trial, a list per line. */
function formatRecord(
  { flags, counts, facts }: Record<string, unknown>,
  tests: readonly TrialTest[],
): string {
  const groups = new Map<string, TrialTest[]>();
  for (const test of tests) {
    const key = [test.scenario, test.nullModel, test.space, test.measure]
      .join("/");
    groups.set(key, [...groups.get(key) ?? [], test]);
  }
  const lines = [...groups].map(([key, group]) => {
    const list = (valueOf: (test: TrialTest) => number | null | undefined) =>
      `[${group.map((test) => shorten(valueOf(test))).join()}]`;
    const columns: [string, (test: TrialTest) => number | null | undefined][] =
      [
        ["p_t", ({ pT }) => pT],
        ["p_empirical", ({ pEmpirical }) => pEmpirical],
        ["p_adjusted", ({ pAdjusted }) => pAdjusted],
        ["within_set", ({ withinSetP }) => withinSetP],
        ["two_sets", ({ twoSetsP }) => twoSetsP],
      ];
    const made = columns
      .filter(([, valueOf]) =>
        group.some((test) => valueOf(test) !== undefined)
      )
      .map(([name, valueOf]) => `      "${name}": ${list(valueOf)}`);
    return `    ${JSON.stringify(key)}: {\n${made.join(",\n")}\n    }`;
  });
  return `{\n  "flags": ${JSON.stringify(flags)},\n` +
    `  "counts": ${JSON.stringify(counts)},\n` +
    `  "facts": ${JSON.stringify(facts)},\n` +
    `  "p": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** Four significant digits, enough for a figure. */
function shorten(p: number | null | undefined): string {
  return p === null || p === undefined
    ? "null"
    : String(Number(p.toPrecision(4)));
}

await runBench(() => calibrate(Deno.args));
