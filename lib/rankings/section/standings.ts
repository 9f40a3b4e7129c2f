/** How the rankings do by known genes and over half samples. */

import type { Standing } from "../../report/standings.ts";
import type { GenesetsSummary } from "../outputs.ts";
import { VERDICT_DEPTH } from "../recovery.ts";
import { CONSENSUS } from "../shap_rankings.ts";

/** Depths that are shown: the first few genes, and the verdict's. */
const DEPTHS = [10, VERDICT_DEPTH];

/** Known genes found, and stability, as far as they were measured. */
export function genesetsStandings(
  { truth, stability }: GenesetsSummary,
): Standing[] {
  const known = truth === null ? [] : DEPTHS.flatMap((k): Standing[] => {
    const values = truth.rankings.flatMap(
      ({ method, depths }): [string, number][] => {
        const at = depths.find((each) => each.k === k);
        // It lists few genes, which counts as if others followed.
        return at === undefined || method === CONSENSUS
          ? []
          : [[method, at.precision.mean]];
      },
    );
    return values.length === 0 ? [] : [{
      measure: `known genes among the first ${k}`,
      best_at: `finding known genes in the first ${k} of a tissue`,
      digits: 2,
      values: new Map(values),
    }];
  });
  const indices = (stability?.methods ?? []).flatMap(
    ({ method, index }): [string, number][] =>
      index === null ? [] : [[method, index]],
  );
  return indices.length === 0 ? known : [...known, {
    measure: "stability index",
    best_at: "naming the same genes from half of the samples",
    digits: 2,
    values: new Map(indices),
  }];
}
