/** Makes a matrix that both sides read, simulated like the demo. */

import { writeNpy } from "../../lib/store/npy.ts";
import { simulate, type Simulation } from "../../lib/simulate/simulate.ts";
import { transformExpression } from "../../lib/prepare/transform.ts";
import { reportMeasurement } from "./measured.ts";

/** The matrix to make. */
export interface MatrixTask {
  /** The path of the files without extension. */
  readonly path: string;
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
  /**
   * `table`: a CSV of transcripts per million. `turned`: the same table with
   * genes in rows. `arrays`: transformed values and the class of each sample,
   * both as NumPy files. `means`: each gene's mean of transcripts per million in
   * each tissue, genes in rows, as a NumPy file.
   */
  readonly kind: "table" | "turned" | "arrays" | "means";
}

/** Significant digits in the CSV; StringTie writes six decimals. */
const DIGITS = 8;

const STUDIES = 6;
const SEED = 42;

await reportMeasurement(async (task: MatrixTask) => {
  const { path, samples, genes, tissues, kind } = task;
  const study = simulate({
    samples,
    genes,
    tissues,
    studies: STUDIES,
    planted: Math.max(1, Math.min(30, Math.floor(genes / (4 * tissues)))),
    effect: 4,
    dispersion: 0.2,
    seed: SEED,
  });
  // In the simulated order, a part of the rows would lack some tissues.
  const order = shuffledRows(samples);
  if (kind === "table") {
    await writeCsv(`${path}.csv`, samplesInRows(study, order));
  } else if (kind === "turned") {
    await writeCsv(`${path}-turned.csv`, genesInRows(study, order));
  } else if (kind === "means") {
    await writeMeans(`${path}-means.npy`, study);
  } else await writeArrays(path, study, order);
  return { seconds: 0, facts: {} };
});

/** All rows, in an order that does not depend on the tissues. */
function shuffledRows(samples: number): number[] {
  // A step that is coprime to the number of samples visits every row.
  let step = Math.floor(samples * 0.618);
  while (greatestDivisor(step, samples) !== 1) step++;
  return Array.from({ length: samples }, (_, row) => row * step % samples);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function* samplesInRows(
  { sampleIds, genes, tissues, tpm }: Simulation,
  order: readonly number[],
): Generator<readonly unknown[]> {
  yield ["sample_id", ...genes, "tissue"];
  for (const row of order) {
    const start = row * genes.length;
    const cells = Array.from(
      tpm.subarray(start, start + genes.length),
      rounded,
    );
    yield [sampleIds[row], ...cells, tissues[row]];
  }
}

function* genesInRows(
  { sampleIds, genes, tissues, tpm }: Simulation,
  order: readonly number[],
): Generator<readonly unknown[]> {
  yield ["gene_id", ...order.map((row) => sampleIds[row])];
  yield ["tissue", ...order.map((row) => tissues[row])];
  for (const [gene, name] of genes.entries()) {
    yield [
      name,
      ...order.map((row) => rounded(tpm[row * genes.length + gene])),
    ];
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Writes under another name first, so that no partial file is kept. */
async function writeCsv(
  path: string,
  rows: Iterable<readonly unknown[]>,
): Promise<void> {
  const encoder = new TextEncoder();
  {
    using file = await Deno.open(`${path}.part`, {
      write: true,
      create: true,
      truncate: true,
    });
    for (const cells of rows) {
      const bytes = encoder.encode(cells.join(",") + "\n");
      for (let written = 0; written < bytes.length;) {
        written += await file.write(bytes.subarray(written));
      }
    }
  }
  await Deno.rename(`${path}.part`, path);
}

async function writeArrays(
  path: string,
  { genes, tissues, tpm }: Simulation,
  order: readonly number[],
): Promise<void> {
  const width = genes.length;
  const values = new Float32Array(tpm.length);
  order.forEach((row, index) =>
    values.set(tpm.subarray(row * width, (row + 1) * width), index * width)
  );
  transformExpression(values, { transform: "log2" });
  const names = [...new Set(tissues)].sort();
  const classes = Float32Array.from(
    order,
    (row) => names.indexOf(tissues[row]),
  );
  await writeNpy(`${path}-classes.npy`, classes, [order.length, 1]);
  await writeNpy(`${path}.npy.part`, values, [order.length, width]);
  await Deno.rename(`${path}.npy.part`, `${path}.npy`);
}

async function writeMeans(
  path: string,
  { genes, tissues, tpm }: Simulation,
): Promise<void> {
  const width = genes.length;
  const names = [...new Set(tissues)].sort();
  const sums = new Float64Array(width * names.length);
  const counts = names.map((name) => tissues.filter((t) => t === name).length);
  tissues.forEach((tissue, row) => {
    const place = names.indexOf(tissue);
    for (let gene = 0; gene < width; gene++) {
      sums[gene * names.length + place] += tpm[row * width + gene];
    }
  });
  const means = Float32Array.from(
    sums,
    (sum, at) => sum / counts[at % names.length],
  );
  await writeNpy(`${path}.part`, means, [width, names.length]);
  await Deno.rename(`${path}.part`, path);
}
