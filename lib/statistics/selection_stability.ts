/** How stable a selection of items is when it is made again. */

/** A stability index with its interval. */
export interface SelectionStability {
  /**
   * 1 if all selections are the same; 0 on average for selections at random;
   * null where nothing or everything was always selected.
   */
  readonly index: number | null;
  /** The 95 % interval of the index; null where the index is. */
  readonly interval: readonly [number, number] | null;
}

/** Quantile of the normal distribution for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/**
 * The stability of repeated selections of items, and its confidence interval
 * (Nogueira, Sechidis and Brown, Journal of Machine Learning Research 18,
 * 2018; definition 4 and theorem 7). It compares the variance of each item's
 * selection with that of a selection at random:
 *
 *     1 - mean_f(M / (M - 1) p_f (1 - p_f)) / (k / d (1 - k / d))
 *
 * with M selections of d items, the share p_f of selections that hold item f,
 * and the mean number k of items in a selection.
 *
 * @param selections The items of each selection, as numbers from 0, each once;
 * at least two selections, which may differ in length.
 * @param items How many items could be selected (d).
 * @returns The interval is not cut at 1, as in the paper.
 * @throws {RangeError} If there are fewer than two selections, or an item is
 * outside [0, items) or twice in a selection.
 *
 * @example
 * ```ts
 * import { selectionStability } from "./selection_stability.ts";
 * console.assert(selectionStability([[0, 1], [1, 0]], 4).index === 1);
 * console.assert(selectionStability([[0, 1], [2, 3]], 4).index === -1);
 * ```
 */
export function selectionStability(
  selections: readonly ArrayLike<number>[],
  items: number,
): SelectionStability {
  const found = contributions(selections, items);
  if (found === null) return { index: null, interval: null };
  return { index: found.index, interval: intervalOf(found) };
}

/**
 * The mean index of several selections that were repeated together, such as
 * the genes of each tissue from the same samples. Its interval takes into
 * account that they share their repeats: what a repeat contributes to the mean
 * is the mean of its contributions (the delta method of theorem 7, for a mean
 * of indices). Of one selection it is `selectionStability`.
 *
 * @param together For each selection its repeats, in the same order; as many
 * for each.
 * @param items How many items could be selected.
 * @returns Selections without an index are left out; null if none has one.
 * @throws {RangeError} If the selections differ in the number of repeats, or
 * `selectionStability` refuses one.
 *
 * @example
 * ```ts
 * import { meanSelectionStability } from "./selection_stability.ts";
 * const same = [[0, 1], [0, 1]];
 * const other = [[0, 1], [2, 3]];
 * console.assert(meanSelectionStability([same, other], 4).index === 0);
 * ```
 */
export function meanSelectionStability(
  together: readonly (readonly ArrayLike<number>[])[],
  items: number,
): SelectionStability {
  const repeats = together[0]?.length ?? 0;
  if (together.some((selections) => selections.length !== repeats)) {
    throw new RangeError(
      "Cannot compute the mean stability of selections: they differ in the number of repeats",
    );
  }
  const found = together.flatMap((selections) =>
    contributions(selections, items) ?? []
  );
  if (found.length === 0) return { index: null, interval: null };
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / found.length;
  const index = mean(found.map(({ index }) => index));
  const own = Array.from(
    { length: repeats },
    (_, repeat) => mean(found.map(({ own }) => own[repeat])),
  );
  return { index, interval: intervalOf({ index, own }) };
}

/** An index with what each selection contributes to it. */
interface Contributions {
  readonly index: number;
  readonly own: readonly number[];
}

/** Null where there is no index. */
function contributions(
  selections: readonly ArrayLike<number>[],
  items: number,
): Contributions | null {
  const repeats = selections.length;
  if (repeats < 2) {
    throw new RangeError(
      `Cannot compute the stability of a selection: at least 2 selections are needed, not ${repeats}`,
    );
  }
  const counts = countSelections(selections, items);
  const meanShare = counts.reduce((sum, count) => sum + count, 0) /
    (repeats * items);
  const byChance = meanShare * (1 - meanShare);
  if (byChance === 0) return null;
  let variance = 0;
  for (const count of counts) variance += count * (repeats - count);
  variance /= repeats * (repeats - 1) * items;
  const index = 1 - variance / byChance;

  const own = selections.map((selection) => {
    let shares = 0;
    for (let at = 0; at < selection.length; at++) {
      shares += counts[selection[at]] / repeats;
    }
    const share = selection.length / items;
    return (shares / items - share * meanShare +
      index / 2 * (2 * meanShare * share - share - meanShare + 1)) / byChance;
  });
  return { index, own };
}

/** The index plus and less 1.96 standard errors. */
function intervalOf({ index, own }: Contributions): [number, number] {
  const repeats = own.length;
  const mean = own.reduce((sum, value) => sum + value, 0) / repeats;
  const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = Z * Math.sqrt(4 * squares / repeats ** 2);
  return [index - half, index + half];
}

/** How many selections hold each item. */
function countSelections(
  selections: readonly ArrayLike<number>[],
  items: number,
): Int32Array {
  const counts = new Int32Array(items);
  // The last selection that held the item, from 1.
  const last = new Int32Array(items);
  selections.forEach((selection, index) => {
    for (let at = 0; at < selection.length; at++) {
      const item = selection[at];
      if (!(item >= 0 && item < items)) {
        throw new RangeError(
          `Cannot compute the stability of a selection: item ${item} must be in [0, ${items})`,
        );
      }
      if (last[item] === index + 1) {
        throw new RangeError(
          `Cannot compute the stability of a selection: item ${item} is there twice`,
        );
      }
      last[item] = index + 1;
      counts[item]++;
    }
  });
  return counts;
}
