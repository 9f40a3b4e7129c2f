/** The scores of all samples, block by block, as they come in. */

/** How many numbers there will be. */
export interface BlockScoresSize {
  readonly samples: number;
  /** Genes and decoys together. */
  readonly columns: number;
  readonly blocks: number;
  /** Networks that each sample is explained for. */
  readonly ensemble: number;
}

/**
 * Sums over draws, kept in float32: samples x blocks x columns over all
 * networks and, where there are several, samples x columns of each network.
 * A score is the mean over all draws of all networks.
 */
export class BlockScores {
  readonly #blocks: Float32Array;
  readonly #networks: readonly Float32Array[];
  /** samples x blocks, each the sum over all columns. */
  readonly #totals: Float64Array;
  #draws = 0;

  constructor(readonly size: BlockScoresSize) {
    const { samples, columns, blocks, ensemble } = size;
    this.#blocks = new Float32Array(samples * blocks * columns);
    this.#totals = new Float64Array(samples * blocks);
    this.#networks = ensemble === 1 ? [] : Array.from(
      { length: ensemble },
      () => new Float32Array(samples * columns),
    );
  }

  /** Draws a sample and network so far. */
  get draws(): number {
    return this.#draws;
  }

  /**
   * Takes one sample's sums for one network. In each round every sample comes
   * once a network, a sample's networks in a fixed order.
   *
   * @param sums blocks x columns.
   */
  add(sample: number, member: number, sums: Float64Array): void {
    const { columns, blocks } = this.size;
    const start = sample * blocks * columns;
    for (let block = 0; block < blocks; block++) {
      let total = 0;
      for (let column = 0; column < columns; column++) {
        const index = block * columns + column;
        this.#blocks[start + index] += sums[index];
        total += sums[index];
      }
      this.#totals[sample * blocks + block] += total;
    }
    const network = this.#networks[member];
    if (network === undefined) return;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let block = 0; block < blocks; block++) {
        sum += sums[block * columns + column];
      }
      network[sample * columns + column] += sum;
    }
  }

  /** Counts the draws that each sample and network got in this round. */
  endRound(draws: number): void {
    this.#draws += draws;
  }

  /** samples x chosen columns: the scores. */
  ofAll(columns: Uint32Array): Float32Array {
    return this.ofBlocks([...Array(this.size.blocks).keys()], columns);
  }

  /** samples x chosen columns: the scores by the draws of some blocks. */
  ofBlocks(blocks: readonly number[], columns: Uint32Array): Float32Array {
    const { samples, columns: width, blocks: count, ensemble } = this.size;
    const draws = this.#draws / count * blocks.length * ensemble;
    const scores = new Float32Array(samples * columns.length);
    const row = new Float64Array(columns.length);
    for (let sample = 0; sample < samples; sample++) {
      row.fill(0);
      for (const block of blocks) {
        const from = (sample * count + block) * width;
        for (let index = 0; index < row.length; index++) {
          row[index] += this.#blocks[from + columns[index]];
        }
      }
      const to = sample * columns.length;
      for (let index = 0; index < row.length; index++) {
        scores[to + index] = row[index] / draws;
      }
    }
    return scores;
  }

  /** samples x chosen columns: the scores by one of several networks. */
  ofNetwork(member: number, columns: Uint32Array): Float32Array {
    const { samples, columns: width } = this.size;
    const sums = this.#networks[member];
    const scores = new Float32Array(samples * columns.length);
    for (let sample = 0; sample < samples; sample++) {
      for (let index = 0; index < columns.length; index++) {
        scores[sample * columns.length + index] =
          sums[sample * width + columns[index]] / this.#draws;
      }
    }
    return scores;
  }

  /** A sample's sum over all columns, by each block. */
  totalsOf(sample: number): number[] {
    const { blocks, ensemble } = this.size;
    const draws = this.#draws / blocks * ensemble;
    return Array.from(
      this.#totals.subarray(sample * blocks, (sample + 1) * blocks),
      (total) => total / draws,
    );
  }
}
