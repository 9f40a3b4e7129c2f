/** Fits boosted trees to half samples, for the rankings by them. */

import {
  type BoostedTrees,
  trainBoostedTrees,
} from "../../ml/boosted_trees/boosting.ts";
import { sharedGainsByClass } from "../../ml/boosted_trees/gains.ts";
import { lightgbmDefaults } from "../../ml/boosted_trees/settings.ts";
import { SharedTreeShap } from "../../ml/boosted_trees/shared_tree_shap.ts";
import { type Dataset, takeRows } from "../../prepare/dataset.ts";
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
  const found = fitAll(input);
  fitted.set(input, found);
  return found;
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

function fitAll({ dataset, rows, trees }: RankingInput): FittedTrees {
  if (trees === undefined) {
    throw new RangeError("Cannot fit trees: the input has no settings");
  }
  const { genes, tissueNames, classOf } = dataset;
  const classes = tissueNames.length;
  const gains = new Float64Array(classes * genes.length);
  const shap = new Float64Array(classes * genes.length);
  const samplesInHalf = new Float64Array(classes);
  const minData = new Float64Array(classes);
  const byId = genesById(genes);
  for (let fit = 1; fit <= trees.fits; fit++) {
    const half = drawHalf(dataset, rows, trees.stream(`trees/${fit}/half`));
    const labels = half.map((row) => classOf[row]);
    const counts = tissueNames.map((_, label) =>
      labels.filter((each) => each === label).length
    );
    const leaves = counts.map(leastInLeaf);
    const model = trainBoostedTrees(
      takeRows(dataset, half),
      labels,
      classes,
      { ...lightgbmDefaults, rounds: trees.rounds, minDataInLeaf: leaves },
      {
        order: trees.stream(`trees/${fit}/order`).shuffle(byId.slice()),
        collectsEquals: true,
      },
    );
    addTo(gains, sharedGainsByClass(model));
    addTo(shap, meanShap(model, dataset, rows));
    counts.forEach((count, label) => {
      samplesInHalf[label] += count;
      minData[label] += leaves[label];
    });
  }
  for (const sums of [gains, shap, samplesInHalf, minData]) {
    for (let at = 0; at < sums.length; at++) sums[at] /= trees.fits;
  }
  return {
    gains,
    shap,
    smallLeaves: tissueNames.flatMap((tissue, label) =>
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

function addTo(into: Float64Array, values: Float64Array): void {
  for (let index = 0; index < into.length; index++) {
    into[index] += values[index];
  }
}
