/** SHAP values of trees, shared among features that split equally. */

import { isRealSplit } from "./gains.ts";
import type { Tree } from "./tree.ts";
import { addTreeShap } from "./tree_shap.ts";

/**
 * Gives a feature's SHAP value to all features that could stand in its place.
 * Which of them does depends on the order of the columns alone, and so the mean
 * over orders is what each gets. A feature of several nodes is shared in
 * proportion to their gains. The sum over the features stays.
 */
export class SharedTreeShap {
  readonly #values: Float64Array;

  /** @param features Features of the matrix. */
  constructor(features: number) {
    this.#values = new Float64Array(features);
  }

  /**
   * Adds a tree's values, summed over samples.
   *
   * @param tree Grown with features of equal gain collected.
   * @param samples One number a feature each.
   * @param into One number a feature, to which the values are added.
   */
  add(
    tree: Tree,
    samples: readonly ArrayLike<number>[],
    into: Float64Array,
  ): void {
    const values = this.#values;
    for (const sample of samples) addTreeShap(tree, sample, values);
    const { columns, gains, equals } = tree;
    const gainOf = new Map<number, number>();
    columns.forEach((column, node) =>
      gainOf.set(column, (gainOf.get(column) ?? 0) + gains[node])
    );
    columns.forEach((column, node) => {
      const part = values[column] * gains[node] / gainOf.get(column)!;
      // What rounding chose is no sign that others are as good.
      if (!isRealSplit(tree, node)) into[column] += part;
      else {
        for (const each of equals[node]) {
          into[each.column] += part / equals[node].length;
        }
      }
    });
    for (const column of columns) values[column] = 0;
  }
}
