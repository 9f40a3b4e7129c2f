/** The files that the stage `clusters` writes. */

import { geneSetKinds } from "../gene_sets/gene_set_method.ts";
import { integer, nullable, number, text, word } from "../store/fields.ts";
import { defineFigure, type Figure } from "../store/output.ts";
import { defineTable } from "../store/table.ts";
import type { Embedding } from "./figures/embedding.ts";
import type { ScoredRepeat } from "./score_gene_set.ts";
import type { Space } from "./spaces/space.ts";
import { spaces } from "./spaces/spaces.ts";
import { umapSpace } from "./spaces/umap.ts";

const geneSet = text("name of the gene set");
const space = text("space that the samples are clustered in");
const sampleId = text("sample");
const layout = integer("embedding, from 1; one if nothing in it is random");
const repeat = integer("k-means run of that embedding, from 1");

/** How one run of k-means compares with the tissues; `ttest` has the same. */
export const repeatColumns = {
  layout,
  embedding_seed: nullable(integer("seed of the space, if it is random")),
  repeat,
  kmeans_seed: integer("seed of k-means"),
  homogeneity: number("0 to 1; 1 if every cluster is of one tissue"),
  completeness: number("0 to 1; 1 if every tissue is in one cluster"),
  v_measure: number("harmonic mean of homogeneity and completeness"),
};

/** The cells of those columns. */
export function repeatRow(run: ScoredRepeat) {
  return {
    layout: run.layout,
    embedding_seed: run.embeddingSeed,
    repeat: run.repeat,
    kmeans_seed: run.kmeansSeed,
    homogeneity: run.homogeneity,
    completeness: run.completeness,
    v_measure: run.vMeasure,
  };
}

export const geneSets = defineTable(
  "clusters/gene_sets.csv",
  "One row per gene set: its size and seeds, and how samples are clustered",
  {
    gene_set: geneSet,
    kind: word(
      geneSetKinds,
      "selected by a method, all genes, random genes, or from a user's file",
    ),
    genes: integer("genes of the set that are in the matrix"),
    genes_not_in_matrix: integer("genes of the set that are not"),
    gene_seed: nullable(integer("seed that drew a random set")),
    umap_seed: nullable(integer("seed of the first UMAP, which is plotted")),
    k: integer("clusters of k-means"),
    n_neighbors: integer("neighbors of a sample in UMAP, itself included"),
    samples: integer("samples that are clustered"),
    profiles: integer(
      "samples that differ by the set's genes; at most so many clusters are found",
    ),
    components: nullable(integer("principal components in `pca`")),
    n_init: integer("starts of each k-means in spaces of few dimensions"),
    n_init_high_dim: integer("the same in spaces of many dimensions"),
  },
);

export const geneSetGenes = defineTable(
  "clusters/gene_set_genes.csv",
  "One row per gene of each set that a method selected or a file lists",
  {
    gene_set: geneSet,
    gene: text("gene id"),
    name: nullable(text("its name, if one is known")),
  },
);

export const scores = defineTable(
  "clusters/scores.csv",
  "One row per k-means clustering, compared with the tissues",
  {
    gene_set: geneSet,
    genes: integer("genes of the set that are in the matrix"),
    space,
    ...repeatColumns,
    ami: number("adjusted mutual information; 0 on average by chance"),
    ari: number("adjusted Rand index; 0 on average by chance"),
  },
);

export const embeddings = defineTable(
  "clusters/embeddings.csv",
  "One row per gene set, space and sample: the first two dimensions of the first embedding",
  {
    gene_set: geneSet,
    space,
    sample_id: sampleId,
    x: number("first dimension"),
    y: number("second dimension"),
  },
);

export const assignments = defineTable(
  "clusters/assignments.csv",
  "The cluster of a sample in one k-means run",
  {
    gene_set: geneSet,
    space,
    layout,
    repeat,
    sample_id: sampleId,
    tissue: text("tissue of the sample"),
    cluster: integer("cluster, from 0"),
  },
);

export const vMeasures = defineFigure(
  "clusters/v_measures.svg",
  "V-measures of the gene sets",
  new URL("./figures/v_measures.ts", import.meta.url),
  ({ drawVMeasures }: typeof import("./figures/v_measures.ts")) =>
    drawVMeasures,
);

/** The plot of the samples in a space by a gene set. */
export function embeddingFigure(
  geneSet: string,
  { name, plotTitle }: Pick<Space, "name" | "plotTitle">,
): Figure<Embedding> {
  const prefix = name === umapSpace.name ? "" : `${name}_`;
  return defineFigure(
    `clusters/embedding_${prefix}${geneSet}.svg`,
    `${plotTitle} of the samples by the gene set ${geneSet}`,
    new URL("./figures/embedding.ts", import.meta.url),
    ({ drawEmbedding }: typeof import("./figures/embedding.ts")) =>
      drawEmbedding,
  );
}

export const outputs = [
  geneSets,
  geneSetGenes,
  scores,
  embeddings,
  assignments,
  vMeasures,
  ...spaces.filter(({ plotTitle }) => plotTitle !== null)
    .map((space) => embeddingFigure("GENE_SET", space)),
];
