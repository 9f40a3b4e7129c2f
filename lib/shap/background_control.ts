/**
 * A control variate for expected gradients: how far the mean of the drawn
 * background samples is from the mean of all, which is known.
 */

/**
 * Each column's mean over some rows.
 *
 * @param values rows x columns, row after row; at least one row.
 */
export function columnMeans(values: Float32Array, rows: number): Float64Array {
  const columns = values.length / rows;
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    for (let column = 0; column < columns; column++) {
      means[column] += own[column];
    }
  }
  for (let column = 0; column < columns; column++) means[column] /= rows;
  return means;
}

/**
 * Corrects the sums of blocks of draws (control variates: Owen 2013, chapter
 * 8). Were the slope s of gene g the same everywhere, a block's mean of
 * `w (x - b) s` would be off by `-s (mean b of the block - mean b of all)`
 * alone. So `s' (mean b of the block - mean b of all)` is added, where s' is
 * the mean of `w s` over the draws of all other blocks. As b is drawn
 * independently in each block, and s' does not depend on the block's own, the
 * expected value of what is added is 0: no score becomes biased.
 */
export class BackgroundControl {
  /** blocks x columns sums over draws: of b, and of the weighted slopes. */
  readonly #backgrounds: Float64Array;
  readonly #slopes: Float64Array;

  constructor(readonly blocks: number, readonly columns: number) {
    this.#backgrounds = new Float64Array(blocks * columns);
    this.#slopes = new Float64Array(blocks * columns);
  }

  /**
   * Takes a draw, or sums over some draws of a block.
   *
   * @param background The columns of its background sample, or their sums.
   * @param slopes d output / d column, one a column; or the sums of weight
   * times slope.
   * @param weight The draw's; 1 with sums.
   */
  add(
    block: number,
    background: Float32Array,
    slopes: Float32Array,
    weight: number,
  ): void {
    const { columns } = this;
    const start = block * columns;
    const [sums, slopeSums] = [this.#backgrounds, this.#slopes];
    for (let column = 0; column < columns; column++) {
      sums[start + column] += background[column];
      slopeSums[start + column] += weight * slopes[column];
    }
  }

  /**
   * Corrects all blocks in place. A single block stays as it is: there are no
   * others.
   *
   * @param sums blocks x columns sums of `w (x - b) s` over the draws.
   * @param means Each column's mean over the whole background.
   * @param draws Draws of all blocks together, equally many in each.
   */
  correct(sums: Float64Array, means: Float64Array, draws: number): void {
    const { blocks, columns } = this;
    if (blocks === 1) return;
    const own = draws / blocks;
    const total = new Float64Array(columns);
    for (let index = 0; index < sums.length; index++) {
      total[index % columns] += this.#slopes[index];
    }
    for (let block = 0; block < blocks; block++) {
      for (let column = 0; column < columns; column++) {
        const index = block * columns + column;
        const slope = (total[column] - this.#slopes[index]) / (draws - own);
        sums[index] += slope *
          (this.#backgrounds[index] - own * means[column]);
      }
    }
  }
}
