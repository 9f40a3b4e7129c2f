/** Boosted trees for several classes, as LightGBM's `multiclass` trains them. */

import { binMatrix } from "./binned_matrix.ts";
import { SplitFinder } from "./find_split.ts";
import { growTree } from "./grow_tree.ts";
import { type BoostingSettings, EPSILON, minDataOf } from "./settings.ts";
import { leafOf, type Tree } from "./tree.ts";

/** A trained classifier. */
export interface BoostedTrees {
  readonly classes: number;
  /** Features of the matrix. */
  readonly features: number;
  /** By class: the output before any tree, the log of the class's share. */
  readonly start: Float64Array;
  /** By round, then by class. A tree without a split adds nothing. */
  readonly rounds: readonly (readonly Tree[])[];
}

/**
 * Trains trees by gradient boosting of the softmax cross-entropy: in each round
 * one tree a class, to the gradients p - y and the hessians K / (K - 1) p
 * (1 - p). Boosting as of Friedman, Annals of Statistics 29 (2001); trees as
 * LightGBM grows them (Ke et al., NeurIPS 2017), with its binning, its rounding
 * and its rules for ties, and with one thread.
 *
 * It stops early if no class has a tree with a split. A class without samples,
 * or one that has all, gets no trees.
 *
 * @param values Samples x features, row-major.
 * @param classOf Each sample's class, in [0, classes).
 * @param options `order`: see `binMatrix`; `collectsEquals`: whether each node
 * keeps all features of equal gain.
 * @throws {RangeError} If a shape does not fit or a value is not finite.
 */
export function trainBoostedTrees(
  values: Float32Array,
  classOf: ArrayLike<number>,
  classes: number,
  settings: BoostingSettings,
  options: {
    readonly order?: Uint32Array;
    readonly collectsEquals?: boolean;
  } = {},
): BoostedTrees {
  const samples = classOf.length;
  const matrix = binMatrix(values, samples, settings, options.order);
  const finder = new SplitFinder(matrix, options.collectsEquals ?? false);
  const shares = sharesOf(classOf, classes);
  const start = shares.map((share) => Math.log(Math.max(EPSILON, share)));
  const scores = new Float64Array(classes * samples);
  for (let label = 0; label < classes; label++) {
    scores.fill(start[label], label * samples, (label + 1) * samples);
  }
  const derivatives = new Derivatives(classOf, classes);
  const isTrained = [...shares].map((share) =>
    share > EPSILON && share < 1 - EPSILON
  );
  const rounds: Tree[][] = [];
  while (rounds.length < settings.rounds) {
    derivatives.update(scores);
    const trees = isTrained.map((trained, label) => {
      const { tree, leafOfRow } = growTree(
        finder,
        derivatives.gradients(label),
        derivatives.hessians(label),
        {
          ...settings,
          leaves: trained ? settings.leaves : 1,
          minData: minDataOf(settings, label),
        },
      );
      for (let row = 0; row < samples; row++) {
        scores[label * samples + row] += tree.leafValues[leafOfRow[row]];
      }
      return tree;
    });
    if (trees.every(({ columns }) => columns.length === 0)) break;
    rounds.push(trees);
  }
  return {
    classes,
    features: values.length / samples,
    start,
    rounds,
  };
}

/**
 * The outputs before the softmax.
 *
 * @param values Samples x features, row-major.
 * @returns Samples x classes.
 */
export function scoreBoostedTrees(
  { classes, features, start, rounds }: BoostedTrees,
  values: Float32Array,
): Float64Array {
  const samples = values.length / features;
  const scores = new Float64Array(samples * classes);
  for (let row = 0; row < samples; row++) {
    const sample = values.subarray(row * features, (row + 1) * features);
    for (let label = 0; label < classes; label++) {
      let score = start[label];
      for (const trees of rounds) {
        score += trees[label].leafValues[leafOf(trees[label], sample)];
      }
      scores[row * classes + label] = score;
    }
  }
  return scores;
}

/** The samples' classes of the largest output; the smallest of equals. */
export function predictBoostedTrees(
  model: BoostedTrees,
  values: Float32Array,
): Int32Array {
  const scores = scoreBoostedTrees(model, values);
  const { classes } = model;
  return Int32Array.from({ length: scores.length / classes }, (_, row) => {
    const own = scores.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b), -Infinity));
  });
}

function sharesOf(
  classOf: ArrayLike<number>,
  classes: number,
): Float64Array {
  const counts = new Float64Array(classes);
  for (let row = 0; row < classOf.length; row++) counts[classOf[row]]++;
  return counts.map((count) => count / classOf.length);
}

/** First and second derivatives of the loss, rounded to float32. */
class Derivatives {
  readonly #gradients: Float32Array;
  readonly #hessians: Float32Array;
  readonly #p: Float64Array;

  constructor(
    readonly classOf: ArrayLike<number>,
    readonly classes: number,
  ) {
    this.#gradients = new Float32Array(classes * classOf.length);
    this.#hessians = new Float32Array(classes * classOf.length);
    this.#p = new Float64Array(classes);
  }

  /** @param scores Classes x samples. */
  update(scores: Float64Array): void {
    const { classOf, classes } = this;
    const samples = classOf.length;
    const factor = classes / (classes - 1);
    const p = this.#p;
    for (let row = 0; row < samples; row++) {
      let largest = -Infinity;
      for (let label = 0; label < classes; label++) {
        largest = Math.max(largest, scores[label * samples + row]);
      }
      let sum = 0;
      for (let label = 0; label < classes; label++) {
        p[label] = Math.exp(scores[label * samples + row] - largest);
        sum += p[label];
      }
      for (let label = 0; label < classes; label++) {
        const share = p[label] / sum;
        const at = label * samples + row;
        this.#gradients[at] = share - (classOf[row] === label ? 1 : 0);
        this.#hessians[at] = factor * share * (1 - share);
      }
    }
  }

  gradients(label: number): Float32Array {
    const samples = this.classOf.length;
    return this.#gradients.subarray(label * samples, (label + 1) * samples);
  }

  hessians(label: number): Float32Array {
    const samples = this.classOf.length;
    return this.#hessians.subarray(label * samples, (label + 1) * samples);
  }
}
