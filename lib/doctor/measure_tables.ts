/** Times reading, distances, tables and figures on this machine. */

import { createHash } from "node:crypto";
import { symmetricEigen } from "../ml/pca/symmetric_eigen.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { drawSamplesPerTissue } from "../prepare/figures/samples_per_tissue.ts";
import { filteredGenes } from "../prepare/outputs.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { rankTissues } from "../rankings/rank_tissues.ts";
import { welchRanking } from "../rankings/welch_t.ts";
import type { TableCosts } from "./costs.ts";
import { timeLogistic } from "./measure_logistic.ts";
import { timeTrees } from "./measure_trees.ts";
import { seconds, timeRepeatedly } from "./stopwatch.ts";

/** What is timed at most. */
const SAMPLES = 600;
const GENES = 4000;
const BYTES = 2 ** 25;

/** Seconds that each piece of work is timed for, at least. */
const TIMED = 0.3;

/** Work on fewer samples is short, and V8 compiles it at first. */
const FEW = 200;

/** @param placing Seconds to lay the matrix out with its decoys. */
export async function measureTables(
  dataset: Dataset,
  placing: number,
): Promise<TableCosts> {
  const samples = Math.min(SAMPLES, dataset.sampleIds.length);
  const genes = Math.min(GENES, dataset.genes.length);
  const part = takeCorner(dataset, samples, genes);
  const bytes = new Uint8Array(
    dataset.values.buffer,
    0,
    Math.min(BYTES, dataset.values.byteLength),
  );
  const hashing = await timeRepeatedly(
    () => createHash("sha256").update(bytes).digest("hex"),
    { least: 0 },
  );
  const distances = () => squaredDistances(part, part, genes);
  const [squares] = await seconds(distances);
  const distance = await timeRepeatedly(distances, {
    least: TIMED,
    warmUps: 0,
  });
  const eigen = await timeRepeatedly(
    () => symmetricEigen(Float64Array.from(squares), samples),
    { least: TIMED, warmUps: samples < FEW ? 3 : 0 },
  );
  return {
    loadByte: hashing / bytes.byteLength + placing / dataset.values.byteLength,
    cell: await timeCells(),
    figure: await timeFigure(dataset),
    distance: distance / (samples ** 2 * genes),
    eigen: eigen / samples ** 3,
    welch: await timeWelch(dataset, genes),
    logistic: await timeLogistic(takeGenes(dataset, genes)),
    tree: await timeTrees(takeGenes(dataset, genes), TIMED),
  };
}

/** The first genes of the first samples. */
function takeCorner(
  { values, genes }: Pick<Dataset, "values" | "genes">,
  samples: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  const corner = new Float32Array(samples * columns);
  for (let row = 0; row < samples; row++) {
    const from = row * genes.length;
    corner.set(values.subarray(from, from + columns), row * columns);
  }
  return corner;
}

/** The first genes of all samples. */
function takeGenes(dataset: Dataset, genes: number): Dataset {
  return {
    ...dataset,
    genes: dataset.genes.slice(0, genes),
    geneFacts: dataset.geneFacts.slice(0, genes),
    values: takeCorner(dataset, dataset.sampleIds.length, genes),
  };
}

/** Seconds a cell of a table. */
async function timeCells(): Promise<number> {
  const rows = Array.from({ length: GENES }, (_, index) => ({
    gene: `gene${index}`,
    name: null,
    samples_reaching: index,
    max: Math.sqrt(index),
  }));
  const time = await timeRepeatedly(() => filteredGenes.format(rows), {
    least: 0.1,
  });
  return time / (rows.length * 4);
}

/** Seconds a figure. */
async function timeFigure({ tissueNames }: Dataset): Promise<number> {
  const rows = tissueNames.map((tissue, index) => ({
    tissue,
    train: index + 8,
    validation: 1,
    test: 2,
  }));
  return await timeRepeatedly(() => drawSamplesPerTissue({ rows }), {
    least: 0.2,
  });
}

/**
 * Other methods' times were measured beside Welch's t with Student's p, which
 * takes so many times as long: 3.6 to 4.8 on 60 to 900 samples.
 */
const WITH_P = 4;

/** Seconds of Welch's t with p and the rank of a gene in a tissue. */
async function timeWelch(dataset: Dataset, genes: number): Promise<number> {
  const part = takeGenes(dataset, genes);
  const input = {
    dataset: part,
    rows: [...dataset.sampleIds.keys()],
    contrasts: tissueContrasts(part),
  };
  const time = await timeRepeatedly(
    () => rankTissues(welchRanking, input),
    { least: TIMED },
  );
  return WITH_P * time / (genes * dataset.tissueNames.length);
}
