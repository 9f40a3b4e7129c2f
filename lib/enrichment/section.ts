/** The stage's part of the report: the terms of the genes. */

import { code, paragraphs } from "../report/markdown.ts";
import { withFlag } from "../report/commands.ts";
import { defineSection, type SectionReader } from "../report/section.ts";
import * as files from "./outputs.ts";
import { bestTermsTable, topTermTable } from "./section/tables.ts";
import {
  annotationWarning,
  enrichmentClause,
  sourceSentences,
  testSentences,
} from "./section/words.ts";

/** What the stage found; null without an annotation. */
interface Findings {
  readonly annotation: files.EnrichmentSummary | null;
}

export const enrichmentSection = defineSection<Findings>({
  title: "What the genes do",
  read: async (reader: SectionReader) => await reader.read(files.summary),
  summarize: ({ annotation }) => ({ annotation }),
  warning: ({ annotation }) =>
    annotation === null ? "" : annotationWarning(annotation),
  points: ({ annotation }) => ({
    genes: annotation === null ? "" : enrichmentClause(annotation),
  }),
  details: ({ annotation }) =>
    annotation === null ? [] : [
      "The best enriched term of each tissue:",
      topTermTable(annotation).trimEnd(),
    ],
  write: ({ annotation }) =>
    annotation === null
      ? `No annotation was given: nothing here says what the genes do. ${
        withFlag("--enrichment.gaf FILE --enrichment.obo FILE")
      } looks for terms that each tissue's first genes have more of.`
      : paragraphs(
        `A${enrichmentClause(annotation).slice(1)}.`,
        annotationWarning(annotation),
        testSentences(annotation),
        sourceSentences(annotation),
        bestTermsTable(annotation),
        `${code(files.terms.file)} has all tested terms, with their genes.`,
      ),
  citations: ({ annotation }) =>
    annotation === null ? [] : [
      annotation.convention === "goatools"
        ? "goatools: Klopfenstein et al., Scientific Reports 8 (2018)"
        : "clusterProfiler: Yu et al., OMICS 16 (2012)",
      ...annotation.ontology === null
        ? []
        : ["the Gene Ontology: Ashburner et al., Nature Genetics 25 (2000)"],
    ],
});
