/** How the rankings' lists do in another cohort. */

import type { Standing } from "../../report/standings.ts";
import { type ExternalFindings, VERDICT_DEPTH } from "./findings.ts";

/** The share of the first genes that are up there, too; none without a cohort. */
export function externalStandings({ cohort }: ExternalFindings): Standing[] {
  const at = (cohort?.replication ?? []).filter(({ first }) =>
    first === VERDICT_DEPTH
  );
  // A ranking without a list for a hard tissue would look better than it is.
  const tissues = Math.max(0, ...at.map(({ tissues }) => tissues));
  const values = at.flatMap(({ ranking, found, tissues: own }) =>
    found === null || own !== tissues ? [] : [[ranking, found.up] as const]
  );
  return values.length === 0 ? [] : [{
    measure: `of the first ${VERDICT_DEPTH}, up in another cohort`,
    best_at: "naming genes that are up in another cohort, too",
    digits: 2,
    values: new Map(values),
  }];
}
