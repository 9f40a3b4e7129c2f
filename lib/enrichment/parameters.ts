/** The flags of the stage `enrichment`. */

import { choice, integer, list, number, text } from "../cli/parameters.ts";
import { foldChangeRanking } from "../rankings/fold_change.ts";
import { SHAP } from "../rankings/shap_rankings.ts";
import { relationChoices } from "./ontology.ts";
import { conventions } from "./test_terms.ts";

export const enrichmentParameters = {
  gaf: text(
    "",
    "FILE",
    "which gene belongs to which term, in the format GAF 2, plain or gzipped; " +
      "without it and --enrichment.sets no term is looked for",
  ),
  obo: text(
    "",
    "FILE",
    "the terms' ontology in the format OBO: it names them, and a gene of a " +
      "term of --enrichment.gaf then belongs to all terms above it, too",
  ),
  sets: list(
    "FILE",
    "further sets of genes to look for, as they are: GMT, or a table with the " +
      "columns term and gene (TERM2GENE); its content shows which",
  ),
  relations: choice(
    "part_of",
    relationChoices,
    "what leads from a term to those above it: is_a, or part_of, too",
  ),
  methods: {
    ...list(
      "NAME",
      "the rankings whose first genes are looked at: shap, shap_consensus, or " +
        "names of simple rankings",
    ),
    default: [SHAP, foldChangeRanking.name] as readonly string[],
  },
  top: integer(
    100,
    { minimum: 1, maximum: 1_000_000 },
    "first genes of each tissue that are looked at, by every ranking; those of " +
      "simple rankings end where --genesets.top says",
  ),
  convention: choice(
    "clusterprofiler",
    conventions,
    "what is counted and adjusted: as clusterProfiler does (one-sided test, " +
      "annotated genes, each namespace by itself) or as goatools does " +
      "(Fisher's two-sided test, all genes and terms, adjusted together)",
  ),
  "min-genes": integer(
    10,
    { minimum: 1, maximum: 1_000_000 },
    "genes of the matrix that a term has at least (clusterprofiler only)",
  ),
  "max-genes": integer(
    500,
    { minimum: 1, maximum: 1_000_000 },
    "genes of the matrix that a term has at most (clusterprofiler only)",
  ),
  similar: number(
    0.5,
    { minimum: 0.01, maximum: 1 },
    "enriched terms are folded into a better one from this Jaccard index of " +
      "their genes in the list",
  ),
};
