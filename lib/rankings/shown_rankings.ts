/** Which of many rankings tables, figures and the last line have room for. */

import { percent } from "../cli/numbers.ts";
import { withCommas } from "../cli/text.ts";
import { rankingNames, type TruthSummary } from "./outputs.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import { type RankingRecovery, VERDICT_DEPTH } from "./recovery.ts";

/** SHAP's rankings and those that every run makes. */
export function inEveryRun<Each extends { readonly name: string }>(
  rankings: readonly Each[],
  methods: readonly RankingMethod[],
): Each[] {
  const names = rankingNames(methods);
  return rankings.filter(({ name }) => names.includes(name));
}

/** Those of every run and the best of the others: a figure has no room for all. */
export function withBest(
  measured: readonly RankingRecovery[],
  methods: readonly RankingMethod[],
): RankingRecovery[] {
  const names = rankingNames(methods);
  const isCommon = ({ ranking: { name } }: RankingRecovery) =>
    names.includes(name);
  const precision = ({ depths }: RankingRecovery) =>
    depths.findLast(({ k }) => k <= VERDICT_DEPTH)?.precision.mean ?? 0;
  const others = measured.filter((each) => !isCommon(each));
  return [
    ...measured.filter(isCommon),
    ...others.toSorted((a, b) => precision(b) - precision(a)).slice(0, 1),
  ];
}

/** The stage's result in words. */
export function describe(
  methods: readonly RankingMethod[],
  all: readonly RankingMethod[],
  { rows, contrasts }: RankingInput,
  truth: TruthSummary | null,
): string {
  const more = all.length - methods.length;
  const ranked = `${methods.map(({ title }) => title).join(", ")}${
    more > 0 ? ` and ${more} more` : ""
  } on ${withCommas(rows.length)} samples of ${contrasts.length} tissues`;
  if (truth === null) return ranked;
  const depth = truth.rankings[0].depths.findLast(({ k }) =>
    k <= VERDICT_DEPTH
  );
  if (depth === undefined) return ranked;
  return `Known genes among each tissue's first ${depth.k}: ` +
    truth.rankings.filter(({ method }) =>
      rankingNames(methods).includes(method)
    ).map(({ title, depths }) =>
      `${title} ${
        percent(depths.find(({ k }) => k === depth.k)!.precision.mean)
      }`
    ).join(", ");
}
