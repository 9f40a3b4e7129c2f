/** Rows of the tables, and data of the figures, from the gene sets' scores. */

import { countOf } from "../cli/text.ts";
import type { SelectedGeneSet } from "../gene_sets/gene_set_method.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { RowOf } from "../store/table.ts";
import type { ClusteringInputs } from "./clustering_inputs.ts";
import type { Embedding } from "./figures/embedding.ts";
import type { VMeasures } from "./figures/v_measures.ts";
import type {
  assignments,
  embeddings,
  geneSetGenes,
  geneSets,
  scores,
} from "./outputs.ts";
import type {
  GeneSetTask,
  ScoredGeneSet,
  ScoredSpace,
  SpaceTask,
} from "./score_gene_set.ts";
import { pcaSpace } from "./spaces/pca.ts";
import type { Space } from "./spaces/space.ts";
import { umapSpace } from "./spaces/umap.ts";

/** A gene set with its task and what came of it. */
export interface FinishedSet {
  readonly set: SelectedGeneSet;
  readonly task: GeneSetTask;
  readonly scored: ScoredGeneSet;
}

/** A gene set in one space. */
export interface FinishedSpace {
  readonly set: SelectedGeneSet;
  readonly space: Space;
  readonly task: SpaceTask;
  readonly scored: ScoredSpace;
}

/** The samples that were clustered. */
interface ClusteredSamples {
  readonly dataset: Pick<Dataset, "sampleIds" | "tissues">;
  readonly rows: readonly number[];
}

/** Space by space, and within it the gene sets in their order. */
export function bySpace(
  spaces: readonly Space[],
  finished: readonly FinishedSet[],
): FinishedSpace[] {
  return spaces.flatMap((space, index) =>
    finished.map(({ set, task, scored }) => ({
      set,
      space,
      task: task.spaces[index],
      scored: scored[index],
    }))
  );
}

/** A row a gene set, with its seeds. */
export function geneSetRows(
  finished: readonly FinishedSet[],
  { setup, rows }: ClusteringInputs,
): RowOf<typeof geneSets>[] {
  return finished.map(({ set, task }) => {
    const taskIn = ({ name }: Space) =>
      task.spaces.find(({ space }) => space === name);
    return {
      gene_set: set.name,
      kind: set.kind,
      genes: set.columns.length,
      genes_not_in_matrix: set.notInMatrix.length,
      gene_seed: set.geneSeed,
      umap_seed: taskIn(umapSpace)?.embeddingSeed ?? null,
      k: setup.clusters,
      n_neighbors: setup.neighbors,
      samples: rows.length,
      components: taskIn(pcaSpace)
        ? Math.min(setup.components, set.columns.length)
        : null,
    };
  });
}

/** A row a gene of the sets that are neither random nor all genes. */
export function geneSetGeneRows(
  sets: readonly SelectedGeneSet[],
  genes: readonly string[],
): RowOf<typeof geneSetGenes>[] {
  return sets.filter(({ kind }) => kind === "method" || kind === "file")
    .flatMap(({ name, columns }) =>
      Array.from(columns, (column) => ({ gene_set: name, gene: genes[column] }))
    );
}

/** A row a k-means run. */
export function scoreRows(
  finished: readonly FinishedSpace[],
): RowOf<typeof scores>[] {
  return finished.flatMap(({ set, space, scored }) =>
    scored.repeats.map((run, index) => ({
      gene_set: set.name,
      genes: set.columns.length,
      space: space.name,
      repeat: index + 1,
      kmeans_seed: run.kmeansSeed,
      homogeneity: run.homogeneity,
      completeness: run.completeness,
      v_measure: run.vMeasure,
      ami: run.ami,
      ari: run.ari,
    }))
  );
}

/** A row a sample, gene set and space that is plotted. */
export function embeddingRows(
  finished: readonly FinishedSpace[],
  { dataset, rows }: ClusteredSamples,
): RowOf<typeof embeddings>[] {
  return finished.flatMap(({ set, space, scored: { plane } }) =>
    plane === null ? [] : rows.map((row, index) => ({
      gene_set: set.name,
      space: space.name,
      sample_id: dataset.sampleIds[row],
      x: plane[index * 2],
      y: plane[index * 2 + 1],
    }))
  );
}

/** A row a sample, k-means run, gene set and space. */
export function assignmentRows(
  finished: readonly FinishedSpace[],
  { dataset, rows }: ClusteredSamples,
): RowOf<typeof assignments>[] {
  return finished.flatMap(({ set, space, scored }) =>
    scored.repeats.flatMap((run, repeat) =>
      rows.map((row, index) => ({
        gene_set: set.name,
        space: space.name,
        repeat: repeat + 1,
        sample_id: dataset.sampleIds[row],
        tissue: dataset.tissues[row],
        cluster: run.assignments[index],
      }))
    )
  );
}

/** What the figure of a gene set in a space shows; null if it is not drawn. */
export function embeddingOf(
  { set, space, scored: { plane } }: FinishedSpace,
  { dataset, rows }: ClusteredSamples,
): Embedding | null {
  // Of the other sets, one figure each is enough.
  const isDrawn = space.name === umapSpace.name || set.kind === "method";
  return plane === null || !isDrawn ? null : {
    title: `${space.plotTitle} of ${countOf(rows.length, "sample")} on ` +
      `${countOf(set.columns.length, "gene")} (${set.name})`,
    points: rows.map((row, index) => ({
      sampleId: dataset.sampleIds[row],
      tissue: dataset.tissues[row],
      x: plane[index * 2],
      y: plane[index * 2 + 1],
    })),
  };
}

/** The V-measures of all gene sets in all spaces. */
export function vMeasuresOf(finished: readonly FinishedSpace[]): VMeasures {
  return {
    rows: finished.flatMap(({ set, space, scored }) =>
      scored.repeats.map(({ vMeasure }) => ({
        geneSet: set.name,
        kind: set.kind,
        genes: set.columns.length,
        space: space.title,
        vMeasure,
      }))
    ),
  };
}
