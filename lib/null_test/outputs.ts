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
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable } from "../store/table.ts";
import { measures } from "./measures.ts";

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
    shared_genes: integer("genes of it that are in the gene set"),
    ...repeatColumns,
    ami: number("adjusted mutual information; 0 on average by chance"),
    ari: number("adjusted Rand index; 0 on average by chance"),
  },
);

const test = object({
  gene_set: geneSet,
  null_model: nullModel,
  space,
  measure: word(measures.map(({ name }) => name), "score of the clusterings"),
  sets: integer(
    "random gene sets that were scored, in every space the same, m",
  ),
  layouts: integer("embeddings a set; one if nothing in the space is random"),
  repeats: integer("k-means runs an embedding"),
  genes: integer("genes in each random set"),
  null_mean: number("mean of the random sets' mean scores"),
  null_sd: number("their standard deviation (m - 1)"),
  statistic: number("mean score of the gene set"),
  difference: number("statistic - null_mean"),
  z: nullable(number("difference / null_sd")),
  t: nullable(number("difference / (null_sd sqrt(1 + 1/m))")),
  df: integer("m - 1"),
  p_t: nullable(
    number("of t, one-tailed, upper; below 1/(m + 1) it is extrapolated"),
  ),
  log10_p_t: nullable(number("its logarithm to base 10")),
  sets_counted: integer(
    "random sets that p counts: all, those at the first look, or the first ones up to the hit that stopped it",
  ),
  n_as_extreme: integer("of these, those with at least this mean score"),
  p_empirical: number(
    "the exact p of the count, at least (1 + n_as_extreme) / (sets_counted + 1); or n_as_extreme / sets_counted where the count stopped",
  ),
  spaces: integer("spaces that p_adjusted is adjusted for"),
  p_adjusted: number(
    "p_empirical adjusted for the spaces: by minP, or by Holm where the random sets stopped",
  ),
  p_adjusted_low: number(
    "lower end of the 95 % interval of p_adjusted, by the number of random sets",
  ),
  p_adjusted_high: number("its upper end"),
  critical_value: nullable(
    number("p_adjusted is below 0.05 for a statistic above it"),
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
        amis: list(number("AMI"), "one a k-means run"),
        v_measures: list(number("V-measure"), "one a k-means run"),
      }),
      "each tested gene set in each space: its genes, seeds and scores, those of `clusters/scores.csv`",
    ),
    tests: list(
      test,
      "each gene set, null model and space, by AMI: the result is read from these",
    ),
    other_measures: list(
      test,
      "the same by V-measure, the measure of the maize study, and by ARI",
    ),
  },
);

export const nullTests = defineFigure(
  "ttest/null_tests.svg",
  "AMI of the random sets in each space, with that of the gene set",
  new URL("./figures/null_tests.ts", import.meta.url),
  ({ drawNullTests }: typeof import("./figures/null_tests.ts")) =>
    drawNullTests,
);

export const outputs = [nullValues, testResults, nullTests];
