/** The two kinds of command: one stage, and all of them. */

import { formatCommand } from "../cli/shell.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";
import {
  changedInputs,
  readRecord,
  sourceOf,
  stageInputs,
} from "../store/record.ts";
import { checkStageFolder, recoverStage } from "../store/stage_folder.ts";
import { checkValues } from "./check_values.ts";
import { conclude } from "./conclude.ts";
import { ALL } from "./flag_names.ts";
import type { Pipeline } from "./pipeline.ts";
import { reproduceValue } from "./reproduce.ts";
import type { CommandRequest, StageRequest } from "./request.ts";
import { withRunLock } from "./run_lock.ts";
import { executeStage } from "./run_stage.ts";
import { findDifferences, rerunReasons } from "./staleness.ts";

/** Runs every stage that is not up to date, in order. */
export async function runAllStages(
  command: CommandRequest,
  terminal: Terminal,
): Promise<void> {
  await checkValues(command.stages);
  if (command.dryRun) return await runStale(command, terminal);
  await withRunLock(command, () => runStale(command, terminal));
}

async function runStale(
  command: CommandRequest,
  terminal: Terminal,
): Promise<void> {
  const { dryRun, force, pipeline, runFolder, config } = command;
  const say = speaker(command, terminal);
  await recover(command);
  const willRun = new Set<string>();
  for (const request of command.stages) {
    const { name, needs } = request.stage;
    const waitsFor = needs.find((need) => willRun.has(need));
    const reasons = force
      ? ["--force is given"]
      : waitsFor !== undefined
      ? [`${waitsFor} runs before it`]
      : await rerunReasons(request);
    if (reasons.length === 0) {
      config.keep(request.stage);
      say(besideName(name, "up to date"));
    } else if (dryRun) {
      willRun.add(name);
      await sayWouldRun(request, reasons, say);
    } else {
      await executeStage(command, request, terminal);
    }
  }
  if (dryRun) return;
  await config.write();
  say(await conclude(pipeline, runFolder));
}

/** Runs one stage, and says what follows from that. */
export async function runOneStage(
  command: CommandRequest,
  terminal: Terminal,
): Promise<void> {
  const { stages: [request] } = command;
  await checkValues([request]);
  if (command.reproduce !== undefined) {
    return await reproduceValue(request, command.reproduce, terminal);
  }
  if (command.dryRun) {
    const reasons = await rerunReasons(request);
    return await sayWouldRun(
      request,
      reasons.length > 0 ? reasons : ["it is asked for"],
      speaker(command, terminal),
    );
  }
  await withRunLock(command, () => runAsked(command, request, terminal));
}

async function runAsked(
  command: CommandRequest,
  request: StageRequest,
  terminal: Terminal,
): Promise<void> {
  const say = speaker(command, terminal);
  const { pipeline, runFolder } = command;
  const { name } = request.stage;
  await recover(command);
  const record = await readRecord(runFolder, name).catch(() => undefined);
  await executeStage(command, request, terminal);
  const differences = record === undefined
    ? []
    : findDifferences(record, request);
  if (differences.length > 0) {
    say(besideName("", `changed: ${differences.join(", ")}`));
  }
  const outdated = await findOutdated(pipeline, runFolder, name);
  if (outdated.length > 0) {
    say(besideName("", `out of date now: ${outdated.join(", ")}`));
    say(
      `${besideName("", "to fix:")} ${
        formatCommand(ALL, [["run", runFolder]])
      }`,
    );
  }
  if (name === pipeline.stages.at(-1)?.name) {
    say(await conclude(pipeline, runFolder));
  }
}

/** What a dry run says of a stage, if the run itself would come so far. */
async function sayWouldRun(
  { stage, runFolder }: StageRequest,
  reasons: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  await checkStageFolder(runFolder, stage.name);
  say(besideName(stage.name, `would run: ${reasons.join(", ")}`));
}

/** The later stages that no longer fit what a stage has made, in order. */
async function findOutdated(
  pipeline: Pipeline,
  runFolder: string,
  changed: string,
): Promise<string[]> {
  const outdated = new Set<string>();
  for (const { name } of pipeline.stages) {
    const record = await readRecord(runFolder, name).catch(() => undefined);
    if (record === undefined) continue;
    const behind = await changedInputs(runFolder, record);
    if (
      behind.some(({ key }) => sourceOf(key) === changed) ||
      stageInputs(record).some(([key]) => outdated.has(sourceOf(key)))
    ) outdated.add(name);
  }
  return [...outdated];
}

/** Completes or undoes what a crash left, so that every stage can be read. */
async function recover(
  { pipeline, runFolder, dryRun }: CommandRequest,
): Promise<void> {
  if (dryRun) return;
  for (const { name } of pipeline.stages) await recoverStage(runFolder, name);
}

function speaker(
  { quiet }: CommandRequest,
  terminal: Terminal,
): (line: string) => void {
  return (line) => {
    if (!quiet && line !== "") terminal.out(line);
  };
}
