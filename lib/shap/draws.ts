/** The draws of an explanation: background samples and alphas. */

import type { RandomStream } from "../random.ts";

/** One draw: a background sample, and a point on the path from it. */
export interface Draw {
  /** Row of the background. */
  readonly row: number;
  /** In [0, 1): 0 is the background sample, 1 the explained one. */
  readonly alpha: number;
  /**
   * How much the draw counts: 1 / the density that its alpha was drawn with,
   * so that denser draws count less and the mean stays what it estimates.
   */
  readonly weight: number;
}

/** Which block each draw belongs to. */
export interface DrawBlocks {
  /** Each draw's block, from 0. */
  readonly blockOf: Uint8Array;
  /** Number of blocks. */
  readonly count: number;
}

/** How alphas may be drawn. */
export const alphaDraws = ["importance", "stratified", "uniform"] as const;

/**
 * `uniform`: each anywhere on the path. `stratified`: one in each of as many
 * equal parts of the path as there are draws. `importance`: likewise, but the
 * parts are short where the network's output changes most.
 */
export type AlphaDraws = typeof alphaDraws[number];

/** How background samples may be drawn. */
export const backgroundDraws = ["balanced", "random"] as const;

/**
 * `random`: each draw any sample. `balanced`: each block's draws are spread
 * over the tissues, and over the alphas within each.
 */
export type BackgroundDraws = typeof backgroundDraws[number];

/** How draws are made. */
export interface DrawRules {
  readonly alphas: AlphaDraws;
  readonly backgrounds: BackgroundDraws;
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
 * own, so that blocks are as independent as without.
 *
 * @param stream Gives every draw.
 * @param source The background.
 * @param blocks Each draw's block; their number is that of the draws. Blocks
 * are of equal size.
 * @param rules How to draw; `uniform` and `random` is what shap does.
 */
export function planDraws(
  stream: RandomStream,
  source: DrawSource,
  blocks: DrawBlocks,
  rules: DrawRules,
): Draw[] {
  const count = blocks.blockOf.length;
  const rowOf = rules.backgrounds === "random"
    ? () => stream.integer(source.classes.length)
    : balancedRows(stream, source.classes, blocks);
  const rows: number[] = [];
  const points: number[] = [];
  for (let draw = 0; draw < count; draw++) {
    rows.push(rowOf(draw));
    const uniform = stream.uniform();
    points.push(
      rules.alphas === "uniform" ? uniform : (draw + uniform) / count,
    );
  }
  if (rules.alphas !== "importance") {
    return points.map((alpha, draw) => ({ row: rows[draw], alpha, weight: 1 }));
  }
  if (source.density === undefined) {
    throw new Error("Importance sampling needs a density and got none");
  }
  const { density } = source;
  const shares = runningShares(density);
  return points.map((point, draw) => ({
    row: rows[draw],
    ...alphaByDensity(point, density, shares),
  }));
}

/** Gives each draw, in their order, a row: each block's over the classes. */
function balancedRows(
  stream: RandomStream,
  classes: Int32Array,
  { blockOf, count }: DrawBlocks,
): (draw: number) => number {
  const orders = Array.from(
    { length: count },
    () => orderByClass(stream, classes),
  );
  const positions = orders.map(() => stream.uniform());
  return (draw) => {
    const block = blockOf[draw];
    const row = orders[block][Math.floor(positions[block] * classes.length)];
    positions[block] = (positions[block] + GOLDEN_STEP) % 1;
    return row;
  };
}

/** The rows class by class, each class's in random order. */
function orderByClass(stream: RandomStream, classes: Int32Array): Uint32Array {
  const rows = Uint32Array.from(classes, (_, row) => row);
  return stream.shuffle(rows).sort((a, b) => classes[a] - classes[b]);
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
  density: Float64Array,
  shares: Float64Array,
): Pick<Draw, "alpha" | "weight"> {
  const parts = density.length;
  let part = 0;
  while (part < parts - 1 && point >= shares[part + 1]) part++;
  const share = shares[part + 1] - shares[part];
  const within = (point - shares[part]) / share;
  return {
    alpha: Math.min((part + within) / parts, 1 - Number.EPSILON),
    weight: 1 / (share * parts),
  };
}
