/** Rows of a matrix that hold the same numbers: samples that are identical. */

/** A multiplier that spreads bits: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/**
 * Finds for every row the first row that holds the same numbers, which is the
 * row itself if there is none before it. -0 equals 0.
 *
 * @param values Rows x columns, row-major, all finite.
 * @param columns At least 1.
 */
export function firstEqualRows(
  values: Float32Array | Float64Array,
  columns: number,
): Int32Array<ArrayBuffer> {
  const rows = values.length / columns;
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  const hashOf = (row: number): number => {
    let hash = 0;
    for (let index = row * columns; index < (row + 1) * columns; index++) {
      // The sum makes -0 to 0.
      number[0] = values[index] + 0;
      hash = Math.imul(hash ^ words[0] ^ (hash >>> 15), SPREAD);
      hash = Math.imul(hash ^ words[1] ^ (hash >>> 15), SPREAD);
    }
    return hash;
  };
  const areEqual = (one: number, other: number): boolean => {
    for (let column = 0; column < columns; column++) {
      if (values[one * columns + column] !== values[other * columns + column]) {
        return false;
      }
    }
    return true;
  };
  const seen = new Map<number, number[]>();
  const firsts = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const hash = hashOf(row);
    const alike = seen.get(hash);
    const first = alike?.find((other) => areEqual(other, row));
    firsts[row] = first ?? row;
    if (first !== undefined) continue;
    if (alike) alike.push(row);
    else seen.set(hash, [row]);
  }
  return firsts;
}

/** The rows that are the first of their kind, in their order. */
export function distinctRows(firsts: Int32Array): number[] {
  return [...firsts.keys()].filter((row) => firsts[row] === row);
}
