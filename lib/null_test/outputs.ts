/** The files that the stage `ttest` writes. */

import { repeatColumns } from "../clusters/outputs.ts";
import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  type ValueOf,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable } from "../store/table.ts";

const geneSet = text("name of the gene set that is tested");
const nullModel = text("kind of the random gene sets");
const space = text("space that the samples are clustered in");
export const nullValues = defineTable(
  "ttest/null.csv",
  "One row per k-means clustering by a random gene set",
  {
    gene_set: geneSet,
    null_model: nullModel,
    space,
    random_set: integer("random set, from 1"),
    gene_seed: integer("seed that drew its genes"),
    ...repeatColumns,
  },
);

const test = object({
  gene_set: geneSet,
  null_model: nullModel,
  space,
  sets: integer("random gene sets, m"),
  layouts: integer("embeddings a set; one if nothing in the space is random"),
  repeats: integer("k-means runs an embedding"),
  genes: integer("genes in each random set"),
  null_mean: number("mean of the random sets' mean V-measures"),
  null_sd: number("their standard deviation (m - 1)"),
  statistic: number("mean V-measure of the gene set"),
  z: nullable(number("(statistic - null_mean) / null_sd")),
  t: nullable(number("(statistic - null_mean) / (null_sd sqrt(1 + 1/m))")),
  df: integer("m - 1"),
  p_t: nullable(number("of t, one-tailed, upper")),
  log10_p_t: nullable(number("its logarithm to base 10")),
  p_empirical: number("(1 + n_as_extreme) / (m + 1)"),
  n_as_extreme: integer("random sets with at least this mean V-measure"),
  critical_value: nullable(
    number("both p are below 0.05 for a statistic above it"),
  ),
  monte_carlo_se: nullable(
    number("standard error of the statistic over layouts and k-means runs"),
  ),
  null_monte_carlo_se: nullable(
    number("root mean square of the same errors of the random sets"),
  ),
  within_set_sd: nullable(
    number("mean standard deviation of the runs of one random set"),
  ),
  within_set_p_t: nullable(
    number("p_t if that were the standard deviation between sets"),
  ),
  log10_within_set_p_t: nullable(number("its logarithm to base 10")),
  mean_gene_overlap: number("mean share of a random set's genes in the set"),
});

/** A gene set tested against one null model in one space. */
export type SpaceTest = ValueOf<typeof test>;

export const testResults = defineJson(
  "ttest/ttest.json",
  "The tests, and the gene sets that are tested",
  {
    samples: integer("samples that are clustered"),
    k: integer("clusters of k-means"),
    n_neighbors: integer("neighbors of a sample in UMAP, itself included"),
    components: integer("principal components in `pca`, at most"),
    gene_sets: list(
      object({
        gene_set: geneSet,
        genes: integer("genes in the set"),
        space,
        embedding_seeds: list(
          integer("seed"),
          "one an embedding; none if nothing in the space is random",
        ),
        kmeans_seeds: list(
          integer("seed"),
          "one a k-means run, embedding by embedding",
        ),
        v_measures: list(number("V-measure"), "one a k-means run"),
      }),
      "each tested gene set in each space: its genes, seeds and V-measures, those of `clusters/scores.csv`",
    ),
    tests: list(
      test,
      "each gene set, null model and space",
    ),
  },
);

export const nullTests = defineFigure(
  "ttest/null_tests.svg",
  "V-measures of the random sets in each space, with that of the gene set",
  new URL("./figures/null_tests.ts", import.meta.url),
  ({ drawNullTests }: typeof import("./figures/null_tests.ts")) =>
    drawNullTests,
);

export const outputs = [nullValues, testResults, nullTests];
