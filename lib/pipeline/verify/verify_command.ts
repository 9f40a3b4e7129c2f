/** The command that makes a run again and says whether it is the same. */

import { basename } from "node:path";
import { commonParameters } from "../../cli/common_flags.ts";
import { InputError, RunError } from "../../cli/errors.ts";
import { DONE, FAILED } from "../../cli/exit_status.ts";
import type { GivenValues } from "../../cli/flags.ts";
import { text } from "../../cli/parameters.ts";
import { stageProgress } from "../../cli/progress.ts";
import { besideName, type Terminal } from "../../cli/terminal.ts";
import { countOf } from "../../cli/text.ts";
import { exists, makeFolder, removeTree } from "../../store/files.ts";
import { scratchFolder, scratchLock } from "../../store/leftovers.ts";
import { releaseLock, takeLock } from "../../store/lock.ts";
import { readRecords, type StageRecord } from "../../store/record.ts";
import { stageCodeHash } from "../code_hash.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import { readRunConfig } from "../run_config.ts";
import { plainFolder } from "../run_input.ts";
import { sideCommand } from "../side_command.ts";
import { checkWritable } from "../writable.ts";
import { likelyCause } from "./cause.ts";
import { ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE } from "./close_files.ts";
import { type ComparedFile, compareStage, isSame } from "./compare.ts";
import { rerunStage } from "./rerun_stage.ts";

export const VERIFY = "verify";

const flags = {
  run: commonParameters.run,
  data: text(
    "",
    "DIR",
    "where the files are that the run has read, if they were moved",
  ),
  threads: commonParameters.threads,
  quiet: commonParameters.quiet,
  debug: commonParameters.debug,
  help: commonParameters.help,
};

/** Makes a run again in a scratch folder beside it and compares every file. */
export const verifyCommand = sideCommand(
  VERIFY,
  flags,
  [
    "Makes a run again in a scratch folder beside it, from what its stage.json",
    "files say, and says of each file whether it came out the same.",
  ],
  "0 all the same, 1 something differs, 2 bad usage",
  verify,
);

async function verify(
  pipeline: Pipeline,
  given: GivenValues,
  terminal: Terminal,
): Promise<number> {
  const value = (name: keyof typeof flags) =>
    given.get(name) ?? flags[name].default;
  const runFolder = plainFolder(String(value("run")));
  const quiet = value("quiet") === true;
  const say = (line: string) => {
    if (!quiet) terminal.out(line);
  };
  const records = await readRun(pipeline, runFolder);
  const around = scratchFolder(runFolder);
  // Under the run's own name, which the report holds.
  const scratch = `${around}/${basename(runFolder)}`;
  await checkWritable(around, VERIFY, given);
  await makeFolder(around);
  const lock = await takeLock(scratchLock(runFolder));
  if (lock === undefined) {
    throw new RunError(
      `Cannot verify ${runFolder}: another command is verifying it`,
      "wait until that command has ended",
    );
  }
  try {
    await removeTree(scratch);
    const compared: ComparedFile[] = [];
    let cause = "";
    const threads = Number(value("threads")) || navigator.hardwareConcurrency;
    const data = String(value("data"));
    const config = await readRunConfig(pipeline, runFolder)
      .catch(() => undefined);
    const paths = [...config ?? []].flatMap(([, value]) => value).map(String);
    for (const then of records) {
      terminal.begins?.({
        stage: then.stage,
        runFolder: scratch,
        stages: [],
        isScratch: true,
      });
      const start = performance.now();
      const now = await rerunStage(
        then,
        pipeline,
        { scratch, threads, data, paths },
        stageProgress(then.stage, quiet),
      );
      const files = await compareStage(then, now, runFolder, scratch);
      compared.push(...files);
      const different = files.filter((file) => !isSame(file));
      if (different.length > 0) {
        const code = stageCodeHash(findStage(pipeline, then.stage));
        cause ||= likelyCause(different, then, now, code, runFolder);
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      say(besideName(then.stage, `${formatFiles(files)} (${seconds} s)`));
    }
    say(`\n${formatTable(compared)}\n`);
    return reportVerdict(runFolder, compared, cause, say, terminal);
  } finally {
    await removeTree(scratch);
    await releaseLock(lock);
    await removeTree(around);
  }
}

async function readRun(
  pipeline: Pipeline,
  runFolder: string,
): Promise<StageRecord[]> {
  const names = pipeline.stages.map(({ name }) => name);
  const records = await readRecords(runFolder, names);
  if (records.length > 0) return records;
  const problem = await exists(runFolder)
    ? "no stage has run in it"
    : "there is no such folder";
  throw new InputError(
    `Cannot verify ${runFolder}: ${problem}`,
    "give the folder of a run: --run DIR",
  );
}

function formatFiles(files: readonly ComparedFile[]): string {
  const different = files.filter((file) => !isSame(file)).length;
  const all = countOf(files.length, "file");
  if (different > 0) return `${different} of ${all} different`;
  const close = files.filter(isClose).length;
  return `${all} the same` +
    (close > 0 ? `, ${close} of them within the tolerance` : "");
}

function isClose({ outcome }: ComparedFile): boolean {
  return outcome === "close";
}

function formatTable(compared: readonly ComparedFile[]): string {
  const rows = [{ stage: "stage", file: "file", outcome: "" }, ...compared];
  const widthOf = (column: "stage" | "file") =>
    Math.max(...rows.map((row) => row[column].length)) + 2;
  const [first, second] = [widthOf("stage"), widthOf("file")];
  return rows.map(({ stage, file, outcome }) =>
    stage.padEnd(first) + file.padEnd(second) + outcome
  ).join("\n");
}

function reportVerdict(
  runFolder: string,
  compared: readonly ComparedFile[],
  cause: string,
  say: (line: string) => void,
  terminal: Terminal,
): number {
  const different = compared.filter((file) => !isSame(file));
  if (different.length > 0) {
    terminal.err(
      `${runFolder} is not what its records make: ${
        countOf(different.length, "file")
      } of ${compared.length} differ, first in ${different[0].stage}`,
    );
    terminal.err(`  likely cause: ${cause}`);
    return FAILED;
  }
  const close = compared.filter(isClose).length;
  const absent =
    compared.filter(({ outcome }) => outcome === "absent, as recorded").length;
  say(
    (close === 0
      ? `${runFolder} is the same: all ${compared.length} files are equal, ` +
        "byte for byte."
      : `${runFolder} is the same: ${compared.length - close} files are ` +
        `equal, byte for byte, and ${close} have numbers within ` +
        `${RELATIVE_TOLERANCE} of their size or ${ABSOLUTE_TOLERANCE}.`) +
      (absent === 0
        ? ""
        : ` Of them ${countOf(absent, "file")} ${
          absent === 1 ? "is" : "are"
        } not in the folder: the SHA-256 in the ` +
          "records was compared instead."),
  );
  return DONE;
}
