/** Measures how stable the simple rankings are over the samples. */

import type { RandomStream } from "../../random.ts";
import { mean } from "../../statistics/describe.ts";
import type { RankedTissue } from "../rank_tissues.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import {
  countWholeGroups,
  drawHalf,
} from "../../prepare/split/half_samples.ts";
import {
  countHalves,
  type MeasuredStability,
  measureStability,
} from "./measure_stability.ts";
import type { RepeatedRanking } from "./repeat_rankings.ts";

/** A method with its lists on all samples. */
export interface RankedMethod {
  readonly method: RankingMethod;
  readonly ranked: readonly RankedTissue[];
}

/**
 * Makes the simple rankings again on halves of the samples, and compares the
 * lists.
 *
 * @param input All samples.
 * @param options How many halves, at least 2; how many of a tissue's first
 * genes are compared; the stream of each half, from 1; what ranks the halves.
 */
export async function measureOverHalves(
  ranked: readonly RankedMethod[],
  input: RankingInput,
  { halves: count, first, stream, repeat }: {
    readonly halves: number;
    readonly first: number;
    readonly stream: (half: number) => RandomStream;
    readonly repeat: (
      methods: readonly RankingMethod[],
      halves: readonly (readonly number[])[],
    ) => Promise<RepeatedRanking[]> | RepeatedRanking[];
  },
): Promise<MeasuredStability> {
  const { dataset, rows, contrasts } = input;
  const halves = Array.from(
    { length: count },
    (_, half) => drawHalf(dataset, rows, stream(half + 1)),
  );
  const tissues = countHalves(
    dataset.tissues,
    rows,
    halves,
    contrasts.map(({ tissue }) => tissue),
  );
  const repeated = await repeat(ranked.map(({ method }) => method), halves);
  return {
    halves: count,
    differentHalves: new Set(halves.map((rows) => rows.join())).size,
    samplesInHalf: mean(halves.map(({ length }) => length)),
    wholeGroups: countWholeGroups(dataset, rows),
    first,
    tissues,
    shapHalves: null,
    methods: repeated.map((each, index) =>
      measureStability(
        each,
        ranked[index].ranked,
        tissues,
        first,
        dataset.genes.length,
      )
    ),
  };
}
