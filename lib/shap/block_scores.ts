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
  /** Draws of each sample for each network. */
  readonly #draws: Float64Array;

  constructor(readonly size: BlockScoresSize) {
    const { samples, columns, blocks, ensemble } = size;
    this.#blocks = new Float32Array(samples * blocks * columns);
    this.#totals = new Float64Array(samples * blocks);
    this.#draws = new Float64Array(samples);
    this.#networks = ensemble === 1 ? [] : Array.from(
      { length: ensemble },
      () => new Float32Array(samples * columns),
    );
  }

  /** A sample's draws for each network so far. */
  drawsOf(sample: number): number {
    return this.#draws[sample];
  }

  /**
   * Takes one sample's sums for one network. In each round each of its samples
   * comes once a network, a sample's networks in a fixed order.
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

  /**
   * Counts the draws that samples got for each network in this round.
   *
   * @param samples Those that were in it; default all.
   */
  endRound(
    draws: number,
    samples: Iterable<number> = this.#draws.keys(),
  ): void {
    for (const sample of samples) this.#draws[sample] += draws;
  }

  /** samples x chosen columns: the scores. */
  ofAll(columns: Uint32Array): Float32Array {
    return this.ofBlocks([...Array(this.size.blocks).keys()], columns);
  }

  /** samples x chosen columns: the scores by the draws of some blocks. */
  ofBlocks(blocks: readonly number[], columns: Uint32Array): Float32Array {
    const { samples, columns: width, blocks: count, ensemble } = this.size;
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
      const draws = this.#draws[sample] / count * blocks.length * ensemble;
      for (let index = 0; index < row.length; index++) {
        scores[to + index] = row[index] / draws;
      }
    }
    return scores;
  }

  /** samples x chosen columns: the scores by one of the networks. */
  ofNetwork(member: number, columns: Uint32Array): Float32Array {
    const { samples, columns: width, ensemble } = this.size;
    if (ensemble === 1) return this.ofAll(columns);
    const sums = this.#networks[member];
    const scores = new Float32Array(samples * columns.length);
    for (let sample = 0; sample < samples; sample++) {
      for (let index = 0; index < columns.length; index++) {
        scores[sample * columns.length + index] =
          sums[sample * width + columns[index]] / this.#draws[sample];
      }
    }
    return scores;
  }

  /** A sample's sum over all columns, by each block. */
  totalsOf(sample: number): number[] {
    const { blocks, ensemble } = this.size;
    const draws = this.#draws[sample] / blocks * ensemble;
    return Array.from(
      this.#totals.subarray(sample * blocks, (sample + 1) * blocks),
      (total) => total / draws,
    );
  }
}
