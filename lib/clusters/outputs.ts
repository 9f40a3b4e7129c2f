/** The tables that the stage `clusters` writes. */

import type { Dataset } from "../prepare/dataset.ts";
import { type Row, writeTable } from "../store/csv.ts";
import type { PreparedClustering } from "./clustering_inputs.ts";
import type { GeneSet } from "./gene_sets.ts";
import type {
  GeneSetTask,
  ScoredGeneSet,
  ScoredSpace,
  SpaceTask,
} from "./score_gene_set.ts";

/** A gene set with the task that it was and what came of it. */
export interface FinishedSet {
  readonly set: GeneSet;
  readonly task: GeneSetTask;
  readonly scored: ScoredGeneSet;
}

/** A gene set in one space. */
interface FinishedSpace {
  readonly set: GeneSet;
  readonly task: SpaceTask;
  readonly scored: ScoredSpace;
}

/** Space by space, and within it the gene sets in their order. */
function bySpace(finished: readonly FinishedSet[]): FinishedSpace[] {
  const spaces = finished[0]?.task.spaces ?? [];
  return spaces.flatMap((_, place) =>
    finished.map(({ set, task, scored }) => ({
      set,
      task: task.spaces[place],
      scored: scored[place],
    }))
  );
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
    bySpace(finished).flatMap(({ set, task, scored }) =>
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

/** `embeddings.csv`: a row a sample, gene set and space that is drawn. */
export function writeEmbeddings(
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): string {
  return writeTable(
    ["gene_set", "space", "sample_id", "x", "y"],
    bySpace(finished).flatMap(({ set, task, scored: { plane } }) =>
      plane === null ? [] : rows.map((row, place): Row => ({
        gene_set: set.name,
        space: task.space,
        sample_id: dataset.sampleIds[row],
        x: plane[place * 2],
        y: plane[place * 2 + 1],
      }))
    ),
  );
}

/** `assignments.csv`: a row a sample, repeat, gene set and space. */
export function writeAssignments(
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): string {
  return writeTable(
    ["gene_set", "space", "repeat", "sample_id", "tissue", "cluster"],
    bySpace(finished).flatMap(({ set, task, scored }) =>
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
      "neighbors",
      "samples",
      "components",
    ],
    finished.map(({ set, task }): Row => {
      const taskIn = (space: string) =>
        task.spaces.find((one) => one.space === space);
      return {
        gene_set: set.name,
        genes: set.columns.length,
        unknown: set.unknown.length,
        gene_seed: set.geneSeed,
        umap_seed: taskIn("umap")?.embeddingSeed ?? null,
        k: setup.clusters,
        neighbors: setup.neighbors,
        samples: rows.length,
        components: taskIn("pca")
          ? Math.min(setup.components, set.columns.length)
          : null,
      };
    }),
  );
}
