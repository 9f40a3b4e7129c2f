/** The flags of the stage `genesets`. */

import { integer, integerOr, list, number, text } from "../cli/parameters.ts";
import { DEFAULT_CORE, NO_CORE } from "./core/choose_core.ts";
import { joined } from "../cli/text.ts";
import {
  DEFAULT_FURTHER,
  furtherRankings,
  NO_FURTHER,
  rankingMethods,
} from "./methods.ts";
import { SHAP } from "./shap_rankings.ts";

export const genesetsParameters = {
  truth: text(
    "",
    "FILE",
    "known genes of the tissues, a CSV or TSV with the columns gene and " +
      "tissue: the report says how many of them each ranking finds; without " +
      "it the demo uses its planted genes",
  ),
  methods: {
    ...list(
      "NAME",
      `rankings beside ${
        joined(rankingMethods.map(({ title }) => title))
      }: ${NO_FURTHER}, or some of ${
        furtherRankings.map(({ name }) => name).join(", ")
      }`,
    ),
    default: DEFAULT_FURTHER,
  },
  core: {
    ...list(
      "NAME",
      "rankings that must name a core gene alike: " +
        `${NO_CORE}, or two or more of ${SHAP} and the simple rankings that ` +
        "the run makes",
    ),
    default: DEFAULT_CORE,
  },
  top: integer(
    500,
    { minimum: 1, maximum: 1_000_000 },
    "genes a tissue in the files of the simple rankings; as many as the SHAP " +
      "set has ranks, if those are more",
  ),
  halves: integer(
    50,
    { minimum: 0, maximum: 10_000 },
    "half samples on which the simple rankings are made again, which says how " +
      "often a gene comes again; at least 2, or 0 for none",
  ),
  shuffles: integerOr(
    "auto",
    ["auto"],
    { minimum: 0, maximum: 100_000 },
    "shuffles of the samples that the p-values of the simple rankings are made " +
      "from; auto: 50, or fewer where the matrix is large; 0 for no p-values",
  ),
  trees: integer(
    10,
    { minimum: 1, maximum: 10_000 },
    "fits of boosted trees, each to a half of the samples with the genes in " +
      "another order; their means rank the genes",
  ),
  "tree-rounds": integer(
    5,
    { minimum: 1, maximum: 10_000 },
    "rounds of each fit: one tree a tissue and round",
  ),
  "specific-factor": number(
    2,
    { minimum: 1, maximum: 1_000_000 },
    "a gene is tested to be higher in a tissue than in each other tissue by " +
      "more than this factor, if the values are log2",
  ),
};
