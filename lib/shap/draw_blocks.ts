/**
 * Blocks of draws. Every sample's draws are divided into blocks, each of which
 * estimates the same scores; how much the blocks differ gives the error of the
 * scores.
 */

import type { RandomStream } from "../random.ts";
import type { AlphaDraws, DrawBlocks } from "./draws.ts";

/** Blocks of a sample's draws, if there are as many draws. */
const BLOCKS = 10;

/** Into how many blocks that many draws are divided: 10, or one a draw. */
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
 * Stratified draws: of each run of as many neighboring parts of the path as
 * there are blocks, every block gets one at random, so that every block is a
 * stratified sample of the whole path itself (of its density, with importance
 * sampling). Uniform draws do not depend on each other and take turns.
 *
 * @param stream Shuffles the runs.
 * @param draws Number of draws, a multiple of `blocks`; stratified ones in
 * the order of their parts.
 * @param blocks Number of blocks.
 * @param alphas How the alphas are drawn.
 */
export function assignBlocks(
  stream: RandomStream,
  draws: number,
  blocks: number,
  alphas: AlphaDraws,
): DrawBlocks {
  const blockOf = Uint8Array.from(
    { length: draws },
    (_, draw) => draw % blocks,
  );
  if (alphas !== "uniform") {
    for (let start = 0; start < draws; start += blocks) {
      stream.shuffle(blockOf.subarray(start, start + blocks));
    }
  }
  return { blockOf, count: blocks };
}
