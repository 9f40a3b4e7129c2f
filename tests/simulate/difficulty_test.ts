/** The demo is neither trivial nor hopeless for the simplest methods. */

import assert from "node:assert/strict";
import { isTrueUp } from "../../lib/simulate/outputs.ts";
import { simulate, type Simulation } from "../../lib/simulate/simulate.ts";
import { mean } from "../../lib/statistics/describe.ts";

/** log2(TPM + 1) of each sample. */
function logRows({ tpm, genes, sampleIds }: Simulation): Float64Array[] {
  return sampleIds.map((_, row) =>
    tpm.slice(row * genes.length, (row + 1) * genes.length)
      .map((value) => Math.log2(value + 1))
  );
}

/** Mean and variance / n of each gene. */
function summarize(rows: readonly Float64Array[]) {
  const means = rows[0].map((_, gene) => mean(rows.map((row) => row[gene])));
  const errors = means.map((center, gene) =>
    rows.reduce((sum, row) => sum + (row[gene] - center) ** 2, 0) /
    (rows.length - 1) / rows.length
  );
  return { means, errors };
}

/** Gene columns by Welch's t of a tissue against all other samples. */
function rankByWelch(
  demo: Simulation,
  rows: readonly Float64Array[],
  tissue: string,
): number[] {
  const inside = summarize(
    rows.filter((_, row) => demo.tissues[row] === tissue),
  );
  const outside = summarize(
    rows.filter((_, row) => demo.tissues[row] !== tissue),
  );
  const t = inside.means.map((own, gene) => {
    const error = Math.sqrt(inside.errors[gene] + outside.errors[gene]);
    return error === 0 ? 0 : (own - outside.means[gene]) / error;
  });
  return Array.from(t.keys()).sort((a, b) => t[b] - t[a] || a - b);
}

/** Macro F1 of the nearest centroid, each study held out in turn. */
function centroidF1(demo: Simulation, rows: readonly Float64Array[]): number {
  const names = [...new Set(demo.tissues)];
  const predicted: string[] = [];
  for (const study of new Set(demo.studies)) {
    const centroids = names.map((name) =>
      summarize(
        rows.filter((_, row) =>
          demo.studies[row] !== study && demo.tissues[row] === name
        ),
      ).means
    );
    rows.forEach((values, row) => {
      if (demo.studies[row] !== study) return;
      const distances = centroids.map((centroid) =>
        values.reduce((sum, x, gene) => sum + (x - centroid[gene]) ** 2, 0)
      );
      predicted[row] = names[distances.indexOf(Math.min(...distances))];
    });
  }
  return mean(names.map((name) => {
    const count = (test: (isTrue: boolean, isPredicted: boolean) => boolean) =>
      predicted.filter((guess, row) =>
        test(demo.tissues[row] === name, guess === name)
      ).length;
    const hits = count((own, guess) => own && guess);
    return 2 * hits / (2 * hits + count((own, guess) => own !== guess));
  }));
}

for (const seed of [42, 7]) {
  Deno.test(`difficulty: seed ${seed}`, async (t) => {
    const demo = simulate({ seed });
    const rows = logRows(demo);
    const best = new Map(
      [...new Set(demo.tissues)].map((tissue) => {
        const up = demo.truth
          .filter((row) => row.tissue === tissue && isTrueUp(row))
          .map(({ gene }) => gene);
        const genes = rankByWelch(demo, rows, tissue).slice(0, up.length)
          .map((column) => demo.genes[column]);
        return [tissue, { up: new Set(up), genes }];
      }),
    );

    await t.step("Welch's t finds most up genes, not all", () => {
      const precision = mean(
        [...best.values()].map(({ up, genes }) =>
          genes.filter((gene) => up.has(gene)).length / genes.length
        ),
      );
      assert.ok(precision > 0.7 && precision < 0.95, `${precision}`);
    });

    await t.step("some of its best genes are those of the one study", () => {
      const biased = demo.truth.filter(({ kind }) => kind === "study");
      const { genes } = best.get(biased[0].tissue)!;
      const misled = biased.filter(({ gene }) => genes.includes(gene)).length;
      assert.ok(misled >= 3 && misled < 25, `${misled}`);
    });

    await t.step("the nearest centroid recognizes most samples", () => {
      const f1 = centroidF1(demo, rows);
      assert.ok(f1 > 0.8 && f1 < 0.98, `${f1}`);
    });
  });
}
