/** Fits boosted trees to half samples, for the rankings by them. */

import {
  type BoostedTrees,
  trainBoostedTrees,
} from "../../ml/boosted_trees/boosting.ts";
import { sharedGainsByClass } from "../../ml/boosted_trees/gains.ts";
import { lightgbmDefaults } from "../../ml/boosted_trees/settings.ts";
import { SharedTreeShap } from "../../ml/boosted_trees/shared_tree_shap.ts";
import { type Dataset, takeRows } from "../../prepare/dataset.ts";
import { RandomStream } from "../../random.ts";
import { genesById } from "../rank_tissues.ts";
import type { RankingInput } from "../ranking_method.ts";
import { drawHalf } from "../../prepare/split/half_samples.ts";

/** What the fits find, as means over the fits. */
export interface TreeScores {
  /** Tissues of the dataset x genes: gain by being high in the tissue. */
  readonly gains: Float64Array;
  /** Tissues of the dataset x genes: mean SHAP value in the tissue. */
  readonly shap: Float64Array;
}

/** Samples that leaves of a tissue's trees have, at least. */
export interface LeafSize {
  readonly tissue: string;
  /** Samples of the tissue in a half, mean over the fits. */
  readonly samplesInHalf: number;
  /** Mean over the fits. */
  readonly minData: number;
}

/** The scores, and which tissues have smaller leaves than by default. */
export interface FittedTrees extends TreeScores {
  readonly smallLeaves: readonly LeafSize[];
}

/** One fit: the seeds of its half of the samples, and of the genes' order. */
export interface TreeTask {
  readonly half: number;
  readonly order: number;
}

/** What one fit finds, and the samples in its half and its leaves by tissue. */
export interface TreeFit extends TreeScores {
  readonly samplesInHalf: readonly number[];
  readonly minData: readonly number[];
}

const fitted = new WeakMap<RankingInput, FittedTrees>();

/**
 * Fits trees to half of the samples, whole groups kept together, with the genes
 * in a random order, as often as the input's settings say. Both rankings read
 * the same fits.
 *
 * @throws {RangeError} If the input has no settings.
 */
export function fitTrees(input: RankingInput): FittedTrees {
  const before = fitted.get(input);
  if (before) return before;
  const means = new TreeMeans(input);
  for (const task of treeTasks(input)) {
    means.add(fitHalf(input, input.trees!.rounds, task));
  }
  return keepTrees(input, means.finish());
}

/** Makes fits that were made elsewhere those that `fitTrees` gives. */
export function keepTrees(
  input: RankingInput,
  found: FittedTrees,
): FittedTrees {
  fitted.set(input, found);
  return found;
}

/**
 * The fits that are to be made, each for itself.
 *
 * @throws {RangeError} If the input has no settings.
 */
export function treeTasks({ trees }: Pick<RankingInput, "trees">): TreeTask[] {
  if (trees === undefined) {
    throw new RangeError("Cannot fit trees: the input has no settings");
  }
  return Array.from({ length: trees.fits }, (_, fit) => ({
    half: trees.seedOf(`trees/${fit + 1}/half`),
    order: trees.seedOf(`trees/${fit + 1}/order`),
  }));
}

/**
 * Samples in a leaf of the trees of a tissue: LightGBM's 20, but half of the
 * tissue's samples where it has fewer than 40. With more than the tissue has, no
 * leaf could hold the tissue alone.
 */
export function leastInLeaf(samples: number): number {
  return Math.max(
    1,
    Math.min(lightgbmDefaults.minDataInLeaf as number, samples >> 1),
  );
}

/** Makes one fit. */
export function fitHalf(
  { dataset, rows }: Pick<RankingInput, "dataset" | "rows">,
  rounds: number,
  task: TreeTask,
): TreeFit {
  const { genes, tissueNames, classOf } = dataset;
  const half = drawHalf(dataset, rows, new RandomStream(task.half));
  const labels = half.map((row) => classOf[row]);
  const samplesInHalf = tissueNames.map((_, label) =>
    labels.filter((each) => each === label).length
  );
  const minData = samplesInHalf.map(leastInLeaf);
  const model = trainBoostedTrees(
    takeRows(dataset, half),
    labels,
    tissueNames.length,
    { ...lightgbmDefaults, rounds, minDataInLeaf: minData },
    {
      order: new RandomStream(task.order).shuffle(genesById(genes)),
      collectsEquals: true,
    },
  );
  return {
    gains: sharedGainsByClass(model),
    shap: meanShap(model, dataset, rows),
    samplesInHalf,
    minData,
  };
}

/** The means over the fits, which are added in their order. */
export class TreeMeans {
  readonly #gains: Float64Array;
  readonly #shap: Float64Array;
  readonly #samplesInHalf: Float64Array;
  readonly #minData: Float64Array;
  #fits = 0;

  constructor(readonly input: Pick<RankingInput, "dataset">) {
    const { genes, tissueNames } = input.dataset;
    this.#gains = new Float64Array(tissueNames.length * genes.length);
    this.#shap = new Float64Array(tissueNames.length * genes.length);
    this.#samplesInHalf = new Float64Array(tissueNames.length);
    this.#minData = new Float64Array(tissueNames.length);
  }

  add({ gains, shap, samplesInHalf, minData }: TreeFit): void {
    addTo(this.#gains, gains);
    addTo(this.#shap, shap);
    addTo(this.#samplesInHalf, samplesInHalf);
    addTo(this.#minData, minData);
    this.#fits++;
  }

  /** Once, after the last fit. */
  finish(): FittedTrees {
    const samplesInHalf = this.#samplesInHalf;
    const minData = this.#minData;
    for (const sums of [this.#gains, this.#shap, samplesInHalf, minData]) {
      for (let at = 0; at < sums.length; at++) sums[at] /= this.#fits;
    }
    return {
      gains: this.#gains,
      shap: this.#shap,
      smallLeaves: this.input.dataset.tissueNames.flatMap((tissue, label) =>
        samplesInHalf[label] > 0 &&
          minData[label] < (lightgbmDefaults.minDataInLeaf as number)
          ? [{
            tissue,
            samplesInHalf: samplesInHalf[label],
            minData: minData[label],
          }]
          : []
      ),
    };
  }
}

/** The SHAP values of a tissue's own trees, mean over its samples. */
function meanShap(
  { rounds, features }: BoostedTrees,
  { classOf, tissueNames, values }: Dataset,
  rows: readonly number[],
): Float64Array {
  const means = new Float64Array(tissueNames.length * features);
  const shared = new SharedTreeShap(features);
  tissueNames.forEach((_, label) => {
    const own = rows.filter((row) => classOf[row] === label);
    const into = means.subarray(label * features, (label + 1) * features);
    const samples = own.map((row) =>
      values.subarray(row * features, (row + 1) * features)
    );
    for (const trees of rounds) shared.add(trees[label], samples, into);
    for (let gene = 0; gene < features; gene++) into[gene] /= own.length || 1;
  });
  return means;
}

function addTo(into: Float64Array, values: ArrayLike<number>): void {
  for (let index = 0; index < into.length; index++) {
    into[index] += values[index];
  }
}
