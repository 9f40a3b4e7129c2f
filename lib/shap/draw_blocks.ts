/**
 * Blocks of draws. Every sample's draws are parted into blocks, each of which
 * estimates the same scores; how far the blocks differ says how far the
 * scores are off.
 */

import type { RandomStream } from "../random.ts";
import type { AlphaDraws, BlocksOfDraws } from "./draws.ts";

/** Blocks of a sample's draws, if there are as many draws. */
const BLOCKS = 10;

/** How many blocks that many draws are parted into: 10, or one a draw. */
export function blockCount(draws: number): number {
  return Math.min(BLOCKS, draws);
}

/**
 * The draws that are taken where `draws` are asked for: the next multiple of
 * the blocks, so that all blocks are of one size.
 */
export function wholeBlocks(draws: number): number {
  const blocks = blockCount(draws);
  return Math.ceil(draws / blocks) * blocks;
}

/**
 * Gives each draw its block.
 *
 * Stratified draws: of each run of as many neighboring parts of the way as
 * there are blocks, every block gets one at random, so that every block is a
 * stratified sample of the whole way itself (of its density, where they are
 * steep). Random draws do not depend on
 * each other and go round.
 *
 * @param stream Shuffles the runs.
 * @param draws Number of draws, a multiple of `blocks`; stratified ones in
 * the order of their parts.
 * @param blocks Number of blocks.
 * @param alphas How the places were drawn.
 */
export function assignBlocks(
  stream: RandomStream,
  draws: number,
  blocks: number,
  alphas: AlphaDraws,
): BlocksOfDraws {
  const assigned = Uint8Array.from({ length: draws }, (_, at) => at % blocks);
  if (alphas !== "random") {
    for (let start = 0; start < draws; start += blocks) {
      stream.shuffle(assigned.subarray(start, start + blocks));
    }
  }
  return { of: assigned, count: blocks };
}
