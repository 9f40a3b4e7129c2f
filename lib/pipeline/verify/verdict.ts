/** What is said of a run that was made again. */

import { DONE, FAILED } from "../../cli/exit_status.ts";
import { formatCommand } from "../../cli/shell.ts";
import { countOf, escapeControls, withCommas } from "../../cli/text.ts";
import { CONFIG_FILE, TIMINGS_FILE } from "../../store/run_paths.ts";
import { RECORD_FILE } from "../../store/record.ts";
import { ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE } from "./close_files.ts";
import { CLEAN } from "../clean_command.ts";
import { type ComparedFile, isSame } from "./compare.ts";
import type { RunContents } from "./run_contents.ts";
import { showName, showNames } from "./show.ts";

/** All that was found of a run. */
export interface Findings {
  /** Each file of the stages that were made again. */
  readonly compared: ComparedFile[];
  /** Stages whose record is not as it is made again. */
  readonly alteredRecords: string[];
  /** Stages that follow from one that is missing. */
  readonly notMade: string[];
  /** Stages without a record, and how that is said. */
  readonly missing: readonly string[];
  readonly describedMissing: string;
  /** Paths that no record lists. */
  readonly unlisted: readonly string[];
  /** Paths that interrupted commands have left: `all` would go on from them. */
  readonly leftovers: readonly string[];
  /** What is wrong with the run's values. */
  readonly config: readonly string[];
  /** Why the first stage differs that does. */
  cause: string;
  /** How the program differs from the one that made the run. */
  readonly program: readonly string[];
  /** What else the user should know. */
  readonly notes: string[];
}

/** Rows and names that are shown of more. */
const MOST_ROWS = 50;
const NAMED = 3;

/** Stands for the stage of a file that belongs to the run. */
const OF_RUN = "-";

/** How a stage's files came out, in a line. */
export function formatFiles(
  files: readonly ComparedFile[],
  isRecordAltered: boolean,
): string {
  const different = files.filter((file) => !isSame(file)).length;
  const all = countOf(files.length, "file");
  const record = isRecordAltered ? `, and ${RECORD_FILE} differs` : "";
  if (different > 0) return `${different} of ${all} different${record}`;
  const close = files.filter(isClose).length;
  return `${all} the same` +
    (close > 0 ? `, ${close} of them within the tolerance` : "") + record;
}

/** A row for each file, and for what differs beside them. */
export function formatTable(findings: Findings): string {
  const more = findings.unlisted.length - MOST_ROWS;
  const ofRecords = (stages: readonly string[], outcome: string) =>
    stages.map((stage) => [stage, RECORD_FILE, outcome]);
  const rows = [
    ["stage", "file", ""],
    ...findings.compared.map(({ stage, file, outcome }) => [
      stage,
      file,
      outcome,
    ]),
    ...ofRecords(findings.alteredRecords, "altered record"),
    ...ofRecords(findings.notMade, "not made again"),
    ...ofRecords(findings.missing, "missing"),
    ...findings.config.length > 0 ? [[OF_RUN, CONFIG_FILE, "different"]] : [],
    ...findings.unlisted.slice(0, MOST_ROWS).map((path) => [
      OF_RUN,
      path,
      "unlisted",
    ]),
    ...more > 0 ? [[OF_RUN, `and ${withCommas(more)} more`, "unlisted"]] : [],
  ].map((row) => row.map(showName));
  const widthOf = (column: number) =>
    rows.reduce((most, row) => Math.max(most, row[column].length), 0) + 2;
  const [first, second] = [widthOf(0), widthOf(1)];
  return rows.map(([stage, file, outcome]) =>
    stage.padEnd(first) + file.padEnd(second) + outcome
  ).join("\n");
}

/**
 * Says whether the run is what its records make.
 *
 * @param say Takes what is no problem.
 * @param complain Takes what is.
 * @returns The exit status.
 */
export function reportVerdict(
  runFolder: string,
  findings: Findings,
  say: (line: string) => void,
  complain: (line: string) => void,
): number {
  const run = escapeControls(runFolder);
  for (const note of findings.notes) say(note);
  const problems = listProblems(run, findings);
  const { describedMissing, cause } = findings;
  if (problems.length > 0) {
    complain(
      `${run} is not what its records make: ${
        [...problems, ...describedMissing === "" ? [] : [describedMissing]]
          .join("; ")
      }`,
    );
    if (cause !== "") complain(`  likely cause: ${cause}`);
    return FAILED;
  }
  if (describedMissing !== "") {
    complain(
      `${run} is not finished: ${describedMissing}; what is there is the same`,
    );
    return FAILED;
  }
  say(describeSame(run, findings.compared));
  if (findings.program.length > 0) {
    say(`It was made by another program: ${findings.program.join("; ")}.`);
  }
  return DONE;
}

function listProblems(run: string, findings: Findings): string[] {
  const { compared, alteredRecords, notMade, config } = findings;
  const { unlisted, leftovers } = findings;
  const problems: string[] = [];
  const different = compared.filter((file) => !isSame(file));
  if (different.length > 0) {
    problems.push(
      `${countOf(different.length, "file")} of ${compared.length} differ, ` +
        `first in ${different[0].stage}`,
    );
  }
  if (alteredRecords.length > 0) {
    problems.push(
      `the ${RECORD_FILE} of ${showNames(alteredRecords, NAMED)} ${
        alteredRecords.length === 1 ? "differs" : "differ"
      }`,
    );
  }
  if (notMade.length > 0) {
    problems.push(
      `${
        showNames(notMade, NAMED)
      } cannot be made again without what is missing`,
    );
  }
  if (unlisted.length > 0) {
    problems.push(
      `no record lists ${showNames(unlisted, NAMED)}`,
    );
  }
  if (leftovers.length > 0) {
    problems.push(
      `an interrupted command has left ${showNames(leftovers, NAMED)}, which ` +
        `${formatCommand(CLEAN, [["run", run], ["yes", true]])} removes`,
    );
  }
  return [...problems, ...config.slice(0, NAMED)];
}

function describeSame(run: string, compared: readonly ComparedFile[]): string {
  const close = compared.filter(isClose).length;
  const absent =
    compared.filter(({ outcome }) => outcome === "absent, as recorded").length;
  return (close === 0
    ? `${run} is the same: all ${compared.length} files are equal, ` +
      "byte for byte."
    : `${run} is the same: ${compared.length - close} files are ` +
      `equal, byte for byte, and ${close} have numbers within ` +
      `${RELATIVE_TOLERANCE} of their size or ${ABSOLUTE_TOLERANCE}.`) +
    (absent === 0
      ? ""
      : ` Of them ${countOf(absent, "file")} ${
        absent === 1 ? "is" : "are"
      } not in the folder: the SHA-256 in the records was compared instead.`);
}

function isClose({ outcome }: ComparedFile): boolean {
  return outcome === "close";
}

/** Says what a run holds that is not compared. */
export function describeUnchecked(
  { unchecked, published }: Pick<RunContents, "unchecked" | "published">,
): string[] {
  const others = unchecked.filter((path) => path !== TIMINGS_FILE);
  return [
    ...others.length < unchecked.length
      ? [`${TIMINGS_FILE} is not checked: times differ from run to run.`]
      : [],
    ...others.length > 0
      ? [`Files of the system are not checked: ${showNames(others, NAMED)}.`]
      : [],
    ...published.length > 0
      ? [
        `Not made by the run, and not checked: ${
          published.map(showName).join(", ")
        }.`,
      ]
      : [],
  ];
}
