/** Effects of the null distribution. */

import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { sampleSd } from "../../lib/statistics/describe.ts";
import { testDifference } from "../naive_tests.ts";
import { tailOf } from "../../lib/null_test/t_test.ts";
import {
  type Bench,
  compare,
  drawSets,
  type Effect,
  fixed,
  formatMean,
  formatP,
  vMeasuresOf,
} from "./bench.ts";

/** Genes in the random sets of the maize study. */
const STUDY_GENES = 2423;

/** Sets, or embeddings of a set, whose standard deviation is taken. */
const SETS = 10;

/** The p by the sd of k-means runs within sets, and by that between sets. */
export function withinSetSd({ run }: Bench): Effect[] {
  return run.tests.flatMap((test): Effect[] => {
    const { within_set_sd: within, null_sd: between, sets } = test;
    if (within === null) return [];
    const difference = test.statistic - test.null_mean;
    const naive = tailOf(difference, within, sets);
    return [{
      id: `within_set_sd/${test.null_model}/${test.space}`,
      old: `sd within sets ${fixed(within, 4)}: p ${
        naive === null ? "none, as the sd is 0" : formatP(naive.p)
      }; ${test.repeats} runs of a set vs. ${test.repeats} of another: p ${
        formatP(testDifference(difference, within, test.repeats))
      }`,
      now: `sd between sets ${fixed(between, 4)}: p ${formatP(test.p_t)}`,
      meaning: `The sd of k-means runs is ${
        within === 0 ? "0" : compare(within, between)
      }${
        within === 0 || within === between ? "" : " as that of random sets"
      }; with enough runs of one set, a test that treats them as samples finds any difference significant.`,
    }];
  });
}

/** The sd of repeated embeddings of one set, and that of many sets. */
export async function oneSet(bench: Bench): Promise<Effect[]> {
  const size = bench.run.shap.columns.length;
  const sets = drawSets(bench, "one_set", SETS, size);
  const again = Array.from({ length: SETS }, (_, index) => ({
    stream: `one_set/again/${index + 1}`,
    columns: sets[0].columns,
  }));
  const between = await vMeasuresOf(bench, sets);
  const within = await vMeasuresOf(bench, again);
  return [{
    id: "one_set",
    old: `one set of ${size} genes embedded ${SETS} times: ${
      formatMean(within)
    }`,
    now: `${SETS} sets of ${size} genes: ${formatMean(between)}`,
    meaning: `The sd of one set, embedded repeatedly, is ${
      compare(sampleSd(within), sampleSd(between))
    } as that of different sets; it says nothing about differences between genes.`,
  }];
}

/** V-measures of random sets of the maize study's size and of the SHAP set's. */
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
      `The sizes differ by a factor of ${
        (size / STUDY_GENES).toFixed(2)
      } here ` +
      `(5.64 in the maize study); all ${dataset.genes.length} genes give ${
        fixed(whole)
      }.`,
  }];
}

/** How often the label would be drawn as a gene, and its effect. */
export async function labelAmongGenes(bench: Bench): Promise<Effect[]> {
  const { dataset, setup, rows } = bench.run;
  const genes = dataset.genes.length;
  const size = Math.min(STUDY_GENES, genes);
  const draws = 100;
  const withLabel = Array.from({ length: draws }, (_, index) => {
    const seed = deriveSeed(
      bench.seed,
      `deviations/label_among_genes/${index}`,
    );
    return new RandomStream(seed).sample(genes + 1, size).includes(genes);
  }).filter(Boolean).length;
  const sets = drawSets(bench, "label_among_genes", SETS, size);
  const without = await vMeasuresOf(bench, sets);
  const labeled = {
    ...bench,
    run: { ...bench.run, setup: { ...setup, ...addLabel(bench) } },
  };
  const including = await vMeasuresOf(
    labeled,
    sets.map(({ stream, columns }) => ({
      stream,
      columns: Uint32Array.of(...columns, genes),
    })),
  );
  return [{
    id: "label_among_genes",
    old: `with the label, as a number, among ${size} random genes: ${
      formatMean(including)
    }`,
    now: `the same sets without it: ${formatMean(without)}`,
    meaning:
      `${withLabel} of ${draws} random sets would contain the label if it were ` +
      `one of the ${genes} columns (${rows.length} samples here).`,
  }];
}

/** The values with one more column: the number of the tissue. */
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
