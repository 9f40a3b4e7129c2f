/** The files of the stage `enrichment`. */

import {
  flag,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable, type RowOf } from "../store/table.ts";
import type { DotRows } from "./figures/dots.ts";
import { geneKeys } from "./match_genes.ts";
import { relationChoices } from "./ontology.ts";
import { conventions } from "./test_terms.ts";

/** What separates the genes of a term in a cell. */
export const GENE_SEPARATOR = ";";

/** A term in a list of genes, with all that its p-value is made from. */
const counts = {
  namespace: text("the ontology's part or the file that the term is from"),
  term: text("term id"),
  name: nullable(text("its name, if one is known")),
  N: integer("genes that count as background"),
  n: integer("genes of the list that count"),
  K: integer("background genes that belong to the term"),
  k: integer("genes of the list that belong to the term"),
  fold: number("(k / n) / (K / N)"),
  p: number(
    "probability of k or more such genes by chance, hypergeometric; with the " +
      "convention goatools of Fisher's two-sided test; at least 5e-324",
  ),
  adjusted_p: number(
    "p of all tested terms of the list by Benjamini and Hochberg, within the " +
      "namespace; with the convention goatools over all namespaces, and over " +
      "terms without a gene of the list, too",
  ),
};

export const terms = defineTable(
  "enrichment/terms.csv",
  "One row per ranking, tissue and tested term that genes of the list belong " +
    "to; only if an annotation is given",
  {
    method: text("the ranking whose first genes are looked at"),
    tissue: text("the tissue"),
    ...counts,
    genes: text(
      `the ids of those k genes, best first, separated by ${GENE_SEPARATOR}`,
    ),
    folded_into: nullable(
      text(
        "the better term that it shares most of these genes with; empty for " +
          "terms that are not enriched or stand for themselves",
      ),
    ),
  },
);

const tissue = object({
  tissue: text("the tissue"),
  genes: integer("first genes that are looked at; 0 without a ranking"),
  annotated: integer("of them, those that belong to any term"),
  tested: integer("terms tested that a gene of the list belongs to"),
  enriched: integer("of them, adjusted p below 0.05 and fold above 1"),
  kept: integer("of those, not folded into a better one"),
  best: list(object(counts), "the best of the kept ones, at most three"),
});

const source = object({
  kind: word(["gaf", "gmt", "term2gene"], "its format"),
  file: text("its name"),
  rows: nullable(integer("rows of a GAF file")),
  negated: nullable(integer("of them, left out: with the qualifier NOT")),
  without_data: nullable(integer("left out: evidence ND (no data)")),
  alternative_terms: integer("alternative ids, replaced by primary ones"),
  obsolete_terms: integer("ids of obsolete terms, left out"),
  unknown_terms: integer("ids that the ontology lacks, left out"),
  genes_matched: integer("genes of the matrix that it has"),
  genes_ambiguous: integer(
    "genes of the matrix left out, because several are called the same",
  ),
  matched_by: word(geneKeys, "what of the matrix's genes it has"),
  matched_as: text("what that is there: id, symbol or synonym"),
  loose: flag("whether versions, case and separators were left out for it"),
});

const annotation = object({
  convention: word(conventions, "what is counted and adjusted"),
  ontology: nullable(object({
    file: text("its name"),
    terms: integer("its terms, without obsolete ones"),
    relations: word(relationChoices, "what leads up; part_of: is_a, too"),
    lost_parents: integer("parents that it lacks, left out"),
  }, "null without --enrichment.obo")),
  sources: list(source, "the files"),
  genes: integer("genes of the matrix"),
  annotated: integer("of them, those that belong to any term"),
  namespaces: list(
    object({
      namespace: text("its name"),
      annotated: integer("genes of the matrix that it annotates"),
      terms: integer("its terms with genes of the matrix"),
      of_size: integer("of them, with neither too few nor too many"),
    }),
    "what is tested by itself",
  ),
  min_genes: integer("genes that a tested term has at least"),
  max_genes: integer("and at most"),
  top: integer("first genes of each tissue that are looked at"),
  similar: number("Jaccard index from which terms are folded"),
  methods: list(
    object({
      method: text("the ranking"),
      title: text("as the report names it"),
      tissues: list(tissue, "by tissue"),
    }),
    "by ranking",
  ),
}, "null without an annotation");

export const summary = defineJson(
  "enrichment/summary.json",
  "Which terms the first genes of each tissue have more of, in numbers",
  { annotation: nullable(annotation) },
);

export type EnrichmentSummary = NonNullable<
  ReturnType<typeof summary.parse>["annotation"]
>;
export type MethodSummary = EnrichmentSummary["methods"][number];
export type SourceSummary = EnrichmentSummary["sources"][number];
export type TermRow = RowOf<typeof terms>;

/**
 * The plot of the best terms, some tissues a page.
 *
 * @param page From 1; `PAGE` stands for any.
 */
export function dotsFigure(page: number | "PAGE") {
  return defineFigure<DotRows, typeof import("./figures/dots.ts")>(
    `enrichment/terms_${page}.svg`,
    "The best enriched terms of each tissue, by ranking",
    new URL("./figures/dots.ts", import.meta.url),
    ({ drawDots }) => drawDots,
  );
}

/** All that the stage writes. */
export const outputs = [terms, summary, dotsFigure("PAGE")];
