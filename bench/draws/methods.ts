/** The methods of drawing that are compared. */

import { RandomStream } from "../../lib/random.ts";
import { blockCount } from "../../lib/shap/draw_rounds.ts";
import {
  assignBlocks,
  type Draw,
  type DrawRules,
  type DrawSource,
  planDraws,
} from "../../lib/shap/draws.ts";

/** One method of drawing. */
export interface DrawMethod {
  /** Its name on the page. */
  readonly id: string;
  /** The name of its random streams: another name gives other numbers. */
  readonly stream: string;
  /** In words, for the page. */
  readonly description: string;
  /** The suite's flags for it; `null` if it has none. */
  readonly flags: string | null;
  /** Whether the scores are corrected by the mean of the background. */
  readonly corrected: boolean;
  readonly draw: (seed: number, source: DrawSource, count: number) => Draw[];
}

function blocksOf(stream: RandomStream, count: number, rules: DrawRules) {
  return assignBlocks(stream, count, blockCount(count), rules.alphas);
}

/** A method for which the suite has flags. */
function suiteMethod(
  stream: string,
  description: string,
  rules: DrawRules,
): DrawMethod {
  const { alphas, backgrounds, control = "none" } = rules;
  const corrected = control === "background";
  return {
    id: `${alphas}, ${backgrounds}${corrected ? ", corrected" : ""}`,
    stream,
    description,
    flags: `--alphas ${alphas} --backgrounds ${backgrounds} ` +
      `--control ${control}`,
    corrected,
    draw(seed, source, count) {
      const stream = new RandomStream(seed);
      return planDraws(stream, source, count, blockCount(count), rules);
    },
  };
}

/** Background rows without replacement, in passes over the background. */
const stratifiedPasses: DrawMethod = {
  id: "stratified, passes",
  stream: "stratified, passes",
  description: "the same, background samples without replacement",
  flags: null,
  corrected: false,
  draw(seed, source, count) {
    const rules: DrawRules = { alphas: "stratified", backgrounds: "random" };
    const stream = new RandomStream(seed);
    const blocks = blocksOf(stream, count, rules);
    const rows: number[] = [];
    while (rows.length < count) {
      const { length } = source.classes;
      rows.push(
        ...stream.sample(length, Math.min(length, count - rows.length)),
      );
    }
    stream.shuffle(rows);
    return planDraws(stream, source, count, 1, rules).map((draw, index) => ({
      ...draw,
      row: rows[index],
      block: blocks[index],
    }));
  },
};

/**
 * One lattice of rows and alphas for all draws, divided into blocks afterwards.
 * The reference uses it: the smallest error, whatever its blocks.
 */
export const reference: DrawMethod = {
  id: "importance, one lattice",
  stream: "steep, one lattice",
  description: "importance, with one lattice of rows and alphas for all draws",
  flags: null,
  corrected: false,
  draw(seed, source, count) {
    const rules: DrawRules = { alphas: "importance", backgrounds: "balanced" };
    const stream = new RandomStream(seed);
    const draws = planDraws(stream, source, count, 1, rules);
    const blocks = blocksOf(stream, count, rules);
    return draws.map((draw, index) => ({ ...draw, block: blocks[index] }));
  },
};

/** The methods, that of shap first. */
export const methods: readonly DrawMethod[] = [
  suiteMethod(
    "random, random",
    "uniform alphas and any background samples, as in shap",
    { alphas: "uniform", backgrounds: "random" },
  ),
  suiteMethod(
    "stratified, random",
    "one alpha in each of as many equal intervals as draws",
    { alphas: "stratified", backgrounds: "random" },
  ),
  stratifiedPasses,
  suiteMethod(
    "stratified, balanced",
    "the same, background samples spread over tissues in each block",
    { alphas: "stratified", backgrounds: "balanced" },
  ),
  suiteMethod(
    "steep, random",
    "more alphas where the output changes most (importance sampling)",
    { alphas: "importance", backgrounds: "random" },
  ),
  suiteMethod(
    "steep, balanced",
    "both",
    { alphas: "importance", backgrounds: "balanced" },
  ),
  // The draws of the method above, so that the correction alone differs.
  suiteMethod(
    "steep, balanced",
    "the same, corrected by the mean of the background (a control variate): " +
      "the default",
    { alphas: "importance", backgrounds: "balanced", control: "background" },
  ),
  reference,
];
