/** The tables that the stage `clusters` writes. */

import type { Dataset } from "../expression/dataset.ts";
import { type Row, writeTable } from "../run/table.ts";
import type { PreparedClustering } from "./cluster_setup.ts";
import type { GeneSet } from "./gene_sets.ts";
import type { GeneSetTask, ScoredGeneSet } from "./score_gene_set.ts";

/** A gene set with the task that it was and what came of it. */
export interface FinishedSet {
  readonly set: GeneSet;
  readonly task: GeneSetTask;
  readonly scored: ScoredGeneSet;
}

/** `scores.csv`: a row a repeat. */
export function writeScores(finished: readonly FinishedSet[]): string {
  return writeTable(
    [
      "gene_set",
      "genes",
      "space",
      "repeat",
      "kmeans_seed",
      "homogeneity",
      "completeness",
      "v_measure",
      "ami",
      "ari",
    ],
    finished.flatMap(({ set, task, scored }) =>
      scored.repeats.map((repeat, index): Row => ({
        gene_set: set.name,
        genes: set.columns.length,
        space: task.space,
        repeat: index + 1,
        kmeans_seed: repeat.kmeansSeed,
        homogeneity: repeat.homogeneity,
        completeness: repeat.completeness,
        v_measure: repeat.vMeasure,
        ami: repeat.ami,
        ari: repeat.ari,
      }))
    ),
  );
}

/** `embeddings.csv`: a row a sample and gene set. */
export function writeEmbeddings(
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): string {
  return writeTable(
    ["gene_set", "space", "sample_id", "x", "y"],
    finished.flatMap(({ set, task, scored: { embedding } }) =>
      rows.map((row, place): Row => ({
        gene_set: set.name,
        space: task.space,
        sample_id: dataset.sampleIds[row],
        x: embedding.points[place * embedding.dimensions],
        y: embedding.points[place * embedding.dimensions + 1],
      }))
    ),
  );
}

/** `assignments.csv`: a row a sample, repeat and gene set. */
export function writeAssignments(
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): string {
  return writeTable(
    ["gene_set", "space", "repeat", "sample_id", "tissue", "cluster"],
    finished.flatMap(({ set, task, scored }) =>
      scored.repeats.flatMap((repeat, index) =>
        rows.map((row, place): Row => ({
          gene_set: set.name,
          space: task.space,
          repeat: index + 1,
          sample_id: dataset.sampleIds[row],
          tissue: dataset.tissues[row],
          cluster: repeat.assignments[place],
        }))
      )
    ),
  );
}

/** `sets.csv`: a row a gene set, with the seeds that made it. */
export function writeSets(
  finished: readonly FinishedSet[],
  { setup, rows }: PreparedClustering,
): string {
  return writeTable(
    [
      "gene_set",
      "genes",
      "unknown",
      "gene_seed",
      "umap_seed",
      "k",
      "neighbours",
      "samples",
    ],
    finished.map(({ set, task }): Row => ({
      gene_set: set.name,
      genes: set.columns.length,
      unknown: set.unknown.length,
      gene_seed: set.geneSeed,
      umap_seed: task.embeddingSeed,
      k: setup.clusters,
      neighbours: setup.neighbours,
      samples: rows.length,
    })),
  );
}
