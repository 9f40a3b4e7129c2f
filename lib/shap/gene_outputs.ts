/** The files of the `shap` stage that list genes. */

import { CONSENSUS_SHARE } from "../selection/levels.ts";
import {
  flag,
  integer,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineGmt } from "../store/gmt.ts";
import { defineJson } from "../store/json.ts";
import { defineLines } from "../store/lines.ts";
import { defineTable, defineWideTable, type RowOf } from "../store/table.ts";

export const ranks = defineWideTable(
  "shap/ranks.csv",
  "One row per rank: the gene of that rank in each tissue, the best first; " +
    "empty where a tissue's ranking has ended",
  { name: "rank", field: integer("from 1, the gene of the largest median") },
  { name: "tissue", field: nullable(text("gene id")) },
);

/** How a gene differs between a tissue and the other tissues: `ListedFacts`. */
export const contrastColumns = {
  direction: nullable(
    word(
      ["up", "down"],
      "whether its mean is higher (up) or lower in the tissue than elsewhere; empty if neither",
    ),
  ),
  log2_fold_change: nullable(
    number("mean_in_tissue - mean_elsewhere, in log2 if the values are"),
  ),
  mean_in_tissue: nullable(
    number("mean transformed value of the tissue's samples"),
  ),
  mean_elsewhere: nullable(number("mean of the other tissues' means")),
  tau: nullable(
    number("0: the same in all tissues, to 1: in one only; empty if undefined"),
  ),
};

export const nameColumn = nullable(text("gene name, if one is known"));

export const descriptionColumn = nullable(
  text("what is known of the gene, if anything is"),
);

const scored = {
  median_shap: number("median SHAP value over the tissue's samples"),
  standard_error: nullable(
    number(
      "of median_shap over samples and networks: the root of the sum of the " +
        "next two squared; empty where one of them is",
    ),
  ),
  error_of_samples: nullable(
    number(
      "bootstrap over the tissue's samples, taken to be independent; empty " +
        "with one sample",
    ),
  ),
  error_of_networks: nullable(
    number("from the spread over the networks; empty with one network"),
  ),
  error_of_draws: nullable(
    number(
      "jackknife over the draws, which have a part in the errors of samples " +
        "and networks; empty with one draw",
    ),
  ),
};

export const shapGenes = defineTable(
  "shap/shap_genes.csv",
  "One row per gene of the set, in the tissue in which it ranks best",
  {
    gene: text("gene id"),
    tissue: text("the tissue of its best rank"),
    rank: integer("rank in that tissue, from 1"),
    ...scored,
    ...contrastColumns,
    name: nameColumn,
  },
);

export const tissueGenes = defineTable(
  "shap/tissue_genes.csv",
  "One row per tissue and gene that ranks above the cutoff there: the " +
    "tissue's genes",
  {
    tissue: text("the tissue"),
    rank: integer("rank in the tissue, from 1"),
    gene: text("gene id"),
    name: nameColumn,
    ...scored,
    ...contrastColumns,
    is_best_tissue: flag("whether the gene ranks best in this tissue"),
    in_consensus: nullable(
      flag(
        "whether it is in consensus_genes.csv; empty where no networks could be compared",
      ),
    ),
  },
);

export const consensusGenes = defineTable(
  "shap/consensus_genes.csv",
  `One row per tissue and gene that at least ${100 * CONSENSUS_SHARE} % of ` +
    "the ensemble's members have among their best, down to the set's last " +
    "rank (at most 100, or a tenth of all genes if those are fewer); " +
    "with one member, of the folds' networks; only with several of them, and " +
    "for tissues that several of them rank",
  {
    tissue: text("the tissue"),
    rank: integer("from 1, in the order of shap_rank"),
    gene: text("gene id"),
    name: nameColumn,
    share_of_networks: number(
      "share of the members (or the folds' networks) that rank the tissue by " +
        "enough samples",
    ),
    shap_rank: integer("rank by all networks together: that of ranks.csv"),
    median_shap: scored.median_shap,
    ...contrastColumns,
    description: descriptionColumn,
  },
);

export const absentGenes = defineTable(
  "shap/absent_genes.csv",
  "One row per tissue and gene that marks the tissue by its absence: lower " +
    "there than elsewhere, and the network uses that",
  {
    tissue: text("the tissue"),
    rank: integer("rank by median_shap among all genes of either direction"),
    gene: text("gene id"),
    name: nameColumn,
    ...scored,
    ...contrastColumns,
  },
);

const partColumns = {
  tissue: text("the tissue"),
  rank: integer("rank in the tissue, from 1"),
  gene: text("gene id"),
  median_shap: scored.median_shap,
  selected: flag("whether the rank is in the set that these lists give"),
};

export const foldRanks = defineTable(
  "shap/fold_ranks.csv",
  "One row per fold, tissue and rank: the genes as they rank by training " +
    "samples of the fold alone, so that its test samples can judge them; not " +
    "with --shap.explained test",
  { fold: integer("the fold, from 1"), ...partColumns },
);

export const testRanks = defineTable(
  "shap/test_ranks.csv",
  "One row per tissue and rank: the genes as they rank by the test samples, " +
    "as in the original study; not with --shap.explained test, where " +
    "ranks.csv is made so",
  partColumns,
);

export const halfRanks = defineTable(
  "shap/half_ranks.csv",
  "One row per half of the samples, tissue and rank: the first genes by a " +
    "network that learned from that half; only with --shap.halves",
  {
    half: integer("the half, from 1"),
    tissue: partColumns.tissue,
    rank: partColumns.rank,
    gene: partColumns.gene,
  },
);

export const halves = defineJson(
  "shap/halves.json",
  "The halves of half_ranks.csv in numbers; only with --shap.halves",
  {
    halves: integer("halves, each with a network of its own"),
    listed_ranks: integer("ranks of a tissue in half_ranks.csv, at most"),
    rule: nullable(object({
      ranks: integer("ranks of a tissue that a half counts"),
      frequency: number("share of the halves that must have a gene there"),
    }, "how the set was selected with --shap.cutoff stable; else null")),
  },
);

export const tissueGeneSets = defineGmt(
  "shap/tissue_genes.gmt",
  "The genes of tissue_genes.csv, one set a tissue, for enrichment tools: " +
    "name, description, genes, separated by tabs",
);

export const background = defineLines(
  "shap/background.txt",
  "Every gene that could be chosen, one a line: the background for " +
    "enrichment tools",
);

/** The files of this module. */
export const geneOutputs = [
  ranks,
  shapGenes,
  tissueGenes,
  consensusGenes,
  absentGenes,
  foldRanks,
  testRanks,
  halfRanks,
  halves,
  tissueGeneSets,
  background,
];

export type ShapGeneRow = RowOf<typeof shapGenes>;
export type TissueGeneRow = RowOf<typeof tissueGenes>;
export type ConsensusGeneRow = RowOf<typeof consensusGenes>;
export type AbsentGeneRow = RowOf<typeof absentGenes>;
export type FoldRankRow = RowOf<typeof foldRanks>;
export type TestRankRow = RowOf<typeof testRanks>;
