/** Indices of specificity of all genes. */

import {
  expressionEnrichment,
  gini,
  jensenShannon,
  shannonSpecificity,
  spm,
  tau,
  tsi,
  zScores,
} from "../../lib/statistics/specificity.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";
import { writeNumbers } from "./write_numbers.ts";

/** What to measure. */
export interface SpecificityTask {
  /** A NumPy file, genes x tissues, made by `make_matrix.ts`. */
  readonly means: string;
  /**
   * Where the indices are written: float64; first those with one number a
   * gene, then those with one a tissue, gene after gene.
   */
  readonly out: string;
}

const byGene = { tau, Gini: gini, Shannon: shannonSpecificity };
const byTissue = { TSI: tsi, SPM: spm, z: zScores, JS: jensenShannon };

await reportMeasurement(async ({ means, out }: SpecificityTask) => {
  const { data, shape: [genes, tissues] } = await readNpy(means);
  const values = Float64Array.from(data);
  const ofGenes = Object.entries(byGene).map(([name, index]) => ({
    name,
    index,
    found: new Float64Array(genes),
  }));
  const ofTissues = Object.entries(byTissue).map(([name, index]) => ({
    name,
    index,
    found: new Float64Array(genes * tissues),
  }));
  const ee = new Float64Array(genes * tissues);
  const pem = new Float64Array(genes * tissues);
  const start = performance.now();
  const sums = new Float64Array(tissues);
  values.forEach((x, at) => sums[at % tissues] += x);
  for (let gene = 0; gene < genes; gene++) {
    const from = gene * tissues;
    const profile = values.subarray(from, from + tissues);
    for (const { index, found } of ofGenes) found[gene] = index(profile);
    for (const { index, found } of ofTissues) found.set(index(profile), from);
    const enrichment = expressionEnrichment(profile, sums);
    ee.set(enrichment, from);
    pem.set(enrichment.map(Math.log10), from);
  }
  const seconds = secondsSince(start);
  const all = [...ofGenes, ...ofTissues];
  await writeNumbers(out, all.map(({ found }) => found));
  return {
    seconds,
    facts: Object.fromEntries(
      all.map(({ name, found }) => [
        // The plain means of shares and of z are the same whatever they are.
        `mean square of ${name}`,
        found.reduce((sum, x) => sum + x ** 2, 0) / found.length,
      ]),
    ),
  };
});
