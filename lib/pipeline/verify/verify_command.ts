/** The command that makes a run again and says whether it is the same. */

import { basename, resolve } from "node:path";
import { commonParameters } from "../../cli/common_flags.ts";
import type { GivenValues } from "../../cli/flags.ts";
import { text } from "../../cli/parameters.ts";
import { bareName } from "../../cli/input_files.ts";
import { stageProgress } from "../../cli/progress.ts";
import { besideName, type Terminal } from "../../cli/terminal.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import { scratchFolder } from "../../store/leftovers.ts";
import { sourceOf, type StageRecord, userInputs } from "../../store/record.ts";
import { stageCodeHash } from "../code_hash.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import { plainFolder } from "../run_input.ts";
import { sideCommand } from "../side_command.ts";
import { checkWritable } from "../writable.ts";
import { likelyCause } from "./cause.ts";
import { VERIFY } from "./command_name.ts";
import { compareStage, isSame } from "./compare.ts";
import { compareConfig } from "./compare_config.ts";
import { differingKeys } from "./compare_record.ts";
import { describeProgram, programChanges } from "./program_changes.ts";
import { readRun } from "./read_run.ts";
import { rerunStage } from "./rerun_stage.ts";
import {
  describeMissing,
  listContents,
  missingStages,
} from "./run_contents.ts";
import { nameOfRun, withScratch } from "./scratch.ts";
import {
  describeUnchecked,
  type Findings,
  formatFiles,
  formatTable,
  reportVerdict,
} from "./verdict.ts";

const flags = {
  run: commonParameters.run,
  data: text(
    "",
    "DIR",
    "where the files are that the run has read, if they were moved",
  ),
  threads: commonParameters.threads,
  quiet: commonParameters.quiet,
  safe: commonParameters.safe,
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
  const records = await readRun(pipeline, runFolder, given);
  await checkWritable(scratchFolder(runFolder), VERIFY, given);
  const { config, findings } = await lookAtRun(pipeline, runFolder, records);
  const name = await nameOfRun(runFolder, pipeline.results.verdict);
  if (name !== basename(resolve(runFolder))) {
    findings.notes.push(
      `Its report calls the run ${
        quote(name)
      }: the commands there name another folder.`,
    );
  }
  return await withScratch(runFolder, name, async (scratch) => {
    const places = {
      runFolder,
      scratch,
      threads: Number(value("threads")) || navigator.hardwareConcurrency,
      data: String(value("data")),
      paths: Map.groupBy(
        [...config].flatMap(([, value]) => value).map(String),
        bareName,
      ),
      readsUserFiles: records.some((each) => userInputs(each).length > 0),
    };
    const before = new Map(records.map((each) => [each.stage, each]));
    const after = new Map<string, StageRecord>();
    for (const then of records) {
      const { stage } = then;
      const sources = Object.keys(then.inputs).map(sourceOf);
      if (
        pipeline.stages.some(({ name }) =>
          sources.includes(name) && !after.has(name)
        )
      ) {
        findings.notMade.push(stage);
        continue;
      }
      terminal.begins?.({
        stage,
        runFolder,
        stages: [],
        isScratch: true,
      });
      const start = performance.now();
      const progress = stageProgress(stage, quiet);
      const now = await rerunStage(then, pipeline, places, progress);
      after.set(stage, now);
      const files = await compareStage(then, now, runFolder, scratch);
      findings.compared.push(...files);
      const code = stageCodeHash(findStage(pipeline, stage));
      const keys = [
        ...differingKeys(then, now, before, after),
        ...programChanges(then, code).contradictions,
      ];
      if (keys.length > 0) findings.alteredRecords.push(stage);
      const different = files.filter((file) => !isSame(file));
      if (different.length + keys.length > 0) {
        findings.cause ||= likelyCause(
          different,
          keys,
          then,
          now,
          code,
          escapeControls(runFolder),
        );
      }
      if (then.backend !== now.backend && keys.length === 0) {
        findings.notes.push(
          `${stage} was computed on ${escapeControls(then.backend!)}, ` +
            `and now on ${now.backend}.`,
        );
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const came = formatFiles(files, keys.length > 0);
      say(besideName(stage, `${came} (${seconds} s)`));
    }
    say(`\n${formatTable(findings)}\n`);
    return reportVerdict(
      runFolder,
      findings,
      say,
      (line) => terminal.err(line),
    );
  });
}

/** What can be found of a run before anything is made again. */
async function lookAtRun(
  pipeline: Pipeline,
  runFolder: string,
  records: readonly StageRecord[],
): Promise<{ config: GivenValues; findings: Findings }> {
  const stages = pipeline.stages.map(({ name }) => name);
  const missing = missingStages(pipeline, records);
  const contents = await listContents(runFolder, records, stages);
  const { config, problems } = await compareConfig(
    pipeline,
    runFolder,
    records,
    missing,
  );
  const findings: Findings = {
    compared: [],
    alteredRecords: [],
    notMade: [],
    missing,
    describedMissing: missing.length === 0
      ? ""
      : describeMissing(missing, stages),
    unlisted: contents.unlisted,
    leftovers: contents.leftovers,
    config: problems,
    cause: "",
    program: describeProgram(
      records,
      (name) => stageCodeHash(findStage(pipeline, name)),
    ),
    notes: describeUnchecked(contents),
  };
  return { config, findings };
}
