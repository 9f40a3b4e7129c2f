/** How often each stage does what takes its time. */

import {
  FEWEST_HELD_OUT,
  FEWEST_IN_TISSUE,
  FOLDS,
  MOST_HELD_OUT,
  MOST_IN_TISSUE,
} from "../confounding/levels.ts";
import { DENSITY_PREDICTIONS } from "../shap/alpha_density.ts";
import { chooseAttributions } from "../shap/attributions/attribution.ts";
import { drawRounds, wholeBlocks } from "../shap/draw_rounds.ts";
import { explainingWork, explainingWorkers } from "../shap/explain_pool.ts";
import { CASCADE } from "../sanity_checks/cascading_randomization.ts";
import { SHUFFLED_SAMPLES } from "../sanity_checks/levels.ts";
import { countPanelWork, type PanelWork } from "./panel_work.ts";
import { halvesWork, type RetrainingWork, splitsWork } from "./split_work.ts";
import {
  clusteredSamples,
  explainedSamples,
  type FoldCounts,
  rankedSamples,
  type RunPlan,
} from "./plan.ts";

/** Gene sets to be scored, with the k-means runs of each in a space. */
export interface SetWork {
  readonly sets: number;
  /** Runs of each layout, and in spaces in which nothing else is random. */
  readonly runs: { readonly low: number; readonly high: number };
}

/** What a run does, counted over all folds and networks. */
export interface RunWork {
  readonly cnn: {
    readonly networks: number;
    /** Samples that pass through an update, each as often as it does. */
    readonly trained: number;
    /** Samples whose BatchNorm statistics are taken. */
    readonly recomputed: number;
    readonly predicted: number;
    /** The samples of each fold by which the simple classifiers are judged. */
    readonly judged: readonly FoldCounts[];
  };
  readonly shap: {
    readonly networks: number;
    /** Pools of workers that are opened. */
    readonly pools: number;
    readonly predicted: number;
    /** Samples times networks. */
    readonly explained: number;
    /** Draws of each of them: the fewest and the most. */
    readonly draws: readonly [number, number];
    /** Steps of other attributions, over all samples and networks. */
    readonly steps: number;
    /** On halves of the samples, beside the above. */
    readonly halves: RetrainingWork;
  };
  readonly genesets: {
    /** Samples that each ridge regression is fitted to. */
    readonly fits: readonly number[];
    /** Half samples that are ranked, and the samples of each. */
    readonly halves: { readonly count: number; readonly samples: number };
    /** Samples of which boosted trees see half, and the rounds of all fits. */
    readonly trees: { readonly samples: number; readonly rounds: number };
  };
  readonly panels: PanelWork;
  readonly splits: RetrainingWork;
  readonly confounding: {
    /** Samples that ridge is fitted to, without the genes, and how often. */
    readonly fits: readonly { readonly rows: number; readonly times: number }[];
    /** Columns of the models of variance that each gene is fitted with. */
    readonly columns: number;
  };
  readonly clusters: SetWork & { readonly samples: number };
  /** If every test is clear at the first look, and if none is. */
  readonly ttest: readonly [SetWork, SetWork];
  readonly checks: {
    readonly networks: number;
    readonly pools: number;
    readonly trained: number;
    readonly recomputed: number;
    /** Samples times networks. */
    readonly explained: number;
    readonly draws: number;
  };
}

/** Networks that the checks explain beside the cascade: three, and a member. */
const OTHER_CHECKS = ["the network", "rerun", "shuffled labels"];

/**
 * Epochs that it likely takes to learn shuffled labels: 6 on the demo's data, 8
 * and 9 on samples of six human tissues, and few more labels could be learned.
 */
const LIKELY_EPOCHS = 8;

/** Samples that a network of shuffled labels is trained with, in all epochs. */
function shuffledWork({ folds, epochs, values, tissues }: RunPlan) {
  const [{ train }] = folds;
  const asked = values.checks.epochs;
  const samples = asked ? train : Math.min(train, tissues * SHUFFLED_SAMPLES);
  return { samples, epochs: asked || Math.min(epochs, LIKELY_EPOCHS) };
}

/**
 * What `confounding` does if tissues and studies have equally many samples:
 * whole studies and random parts, held out by two choices of genes, and studies
 * told from each other within each tissue.
 */
function confoundingWork(
  { values: { confounding }, samples, tissues, studies }: RunPlan,
): RunWork["confounding"] {
  if (studies < 2) return { fits: [], columns: 0 };
  const used = Math.min(samples, confounding.samples);
  const inTissue = Math.min(samples / tissues, MOST_IN_TISSUE);
  const heldOut = Math.min(studies, MOST_HELD_OUT);
  const sets = 2 + confounding["random-sets"];
  return {
    fits: [
      ...used / studies >= FEWEST_HELD_OUT
        ? [{ rows: used * (1 - 1 / studies), times: 2 * 2 * heldOut }]
        : [],
      ...inTissue / studies >= FEWEST_IN_TISSUE
        ? [{
          rows: inTissue * (1 - 1 / FOLDS),
          times: tissues * FOLDS * sets,
        }]
        : [],
    ],
    columns: 2 * (tissues + studies),
  };
}

/** Counts what a run does. */
export function countWork(plan: RunPlan): RunWork {
  const { folds, members, epochs, values, samples } = plan;
  const { cnn, shap, genesets, clusters, ttest, checks } = values;
  const sum = (of: (fold: typeof folds[number]) => number) =>
    folds.reduce((total, fold) => total + of(fold), 0);
  const explained = explainedSamples(plan);
  // The test samples, and those that the networks learned from.
  const parts = shap.explained === "test" ? 1 : 2;
  const withTests = folds.filter(({ test }) => test > 0);
  const isRecomputed = cnn["batch-norm"] === "recomputed";
  const rounds = drawRounds(shap.draws, shap["max-draws"]);
  const checked = plan.testedByTissue
    .reduce((total, own) => total + Math.min(checks.samples, own), 0);
  const compared = OTHER_CHECKS.length + CASCADE.length + (members > 1 ? 1 : 0);
  const ofDensity = shap.alphas === "importance" ? DENSITY_PREDICTIONS : 0;
  const [first] = folds;
  const ranked = folds.length > 1 ? samples : first.train + first.validation;
  const shuffled = shuffledWork(plan);
  const draws = wholeBlocks(checks.draws);
  const workers = explainingWorkers({
    ...plan.settings,
    samples: checked,
    work: explainingWork(plan.architecture, compared * checked * draws),
  });
  // A set's embeddings, clustered so often, are the measure of its costs.
  const runs = {
    low: clusters["layout-repeats"],
    high: clusters.repeats,
  };
  return {
    cnn: {
      networks: folds.length * members,
      trained: members * epochs * sum(({ train }) => train),
      recomputed: isRecomputed ? members * sum(({ train }) => train) : 0,
      predicted: members *
        (epochs * sum(({ validation }) => validation) + samples),
      judged: withTests,
    },
    shap: {
      networks: parts * withTests.length * members,
      pools: parts * withTests.length,
      predicted: members * withTests.reduce(
        (total, { train }) => total + parts * (train + ofDensity),
        explained,
      ),
      explained: members * explained,
      draws: [
        rounds[0],
        rounds.reduce((total, draws) => total + draws, 0),
      ],
      steps: members * rankedSamples(plan) *
        chooseAttributions(shap.attributions)
          .reduce((total, { steps }) => total + steps.length, 0),
      halves: halvesWork(plan),
    },
    genesets: {
      fits: [
        ranked,
        ...withTests.map(({ train, validation }) => train + validation),
      ],
      halves: { count: genesets.halves, samples: Math.ceil(ranked / 2) },
      trees: {
        samples: ranked,
        rounds: genesets.trees * genesets["tree-rounds"],
      },
    },
    panels: countPanelWork(plan),
    splits: splitsWork(plan),
    confounding: confoundingWork(plan),
    clusters: {
      samples: clusteredSamples(plan),
      // The SHAP set; the set of all genes is counted by itself.
      sets: 1 + clusters["random-sets"] + clusters.sets.length,
      runs,
    },
    ttest: [Math.min(ttest["first-look"], ttest.sets), ttest.sets].map(
      (sets) => ({
        sets: ttest["gene-sets"].length * ttest["null-models"].length * sets,
        runs,
      }),
    ) as [SetWork, SetWork],
    checks: {
      networks: compared,
      pools: workers > 1 ? 1 : 0,
      trained: shuffled.epochs * shuffled.samples,
      // The steps that begin below a BatchNorm; and the shuffled network.
      recomputed: (CASCADE.length - 1) * first.train +
        (isRecomputed ? shuffled.samples : 0),
      explained: compared * checked,
      draws,
    },
  };
}
