/** A gene set of which a part is random, so that its tests are at stake. */

import type { GenePool } from "../../lib/null_test/null_models/null_model.ts";
import { matchedNull } from "../../lib/null_test/null_models/matched.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";

/**
 * The set with a share of its genes replaced by others with similar
 * expression: always the same ones.
 *
 * @param pool Of the whole set.
 * @param share In [0, 1].
 * @returns As many columns, ascending.
 */
export function replaceGenes(
  columns: Uint32Array,
  pool: GenePool,
  share: number,
): Uint32Array {
  if (share === 0) return columns;
  const stream = openStream(1, "verdict_luck/replaced");
  const kept = Array.from(
    stream.sample(
      columns.length,
      Math.round((1 - share) * columns.length),
    ),
    (index) => columns[index],
  );
  const set = new Set(kept);
  for (let draw = 1; set.size < columns.length; draw++) {
    const others = matchedNull.draw(pool, deriveSeed(1, `replaced/${draw}`));
    for (const index of stream.sample(others.length, others.length)) {
      if (set.size < columns.length) set.add(others[index]);
    }
  }
  return Uint32Array.from(set).sort();
}
