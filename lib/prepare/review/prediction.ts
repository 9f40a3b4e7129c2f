/** How well one fact of the samples alone predicts another. */

/** How often one fact predicts another right, beside guessing. */
export interface Prediction {
  /** Samples that it was tried on. */
  readonly samples: number;
  /** The share that is predicted right; 0 to 1. */
  readonly right: number;
  /** The share that is right without looking. */
  readonly guessed: number;
  /** The share that chance alone hardly reaches. */
  readonly bound: number;
}

/** Standard errors above guessing that chance hardly reaches. */
const ERRORS = 3;
/** Distances that differ by less, as a share of the numbers, are equal. */
const ROUNDING = 1e-9;

/**
 * Of what guessing leaves over, the share that is predicted right: 1 if all are,
 * 0 or less if nothing is. For categories this is lambda (Goodman and Kruskal
 * 1954, doi:10.1080/01621459.1954.10501231), each sample left out in turn.
 */
export function skillOf({ right, guessed }: Prediction): number {
  return guessed < 1 ? (right - guessed) / (1 - guessed) : 0;
}

/**
 * Predicts each sample's class by the commonest class of its category, the sample
 * itself left out; where several are equally common, each counts in part.
 * Samples that are alone in their category are left out. A guess is always the
 * commonest class.
 *
 * @returns Undefined if no category has two samples.
 */
export function predictByCategory(
  categories: readonly string[],
  classes: readonly string[],
): Prediction | undefined {
  const rows = [
    ...Map.groupBy(categories.keys(), (row) => categories[row])
      .values(),
  ].filter(({ length }) => length > 1);
  let [samples, right] = [0, 0];
  const totals = new Map<string, number>();
  for (const members of rows) {
    const counts = countBy(members.map((row) => classes[row]));
    for (const [own, count] of counts) {
      totals.set(own, (totals.get(own) ?? 0) + count);
      samples += count;
      right += count * shareRight(counts, own);
    }
  }
  if (samples === 0) return undefined;
  const guessed = Math.max(...totals.values()) / samples;
  return {
    samples,
    right: right / samples,
    guessed,
    bound: guessed +
      ERRORS * Math.sqrt(guessed * (1 - guessed) / samples),
  };
}

/** How far a sample of a class is predicted right by the others of its category. */
function shareRight(counts: ReadonlyMap<string, number>, own: string): number {
  const without = counts.get(own)! - 1;
  let ties = 1;
  for (const [name, count] of counts) {
    if (name === own) continue;
    if (count > without) return 0;
    if (count === without) ties++;
  }
  return without === 0 ? 0 : 1 / ties;
}

/**
 * Predicts each sample's class by the nearest of the classes' means of one
 * number, the sample itself left out; where two are equally near, the first by
 * name counts. `right` is the mean of the classes' shares (balanced accuracy).
 * Classes of a single sample are left out.
 *
 * @returns Undefined if there are fewer than two classes.
 */
export function predictByNumber(
  numbers: ArrayLike<number>,
  classes: readonly string[],
): Prediction | undefined {
  const groups = [...Map.groupBy(classes.keys(), (row) => classes[row])]
    .filter(([, rows]) => rows.length > 1)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, rows]) => {
      const own = Float64Array.from(rows, (row) => numbers[row]).sort();
      return { own, sum: own.reduce((sum, value) => sum + value, 0) };
    });
  if (groups.length < 2) return undefined;
  const means = groups.map(({ own, sum }) => sum / own.length);
  let largest = 0;
  for (const { own } of groups) {
    for (const value of own) largest = Math.max(largest, Math.abs(value));
  }
  const rounding = ROUNDING * largest;
  let [samples, right, variance] = [0, 0, 0];
  groups.forEach(({ own, sum }, group) => {
    let hits = 0;
    for (const value of own) {
      const mean = (sum - value) / (own.length - 1);
      const distance = Math.abs(value - mean);
      const isNearest = means.every((other, index) =>
        index === group ||
        (index < group
          ? distance < Math.abs(value - other) - rounding
          : distance <= Math.abs(value - other) + rounding)
      );
      if (isNearest) hits++;
    }
    samples += own.length;
    right += hits / own.length;
    // The variance of a share is largest for a half.
    variance += 0.25 / own.length;
  });
  const guessed = 1 / groups.length;
  return {
    samples,
    right: right / groups.length,
    guessed,
    bound: guessed + ERRORS * Math.sqrt(variance) / groups.length,
  };
}

function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
