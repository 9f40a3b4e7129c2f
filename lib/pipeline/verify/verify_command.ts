/** The command that makes a run again and says whether it is the same. */

import { readFlags } from "../../cli/flags.ts";
import { countOf } from "../../cli/text.ts";
import { InputError, RunError } from "../../cli/errors.ts";
import { exists, makeFolder, removeTree } from "../../store/files.ts";
import { releaseLock, takeLock } from "../../store/lock.ts";
import { text } from "../../cli/parameters.ts";
import { terminalProgress } from "../../cli/progress.ts";
import { readRecord, type StageRecord } from "../../store/record.ts";
import { commonParameters } from "../../cli/common_flags.ts";
import { checkWritable } from "../run_command.ts";
import type { Pipeline } from "../pipeline.ts";
import { DONE, FAILED } from "../../cli/exit_status.ts";
import { reportError } from "../report_error.ts";
import { describeFlags } from "../help.ts";
import { besideName, type Terminal } from "../../cli/terminal.ts";
import { likelyCause } from "./cause.ts";
import { ABSOLUTE, RELATIVE } from "./close_files.ts";
import { type ComparedFile, compareStage, isSame } from "./compare.ts";
import { rerunStage } from "./rerun_stage.ts";

/** The command's name. */
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

/**
 * Makes a run again in a scratch folder beside it, from what its records say,
 * and compares every file.
 *
 * @returns 0 if all is the same, 1 if anything differs or fails, 2 on bad
 * usage.
 */
export async function verifyCommand(
  study: Pipeline,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    const given = readFlags(args, flags, VERIFY);
    if (given.get("help") === true) {
      terminal.out(writeHelp());
      return DONE;
    }
    return await verify(study, given, args, terminal);
  } catch (error) {
    return reportError(error, VERIFY, args, terminal);
  }
}

async function verify(
  study: Pipeline,
  given: ReadonlyMap<string, unknown>,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const value = (name: keyof typeof flags) =>
    given.get(name) ?? flags[name].default;
  const runFolder = String(value("run")).replace(/(?<=.)\/+$/, "");
  const quiet = value("quiet") === true;
  const say = (line: string) => {
    if (!quiet) terminal.out(line);
  };
  const records = await readRecords(study, runFolder);
  const { around, scratch } = scratchOf(runFolder);
  await checkWritable(around, VERIFY, args);
  await makeFolder(around);
  const lock = await takeLock(`${around}/lock`);
  if (lock === undefined) {
    throw new RunError(
      `Cannot verify ${runFolder}: another command is verifying it`,
      "wait until that command has ended",
    );
  }
  try {
    await removeTree(scratch);
    const compared: ComparedFile[] = [];
    let cause: { stage: string; words: string } | undefined;
    const threads = Number(value("threads")) || navigator.hardwareConcurrency;
    for (const then of records) {
      terminal.begins?.({
        stage: then.stage,
        runFolder: scratch,
        stages: [],
        isScratch: true,
      });
      const start = performance.now();
      const now = await rerunStage(then, {
        study,
        scratch,
        threads,
        data: String(value("data")),
        progress: terminalProgress(quiet),
      });
      const files = await compareStage(then, now, runFolder, scratch);
      compared.push(...files);
      const parted = files.filter((file) => !isSame(file));
      if (parted.length > 0) {
        cause ??= {
          stage: then.stage,
          words: likelyCause(parted, then, now, runFolder),
        };
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      say(
        besideName(then.stage, `${formatFiles(files, parted)} (${seconds} s)`),
      );
    }
    say(`\n${writeTable(compared)}\n`);
    return reportVerdict(runFolder, compared, cause, say, terminal);
  } finally {
    await removeTree(scratch);
    await releaseLock(lock);
    await removeTree(around);
  }
}

/** The records of all stages that have run, in their order. */
async function readRecords(
  study: Pipeline,
  runFolder: string,
): Promise<StageRecord[]> {
  const records: StageRecord[] = [];
  for (const { name } of study.stages) {
    const record = await readRecord(runFolder, name);
    if (record !== undefined) records.push(record);
  }
  if (records.length > 0) return records;
  throw new InputError(
    `Cannot verify ${runFolder}: ${
      await exists(runFolder)
        ? "no stage has run in it"
        : "there is no such folder"
    }`,
    `deno task all --run ${runFolder}`,
  );
}

/**
 * Beside the run, under its own name: the report names the folder that it is
 * in.
 */
function scratchOf(runFolder: string): { around: string; scratch: string } {
  const slash = runFolder.lastIndexOf("/");
  const name = runFolder.slice(slash + 1);
  const around = `${runFolder.slice(0, slash + 1)}.verify-${name}`;
  return { around, scratch: `${around}/${name}` };
}

function formatFiles(
  files: readonly ComparedFile[],
  parted: readonly ComparedFile[],
): string {
  if (parted.length === 0) {
    const close = files.filter(({ outcome }) => outcome === "close").length;
    return `${countOf(files.length, "file")} the same` +
      (close > 0 ? `, ${close} of them within the tolerance` : "");
  }
  return `${parted.length} of ${countOf(files.length, "file")} different`;
}

function writeTable(compared: readonly ComparedFile[]): string {
  const rows = [
    ["stage", "file", ""],
    ...compared.map(({ stage, file, outcome }) => [stage, file, outcome]),
  ];
  const widths = [0, 1].map((column) =>
    Math.max(...rows.map((row) => row[column].length)) + 2
  );
  return rows.map(([stage, file, outcome]) =>
    stage.padEnd(widths[0]) + file.padEnd(widths[1]) + outcome
  ).join("\n");
}

function reportVerdict(
  runFolder: string,
  compared: readonly ComparedFile[],
  cause: { stage: string; words: string } | undefined,
  say: (line: string) => void,
  terminal: Terminal,
): number {
  if (cause !== undefined) {
    const parted = compared.filter((file) => !isSame(file));
    terminal.err(
      `${runFolder} is not what its records make: ${
        countOf(parted.length, "file")
      } of ${compared.length} differ, first in ${cause.stage}`,
    );
    terminal.err(`  likely cause: ${cause.words}`);
    return FAILED;
  }
  const close = compared.filter(({ outcome }) => outcome === "close").length;
  say(
    close === 0
      ? `${runFolder} holds: all ${compared.length} files came out the same, ` +
        "byte for byte."
      : `${runFolder} holds: ${compared.length - close} files came out the ` +
        `same, byte for byte, and ${close} with numbers within ` +
        `${RELATIVE} of their size or ${ABSOLUTE}.`,
  );
  return DONE;
}

function writeHelp(): string {
  return [
    `deno task ${VERIFY} [flags]`,
    "",
    "Makes a run again in a scratch folder beside it, from what its stage.json",
    "files say, and tells of each file whether it came out the same.",
    "",
    ...describeFlags(flags),
    "",
    "Exit status: 0 all the same, 1 something differs, 2 bad usage.",
  ].join("\n");
}
