import assert from "node:assert/strict";
import { drawModules, varyModules } from "../../lib/simulate/counts.ts";
import { RandomStream } from "../../lib/random.ts";

Deno.test("modules: ten of 30 different genes", () => {
  const modules = drawModules(2000, 10, new RandomStream(1));
  assert.deepEqual(modules.map(({ length }) => length), Array(10).fill(30));
  const genes = modules.flat().map(({ gene }) => gene);
  assert.equal(new Set(genes).size, 300);
  assert.deepEqual(drawModules(2000, 0, new RandomStream(1)), []);
});

Deno.test("modules: genes vary together by their loadings", () => {
  const modules = drawModules(200, 2, new RandomStream(1));
  const abundance = new Float64Array(200).fill(1);
  varyModules(abundance, modules, new RandomStream(2));
  for (const members of modules) {
    const factors = members.map(({ gene, loading }) =>
      Math.log2(abundance[gene]) / loading
    );
    for (const factor of factors) {
      assert.ok(Math.abs(factor - factors[0]) < 1e-12);
    }
  }
  assert.equal(abundance.filter((value) => value !== 1).length, 6);
});
