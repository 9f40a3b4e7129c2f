/** The scores of all samples, block by block, as they come in. */

import { blockStandardError } from "./block_error.ts";

/** How many numbers there will be. */
export interface BlockScoresSize {
  readonly samples: number;
  /** Genes and decoys together. */
  readonly columns: number;
  readonly blocks: number;
  /** Networks that each sample is explained for. */
  readonly replicates: number;
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
    const { samples, columns, blocks, replicates } = size;
    this.#blocks = new Float32Array(samples * blocks * columns);
    this.#totals = new Float64Array(samples * blocks);
    this.#networks = replicates === 1 ? [] : Array.from(
      { length: replicates },
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
   * @returns The sum of it all: not finite if the network diverged.
   */
  add(sample: number, replicate: number, sums: Float64Array): number {
    const { columns, blocks } = this.size;
    const start = sample * blocks * columns;
    for (let at = 0; at < sums.length; at++) {
      this.#blocks[start + at] += sums[at];
    }
    let all = 0;
    for (let block = 0; block < blocks; block++) {
      let total = 0;
      for (let column = 0; column < columns; column++) {
        total += sums[block * columns + column];
      }
      this.#totals[sample * blocks + block] += total;
      all += total;
    }
    const network = this.#networks[replicate];
    if (network !== undefined) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let block = 0; block < blocks; block++) {
          sum += sums[block * columns + column];
        }
        network[sample * columns + column] += sum;
      }
    }
    return all;
  }

  /** Says how many draws each sample and network has got in this round. */
  endRound(draws: number): void {
    this.#draws += draws;
  }

  /** samples x chosen columns: the scores. */
  ofAll(columns: Uint32Array): Float32Array {
    return this.ofBlocks(allOf(this.size.blocks), columns);
  }

  /** samples x chosen columns: the scores by the draws of some blocks. */
  ofBlocks(blocks: readonly number[], columns: Uint32Array): Float32Array {
    const { samples, columns: width, blocks: count, replicates } = this.size;
    const draws = this.#draws / count * blocks.length * replicates;
    const scores = new Float32Array(samples * columns.length);
    const row = new Float64Array(columns.length);
    for (let sample = 0; sample < samples; sample++) {
      row.fill(0);
      for (const block of blocks) {
        const from = (sample * count + block) * width;
        for (let place = 0; place < row.length; place++) {
          row[place] += this.#blocks[from + columns[place]];
        }
      }
      const to = sample * columns.length;
      for (let place = 0; place < row.length; place++) {
        scores[to + place] = row[place] / draws;
      }
    }
    return scores;
  }

  /** samples x chosen columns: the scores by one of several networks. */
  ofNetwork(replicate: number, columns: Uint32Array): Float32Array {
    const { samples, columns: width } = this.size;
    const sums = this.#networks[replicate];
    const scores = new Float32Array(samples * columns.length);
    for (let sample = 0; sample < samples; sample++) {
      for (let place = 0; place < columns.length; place++) {
        scores[sample * columns.length + place] =
          sums[sample * width + columns[place]] / this.#draws;
      }
    }
    return scores;
  }

  /** A sample's sum over all columns, by each block. */
  totalsOf(sample: number): number[] {
    const { blocks, replicates } = this.size;
    const draws = this.#draws / blocks * replicates;
    return Array.from(
      this.#totals.subarray(sample * blocks, (sample + 1) * blocks),
      (total) => total / draws,
    );
  }

  /** The Monte Carlo standard error of one score; null with one block. */
  standardError(sample: number, column: number): number | null {
    const { columns, blocks, replicates } = this.size;
    const draws = this.#draws / blocks * replicates;
    return blockStandardError(
      allOf(blocks).map((block) =>
        this.#blocks[(sample * blocks + block) * columns + column] / draws
      ),
    );
  }
}

/** 0, 1, 2 ... */
function allOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
