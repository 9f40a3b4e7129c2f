/** Scores of methods, computed once for each input: a consensus needs others'. */

import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";

type Scorer = (input: RankingInput) => readonly TissueScores[];

const scored = new WeakMap<
  RankingInput,
  Map<RankingMethod, readonly TissueScores[]>
>();
const scorers = new WeakMap<RankingInput, Map<RankingMethod, Scorer>>();

/** A method's scores on an input, computed once. */
export function scoresOf(
  method: RankingMethod,
  input: RankingInput,
): readonly TissueScores[] {
  return once(scored, input, method, () => method.rank(input));
}

/**
 * A method's scores on parts of the samples, by `forParts` if it has it; each
 * part is scored once, whoever asks.
 *
 * @param input All samples that a part may hold.
 */
export function partScorer(
  method: RankingMethod,
  input: RankingInput,
): Scorer {
  return once(scorers, input, method, () => {
    const scorer = method.forParts?.(input, shareOf(method, input)) ??
      ((part: RankingInput) => method.rank(part));
    const known = new WeakMap<RankingInput, readonly TissueScores[]>();
    return (part) => {
      let scores = known.get(part);
      if (scores === undefined) known.set(part, scores = scorer(part));
      return scores;
    };
  });
}

const shares = new WeakMap<RankingInput, Map<RankingMethod, unknown>>();

/** What a method's parts of an input share, computed once. */
export function shareOf(method: RankingMethod, input: RankingInput): unknown {
  return once(shares, input, method, () => method.share?.(input));
}

/** Keeps what was computed elsewhere: `shareOf` then gives it. */
export function keepShare(
  method: RankingMethod,
  input: RankingInput,
  value: unknown,
): void {
  once(shares, input, method, () => value);
}

/** A value that belongs to an input and a method, computed once. */
export function once<Value>(
  kept: WeakMap<RankingInput, Map<RankingMethod, Value>>,
  input: RankingInput,
  method: RankingMethod,
  compute: () => Value,
): Value {
  let byMethod = kept.get(input);
  if (byMethod === undefined) kept.set(input, byMethod = new Map());
  if (!byMethod.has(method)) byMethod.set(method, compute());
  return byMethod.get(method)!;
}
