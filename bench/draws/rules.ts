/** The ways of drawing that are compared. */

import { RandomStream } from "../../lib/random.ts";
import { assignBlocks, blockCount } from "../../lib/shap/draw_blocks.ts";
import {
  type BlocksOfDraws,
  type Draw,
  type DrawRules,
  type DrawSource,
  planDraws,
} from "../../lib/shap/draws.ts";

/** Draws and the blocks that they are parted into. */
export interface PartedDraws {
  readonly draws: readonly Draw[];
  readonly blocks: BlocksOfDraws;
}

/** One way of drawing. */
export interface Way {
  readonly id: string;
  /** In words, for the page. */
  readonly words: string;
  /** The suite's flags for it; `null` if it has none. */
  readonly flags: string | null;
  readonly draw: (
    seed: number,
    source: DrawSource,
    count: number,
  ) => PartedDraws;
}

function partedBlocks(stream: RandomStream, count: number, rules: DrawRules) {
  return assignBlocks(stream, count, blockCount(count), rules.alphas);
}

/** A way that the suite has flags for. */
function ofSuite(words: string, rules: DrawRules): Way {
  const { alphas, backgrounds } = rules;
  return {
    id: `${alphas}, ${backgrounds}`,
    words,
    flags: `--alphas ${alphas} --backgrounds ${backgrounds}`,
    draw(seed, source, count) {
      const stream = new RandomStream(seed);
      const blocks = partedBlocks(stream, count, rules);
      return { draws: planDraws(stream, source, blocks, rules), blocks };
    },
  };
}

/** Rows without replacement over all draws, in passes over the background. */
function inPasses(words: string, alphas: DrawRules["alphas"]): Way {
  return {
    id: `${alphas}, passes`,
    words,
    flags: null,
    draw(seed, source, count) {
      const rules: DrawRules = { alphas, backgrounds: "random" };
      const stream = new RandomStream(seed);
      const blocks = partedBlocks(stream, count, rules);
      const rows: number[] = [];
      while (rows.length < count) {
        const { length } = source.classes;
        rows.push(
          ...stream.sample(length, Math.min(length, count - rows.length)),
        );
      }
      stream.shuffle(rows);
      const draws = planDraws(stream, source, blocks, rules)
        .map((draw, at) => ({ ...draw, row: rows[at] }));
      return { draws, blocks };
    },
  };
}

/** One lattice of rows and alphas for all draws, parted into blocks after. */
function oneLattice(words: string, alphas: DrawRules["alphas"]): Way {
  return {
    id: `${alphas}, one lattice`,
    words,
    flags: null,
    draw(seed, source, count) {
      const rules: DrawRules = { alphas, backgrounds: "balanced" };
      const stream = new RandomStream(seed);
      const whole = { of: new Uint8Array(count), count: 1 };
      const draws = planDraws(stream, source, whole, rules);
      return { draws, blocks: partedBlocks(stream, count, rules) };
    },
  };
}

/** What the reference is drawn by: what is most exact, whatever its blocks. */
export const reference = oneLattice(
  "steep, and rows and alphas of all draws in one lattice",
  "steep",
);

/** The ways, shap's own first. */
export const ways: readonly Way[] = [
  ofSuite("alphas and background samples anywhere, as shap has them", {
    alphas: "random",
    backgrounds: "random",
  }),
  ofSuite("one alpha in each of as many equal parts of the way", {
    alphas: "stratified",
    backgrounds: "random",
  }),
  inPasses("the same, background samples without replacement", "stratified"),
  ofSuite("the same, background samples spread over tissues in each block", {
    alphas: "stratified",
    backgrounds: "balanced",
  }),
  ofSuite("alphas denser where the output is steep", {
    alphas: "steep",
    backgrounds: "random",
  }),
  ofSuite("both: the default", { alphas: "steep", backgrounds: "balanced" }),
  reference,
];
