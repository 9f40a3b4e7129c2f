/** What a fit of many columns by the classes of their samples starts from. */

/** Values of samples, each of a class. */
export interface ClassedSamples {
  /** samples x columns, row after row; the matrix may hold other samples. */
  readonly values: Float32Array;
  readonly columns: number;
  /** The samples, as rows of `values`. */
  readonly rows: readonly number[];
  /** The class of each of `rows`, from 0; each class has a sample. */
  readonly classes: readonly number[];
  /** The columns to fit, ascending. */
  readonly fitted: readonly number[];
}

/** The samples' blocks, from 0, such as donors, and how alike they are. */
export interface Blocks {
  /** The block of each sample, in the order of `rows`. */
  readonly blocks: readonly number[];
  /** The correlation of two samples of a block. */
  readonly correlation: number;
}

/** Columns that are held in double precision at a time. */
const CHUNK = 512;

/** Each class's samples. */
export function countClasses(classes: readonly number[]): number[] {
  return countEach(classes);
}

/** How often each number from 0 on is there. */
export function countEach(numbers: readonly number[]): number[] {
  const counts = Array<number>(Math.max(-1, ...numbers) + 1).fill(0);
  for (const each of numbers) counts[each]++;
  return counts;
}

/** Some columns less the means of their classes. */
export interface Residuals {
  /** Where the chunk begins in `fitted`. */
  readonly from: number;
  /** How many columns. */
  readonly size: number;
  /** classes x size */
  readonly means: Float64Array;
  /** samples x size */
  readonly residuals: Float64Array;
}

/** Goes through the columns chunk by chunk; the arrays are used again. */
export function* residualChunks(
  { values, columns, rows, classes, fitted }: ClassedSamples,
): Generator<Residuals> {
  const counts = countClasses(classes);
  for (let from = 0; from < fitted.length; from += CHUNK) {
    const size = Math.min(CHUNK, fitted.length - from);
    const means = new Float64Array(counts.length * size);
    const residuals = new Float64Array(rows.length * size);
    rows.forEach((row, i) => {
      const own = classes[i] * size;
      for (let j = 0; j < size; j++) {
        const value = values[row * columns + fitted[from + j]];
        residuals[i * size + j] = value;
        means[own + j] += value;
      }
    });
    counts.forEach((count, c) => {
      for (let j = 0; j < size; j++) means[c * size + j] /= count;
    });
    rows.forEach((_, i) => {
      const own = classes[i] * size;
      for (let j = 0; j < size; j++) {
        residuals[i * size + j] -= means[own + j];
      }
    });
    yield { from, size, means, residuals };
  }
}
