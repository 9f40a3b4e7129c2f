/** The draws of an explanation: background samples and alphas, in blocks. */

import type { RandomStream } from "../random.ts";

/** One draw: a background sample, and a point on the path from it. */
export interface Draw {
  /** Row of the background. */
  readonly row: number;
  /** In [0, 1]: 0 is the background sample, 1 the explained one. */
  readonly alpha: number;
  /**
   * How much the draw counts: 1 / the density that its alpha was drawn with,
   * so that denser draws count less and the mean stays what it estimates.
   */
  readonly weight: number;
  /** The block that it belongs to, from 0. */
  readonly block: number;
}

export const alphaDraws = ["importance", "stratified", "uniform"] as const;

/**
 * `uniform`: each anywhere on the path. `stratified`: one in each of as many
 * equal parts of the path as there are draws. `importance`: likewise, but the
 * parts are short where the network's output changes most.
 */
export type AlphaDraws = typeof alphaDraws[number];

export const backgroundDraws = ["balanced", "random"] as const;

export const controls = ["background", "none"] as const;

/** How draws are made, and what is made of them. */
export interface DrawRules {
  readonly alphas: AlphaDraws;
  /**
   * `random`: each draw any sample. `balanced`: each block's draws are spread
   * over the tissues, and over the alphas within each.
   */
  readonly backgrounds: typeof backgroundDraws[number];
  /**
   * `background`: the scores are corrected for how far the mean of the drawn
   * background samples is from that of all. `none`, the default: they are not.
   */
  readonly control?: typeof controls[number];
}

/** The same draws for every sample, in which nothing is random. */
export interface FixedDraws {
  readonly fixed: readonly Draw[];
}

/** What draws are made from. */
export interface DrawSource {
  /** The class of each background sample, at least one. */
  readonly classes: Int32Array;
  /**
   * How densely alphas are drawn in each of as many equal parts of the path as
   * there are numbers, 1 on average; needed for importance sampling.
   */
  readonly density?: Float64Array;
}

/**
 * Steps of the golden ratio round a circle spread any number of points more
 * evenly than chance does (Niederreiter 1992, chapter 3: a Kronecker
 * sequence). With alphas in rising order they make a lattice over background
 * and path.
 */
const GOLDEN_STEP = (Math.sqrt(5) - 1) / 2;

/**
 * Draws background samples and points on the path from them.
 *
 * However they are drawn, each draw's row is any sample with equal chance, and
 * the weights undo the density of the alphas: every block's mean is unbiased.
 * `importance` is importance sampling of the alphas (Owen 2013, chapter 9)
 * after stratification, `balanced` a randomly shifted lattice of each block's
 * own, so that blocks are as independent as without. `uniform` and `random` is
 * what shap does.
 *
 * @param stream Gives every draw.
 * @param count Number of draws, a multiple of `blocks`.
 * @param blocks Number of blocks, whose differences give the error of scores.
 */
export function planDraws(
  stream: RandomStream,
  { classes, density }: DrawSource,
  count: number,
  blocks: number,
  { alphas, backgrounds }: DrawRules,
): Draw[] {
  const blockOf = assignBlocks(stream, count, blocks, alphas);
  const rowOf = backgrounds === "random"
    ? () => stream.integer(classes.length)
    : balancedRows(stream, classes, blocks);
  const draws = Array.from(blockOf, (block, draw) => {
    const row = rowOf(block);
    const uniform = stream.uniform();
    const alpha = alphas === "uniform" ? uniform : (draw + uniform) / count;
    return { row, alpha, weight: 1, block };
  });
  if (alphas !== "importance") return draws;
  if (density === undefined) {
    throw new Error("Importance sampling needs a density and got none");
  }
  const shares = runningShares(density);
  return draws.map((draw) => ({
    ...draw,
    ...alphaByDensity(draw.alpha, shares),
  }));
}

/**
 * Gives each draw its block.
 *
 * Stratified draws: of each run of as many neighboring parts of the path as
 * there are blocks, every block gets one at random, so that every block is a
 * stratified sample of the whole path itself (of its density, with importance
 * sampling). Uniform draws do not depend on each other and take turns.
 */
export function assignBlocks(
  stream: RandomStream,
  draws: number,
  blocks: number,
  alphas: AlphaDraws,
): Uint8Array {
  const blockOf = Uint8Array.from(
    { length: draws },
    (_, draw) => draw % blocks,
  );
  if (alphas !== "uniform") {
    for (let start = 0; start < draws; start += blocks) {
      stream.shuffle(blockOf.subarray(start, start + blocks));
    }
  }
  return blockOf;
}

/** Gives the next row of a block: each block's are spread over the classes. */
function balancedRows(
  stream: RandomStream,
  classes: Int32Array,
  blocks: number,
): (block: number) => number {
  // The rows class by class, each class's in random order.
  const orders = Array.from(
    { length: blocks },
    () =>
      stream.shuffle(Uint32Array.from(classes.keys()))
        .sort((a, b) => classes[a] - classes[b]),
  );
  const positions = orders.map(() => stream.uniform());
  return (block) => {
    const row = orders[block][Math.floor(positions[block] * classes.length)];
    positions[block] = (positions[block] + GOLDEN_STEP) % 1;
    return row;
  };
}

/** The share of all draws before each part, and 1 at the end. */
function runningShares(density: Float64Array): Float64Array {
  const shares = new Float64Array(density.length + 1);
  let sum = 0;
  density.forEach((part, index) => shares[index + 1] = sum += part);
  return shares.map((share) => share / sum);
}

/** Turns a uniform point of [0, 1) into one that follows the density. */
function alphaByDensity(
  point: number,
  shares: Float64Array,
): Pick<Draw, "alpha" | "weight"> {
  const parts = shares.length - 1;
  let part = 0;
  while (part < parts - 1 && point >= shares[part + 1]) part++;
  const share = shares[part + 1] - shares[part];
  const within = (point - shares[part]) / share;
  return {
    alpha: Math.min((part + within) / parts, 1 - Number.EPSILON),
    weight: 1 / (share * parts),
  };
}
