/** What a stage's part of the report is. */

import type { StageContext } from "../pipeline/stage.ts";
import type { RunReport } from "./run_report.ts";
import type { Standing } from "./standings.ts";

/** Reads what the stages wrote. */
export type SectionReader = Pick<StageContext, "read" | "has" | "artifact">;

/** The parts of the sentence that the verdict begins with, in their order. */
export const openingParts = [
  /** What makes the rest worthless. */
  "warning",
  /** What was found: genes. */
  "found",
  /** Whether they hold in another cohort. */
  "elsewhere",
  /** Whether they are better than random genes and simple rivals. */
  "unseen",
  /** How often a gene comes again. */
  "again",
] as const;

/**
 * A stage's clauses of that sentence, in plain text; empty ones do not count.
 * They are short and name the outcome: the sentence has about 45 words at most,
 * and the numbers are in the points.
 */
export type Opening = Partial<Record<typeof openingParts[number], string>>;

/** The points of the verdict in their order, each with its catchword. */
export const pointTitles = {
  judged: "Judged on",
  rivals: "Simple rivals",
  cohort: "Other cohort",
  genes: "Listed genes",
  study: "Study",
  random: "Random genes",
} as const;

/**
 * A stage's clauses of the points, in Markdown, without a capital letter at the
 * start and a full stop at the end; empty ones do not count.
 */
export type Points = Partial<Record<keyof typeof pointTitles, string>>;

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
  /** Its clauses of the sentence that the verdict begins with. */
  opening?(found: Findings): Opening;
  /**
   * What makes its results worthless or uncertain, in Markdown, a paragraph
   * that begins in bold; empty if nothing does.
   */
  warning?(found: Findings, run: RunReport): string;
  /**
   * Its clauses of the verdict's points. A point is one sentence of all stages'
   * clauses, so that the verdict, which is what a reader takes home, has eight
   * sentences at most, whatever was given.
   */
  points?(found: Findings, run: RunReport): Points;
  /**
   * What the stage could not look at, for the last point: nouns in Markdown,
   * such as "another cohort (`--external FILE`)".
   */
  notLookedAt?(found: Findings): readonly string[];
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
