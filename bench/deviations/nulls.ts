/** Effects of how the null distribution is made. */

import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { sampleSd } from "../../lib/statistics/describe.ts";
import { testSpread } from "../naive_tests.ts";
import { tailOf } from "../../lib/null_test/t_test.ts";
import {
  type Bench,
  compare,
  drawSets,
  type Effect,
  formatMean,
  formatP,
  say,
  vMeasuresOf,
} from "./bench.ts";

/** Genes in the study's random sets. */
const STUDY_GENES = 2423;

/** Sets, or layouts of a set, that a spread is taken of. */
const SETS = 10;

/** The p by the spread of restarts within sets, and by that between sets. */
export function withinSetSd({ run }: Bench): Effect[] {
  return run.tests.flatMap((test): Effect[] => {
    const { within_set_sd: within, null_sd: between, sets } = test;
    if (within === null) return [];
    const apart = test.statistic - test.null_mean;
    const naive = tailOf(apart, within, sets);
    return [{
      id: `within_set_sd/${test.null}/${test.space}`,
      old: `sd within sets ${say(within, 4)}: p ${
        naive === null ? "none, as the sd is 0" : formatP(naive.p)
      }; ${test.repeats} runs of a set against ${test.repeats} of another: p ${
        formatP(testSpread(apart, within, test.repeats))
      }`,
      now: `sd between sets ${say(between, 4)}: p ${formatP(test.p_t)}`,
      meaning: `The spread of k-means runs is ${
        within === 0 ? "0" : compare(within, between)
      }${
        within === 0 || within === between ? "" : " as that of random sets"
      }; with enough runs of one set a test that takes them for samples finds anything significant.`,
    }];
  });
}

/** The spread of one set laid out again and again, and that of many sets. */
export async function oneSet(bench: Bench): Promise<Effect[]> {
  const size = bench.run.shap.columns.length;
  const sets = drawSets(bench, "one_set", SETS, size);
  const again = Array.from({ length: SETS }, (_, at) => ({
    stream: `one_set/again/${at + 1}`,
    columns: sets[0].columns,
  }));
  const between = await vMeasuresOf(bench, sets);
  const within = await vMeasuresOf(bench, again);
  return [{
    id: "one_set",
    old: `one set of ${size} genes laid out ${SETS} times: ${
      formatMean(within)
    }`,
    now: `${SETS} sets of ${size} genes: ${formatMean(between)}`,
    meaning: `One set again and again has a spread ${
      compare(sampleSd(within), sampleSd(between))
    } as different sets have; it shows nothing of how genes differ.`,
  }];
}

/** The V-measure of random sets of the study's size and of the SHAP set's. */
export async function sizes(bench: Bench): Promise<Effect[]> {
  const { dataset, shap } = bench.run;
  const size = shap.columns.length;
  if (dataset.genes.length < STUDY_GENES) return [];
  const study = await vMeasuresOf(
    bench,
    drawSets(bench, "sizes/study", SETS, STUDY_GENES),
  );
  const equal = await vMeasuresOf(
    bench,
    drawSets(bench, "sizes/equal", SETS, size),
  );
  const all = dataset.genes.map((_, gene) => gene);
  const [whole] = await vMeasuresOf(bench, [{
    stream: "sizes/all",
    columns: Uint32Array.from(all),
  }]);
  return [{
    id: "sizes",
    old: `random sets of ${STUDY_GENES} genes: ${formatMean(study)}`,
    now: `random sets of ${size} genes, as the SHAP set: ${formatMean(equal)}`,
    meaning:
      `The two sizes differ by the factor ${(size / STUDY_GENES).toFixed(2)} ` +
      `here (5.64 in the study); all ${dataset.genes.length} genes give ${
        say(whole)
      }.`,
  }];
}

/** How often the label would be drawn as a gene, and what it would add. */
export async function labelAmongGenes(bench: Bench): Promise<Effect[]> {
  const { dataset, setup, rows } = bench.run;
  const genes = dataset.genes.length;
  const size = Math.min(STUDY_GENES, genes);
  const draws = 100;
  const holding = Array.from({ length: draws }, (_, at) => {
    const seed = deriveSeed(bench.seed, `deviations/label_among_genes/${at}`);
    return new RandomStream(seed).sample(genes + 1, size).includes(genes);
  }).filter(Boolean).length;
  const sets = drawSets(bench, "label_among_genes", SETS, size);
  const without = await vMeasuresOf(bench, sets);
  const labeled = {
    ...bench,
    run: { ...bench.run, setup: { ...setup, ...addLabel(bench) } },
  };
  const held = await vMeasuresOf(
    labeled,
    sets.map(({ stream, columns }) => ({
      stream,
      columns: Uint32Array.of(...columns, genes),
    })),
  );
  return [{
    id: "label_among_genes",
    old: `with the label, as a number, among ${size} random genes: ${
      formatMean(held)
    }`,
    now: `the same sets without it: ${formatMean(without)}`,
    meaning:
      `${holding} of ${draws} random sets would hold the label if it stood ` +
      `among the ${genes} columns (of ${rows.length} samples here).`,
  }];
}

/** The samples' values with one column more: the tissue's number. */
function addLabel({ run: { setup } }: Bench) {
  const { genes, values, classes } = setup;
  const labeled = new Float32Array(classes.length * (genes + 1));
  classes.forEach((label, sample) => {
    const start = sample * genes;
    const to = sample * (genes + 1);
    labeled.set(values.subarray(start, start + genes), to);
    labeled[to + genes] = label;
  });
  return { values: labeled, genes: genes + 1 };
}
