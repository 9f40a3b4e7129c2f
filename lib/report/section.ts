/** What a stage's part of the report is. */

import type { StageContext } from "../pipeline/stage.ts";
import type { RunReport } from "./run_report.ts";
import type { Standing } from "./standings.ts";

/** Reads what the stages wrote. */
export type SectionReader = Pick<StageContext, "read" | "has" | "artifact">;

/** The parts of the sentence that the verdict begins with, in their order. */
export const openingParts = [
  /** What was found. */
  "found",
  /** How it does on samples that no step has seen, beside simple rivals. */
  "unseen",
  /** How networks and gene set do on the run's samples. */
  "judged",
  /** How many known genes are found. */
  "known",
  /** How much holds in another cohort. */
  "elsewhere",
  /** How often a gene comes again. */
  "again",
] as const;

/** A stage's clauses of that sentence, in plain text; empty ones do not count. */
export type Opening = Partial<Record<typeof openingParts[number], string>>;

/**
 * A stage's part of the report. `Findings` are the results that its verdict,
 * its section and other sections put into words.
 */
export interface Section<Findings> {
  /** The heading; by it, too, others link to the section. */
  readonly title: string;
  /**
   * Reads what the stage wrote. It is called if the stage has run, after the
   * sections of the stages before it.
   */
  read(reader: SectionReader, run: RunReport): Promise<Findings>;
  /** What `report/summary.json` says of it; by default nothing. */
  summarize?(found: Findings): Readonly<Record<string, unknown>>;
  /**
   * Its clauses of the sentence that the verdict begins with, in plain text; a
   * text alone is on how networks and gene set do (`judged`).
   */
  headline?(found: Findings): string | Opening;
  /**
   * What the stage could not look at, for the end of that sentence: nouns in
   * Markdown, such as "another cohort (`--external FILE`)".
   */
  notLookedAt?(found: Findings): readonly string[];
  /** Whether its sentence is the first of the verdict. */
  readonly leads?: boolean;
  /**
   * Its sentence of the verdict, in Markdown; empty if it has none. The verdict
   * is what a reader takes home: eight sentences at most with all inputs given,
   * so a stage has one, and a second one only for what makes it worthless.
   */
  sentence?(found: Findings, run: RunReport): string;
  /** Its paragraphs of the details below the verdict, in Markdown. */
  details?(found: Findings, run: RunReport): readonly string[];
  /**
   * The section in Markdown, without its heading. Figures that it does not
   * place by `run.figure` follow it, and then the stage's warnings.
   */
  write(found: Findings, run: RunReport): string;
  /** How the rankings do by what the stage measures; none by default. */
  standings?(found: Findings): readonly Standing[];
  /** Works to cite because of it, a Markdown line each. */
  citations?(found: Findings): readonly string[];
}

/** Declares a section, so that its findings' type is inferred. */
export function defineSection<Findings>(
  section: Section<Findings>,
): Section<Findings> {
  return section;
}
