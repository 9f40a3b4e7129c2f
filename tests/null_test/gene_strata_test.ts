/** Strata of genes with similar expression. */

import assert from "node:assert/strict";
import { openStream } from "../../lib/random.ts";
import { stratifyGenes } from "../../lib/null_test/gene_strata.ts";

/** The genes of each stratum. */
function membersOf(strata: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  strata.forEach((stratum, gene) =>
    members.set(stratum, [...(members.get(stratum) ?? []), gene])
  );
  return members;
}

Deno.test("2,000 genes make 100 strata of 20", () => {
  const { uniform } = openStream(1, "strata");
  const means = Float64Array.from({ length: 2000 }, uniform);
  const sds = Float64Array.from({ length: 2000 }, uniform);
  const members = membersOf(stratifyGenes(means, sds));
  assert.equal(members.size, 100);
  assert.ok([...members.values()].every(({ length }) => length === 20));
  // Strata with one mean bin have no mean in common with the next.
  const meanOf = (stratum: number) =>
    members.get(stratum)!.map((gene) => means[gene]);
  const highest = Math.max(...[0, 1, 5, 9].flatMap(meanOf));
  const lowest = Math.min(...[10, 14, 19].flatMap(meanOf));
  assert.ok(highest < lowest);
  const sdOf = (stratum: number) =>
    members.get(stratum)!.map((gene) => sds[gene]);
  assert.ok(Math.max(...sdOf(33)) < Math.min(...sdOf(34)));
});

Deno.test("few genes make few strata", () => {
  const strataOf = (genes: number) => {
    const values = Float64Array.from({ length: genes }, (_, gene) => gene);
    return membersOf(stratifyGenes(values, values)).size;
  };
  assert.deepEqual([1, 79, 80, 180, 500].map(strataOf), [1, 3, 4, 9, 25]);
  // A statistic that tells nothing leaves its bins to the next one.
  const values = Float64Array.from({ length: 2000 }, (_, gene) => gene);
  const nothing = new Float64Array(2000);
  assert.equal(membersOf(stratifyGenes(values, nothing, values)).size, 40);
  assert.equal(membersOf(stratifyGenes(nothing, values)).size, 10);
});

Deno.test("genes that no sample expresses have a stratum of their own", () => {
  const { uniform } = openStream(2, "silent");
  for (const silent of [30, 500]) {
    const means = Float64Array.from(
      { length: 3000 },
      (_, gene) =>
        gene % Math.round(3000 / silent) === 0 ? 0.03 : 1 + uniform(),
    );
    const sds = means.map((mean) => mean < 1 ? 0 : 0.1 + uniform());
    const strata = stratifyGenes(means, sds);
    const own = membersOf(strata).get(strata[0])!;
    assert.equal(own.length, silent);
    assert.ok(own.every((gene) => sds[gene] === 0));
  }
});

Deno.test("the order of the genes does not matter", () => {
  const { uniform } = openStream(3, "order");
  const means = Float64Array.from(
    { length: 400 },
    () => Math.floor(20 * uniform()),
  );
  const sds = Float64Array.from({ length: 400 }, uniform);
  const there = stratifyGenes(means, sds);
  const back = stratifyGenes(means.toReversed(), sds.toReversed());
  assert.deepEqual(back.toReversed(), there);
});
