/** The rows of each table, and the data of each figure, of the scored sets. */

import { countOf } from "../cli/text.ts";
import type { SelectedGeneSet } from "../gene_sets/gene_set_method.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ClusteringInputs } from "./clustering_inputs.ts";
import {
  assignments,
  embeddingFigure,
  embeddings,
  geneSetGenes,
  geneSets,
  repeatRow,
  scores,
  vMeasures,
} from "./outputs.ts";
import type { ScoredGeneSet } from "./score_gene_set.ts";
import { pcaSpace } from "./spaces/pca.ts";
import type { Space } from "./spaces/space.ts";
import { umapSpace } from "./spaces/umap.ts";

export interface FinishedSet {
  readonly set: SelectedGeneSet;
  readonly scored: ScoredGeneSet;
}

export async function writeResults(
  { write, draw }: Pick<StageContext, "write" | "draw">,
  { genes, geneFacts, sampleIds, tissues }: Dataset,
  { setup, rows, spaces }: ClusteringInputs,
  finished: readonly FinishedSet[],
): Promise<void> {
  const samples = rows.map((row) => ({
    sample_id: sampleIds[row],
    tissue: tissues[row],
  }));
  // Space by space, and within it the gene sets in their order.
  const inSpaces = spaces.flatMap((space, index) =>
    finished.map(({ set, scored }) => ({ ...scored[index], set, space }))
  );
  await write(
    geneSets,
    finished.map(({ set, scored }) => {
      const scoredIn = ({ name }: Space) =>
        scored.find(({ space }) => space === name);
      return {
        gene_set: set.name,
        kind: set.kind,
        genes: set.columns.length,
        genes_not_in_matrix: set.notInMatrix.length,
        gene_seed: set.geneSeed,
        umap_seed: scoredIn(umapSpace)?.repeats[0].embeddingSeed ?? null,
        k: setup.clusters,
        n_neighbors: setup.neighbors,
        samples: rows.length,
        profiles: scored[0].profiles,
        components: scoredIn(pcaSpace)
          ? Math.min(setup.components, set.columns.length)
          : null,
        n_init: setup.restarts,
        n_init_high_dim: setup.restartsHighDim,
      };
    }),
  );
  await write(
    geneSetGenes,
    finished.filter(({ set: { kind } }) => kind === "method" || kind === "file")
      .flatMap(({ set: { name, columns } }) =>
        Array.from(columns, (column) => ({
          gene_set: name,
          gene: genes[column],
          name: geneFacts[column].name,
        }))
      ),
  );
  await write(
    scores,
    inSpaces.flatMap(({ set, space, repeats }) =>
      repeats.map((run) => ({
        gene_set: set.name,
        genes: set.columns.length,
        space: space.name,
        ...repeatRow(run),
        ami: run.ami,
        ari: run.ari,
      }))
    ),
  );
  await write(
    embeddings,
    inSpaces.flatMap(({ set, space, plane }) =>
      plane === null ? [] : samples.map(({ sample_id }, index) => ({
        gene_set: set.name,
        space: space.name,
        sample_id,
        x: plane[index * 2],
        y: plane[index * 2 + 1],
      }))
    ),
  );
  await write(
    assignments,
    inSpaces.flatMap(({ set, space, repeats }) =>
      repeats.flatMap(({ layout, repeat, assignments }) =>
        samples.map((sample, index) => ({
          gene_set: set.name,
          space: space.name,
          layout,
          repeat,
          ...sample,
          cluster: assignments[index],
        }))
      )
    ),
  );
  await draw(vMeasures, {
    rows: inSpaces.flatMap(({ set, space, repeats }) =>
      repeats.map(({ vMeasure }) => ({
        geneSet: set.name,
        kind: set.kind,
        genes: set.columns.length,
        space: space.title,
        vMeasure,
      }))
    ),
  });
  for (const { set, space, plane } of inSpaces) {
    // Of the other sets, one figure each is enough.
    const isDrawn = space.name === umapSpace.name || set.kind === "method";
    if (plane === null || !isDrawn) continue;
    await draw(embeddingFigure(set.name, space), {
      title: `${space.plotTitle} of ${countOf(rows.length, "sample")} on ` +
        `${countOf(set.columns.length, "gene")} (${set.name})`,
      points: samples.map((sample, index) => ({
        ...sample,
        x: plane[index * 2],
        y: plane[index * 2 + 1],
      })),
    });
  }
}
