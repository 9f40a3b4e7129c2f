/** The two kinds of command: one stage, and all of them. */

import { formatCommand } from "../cli/shell.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";
import { formatBytes } from "../cli/text.ts";
import {
  changedInputs,
  readRecord,
  sourceOf,
  stageInputs,
} from "../store/record.ts";
import { listLeftovers, removeConfigParts } from "../store/leftovers.ts";
import { checkStageFolder } from "../store/check_stage_folder.ts";
import { recoverStage } from "../store/stage_folder.ts";
import { checkValues, checkValuesAfter } from "./check_values.ts";
import { CLEAN } from "./clean_command.ts";
import { conclude } from "./conclude.ts";
import { ALL } from "./flag_names.ts";
import { loadStages, type Pipeline } from "./pipeline.ts";
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
  await withRunLock(command, terminal, () => runStale(command, terminal));
}

async function runStale(
  command: CommandRequest,
  terminal: Terminal,
): Promise<void> {
  const { dryRun, pipeline, runFolder, config } = command;
  const say = speaker(command, terminal);
  await recover(command);
  // Before any of them runs, as far as is known by now.
  const stale = await findStaleStages(command);
  for (const { stage } of stale.keys()) {
    await checkStageFolder(runFolder, stage);
  }
  if (!dryRun) await loadStages([...stale.keys()].map(({ stage }) => stage));
  for (const request of command.stages) {
    const { stage } = request;
    const reasons = stale.get(request);
    // What it waits for may have come out the same.
    if (reasons === undefined || !dryRun && !await mustRun(command, request)) {
      config.keep(stage);
      say(besideName(stage.name, "up to date"));
    } else if (dryRun) {
      say(besideName(stage.name, wouldRun(reasons)));
    } else {
      await executeStage(command, request, terminal);
    }
    if (!dryRun) await checkValuesAfter(stage.name, command.stages);
  }
  if (dryRun) return;
  await config.write();
  say(await conclude(pipeline, runFolder));
  say(await describeLeftovers(pipeline, runFolder));
}

/** The stages that run unless an earlier one comes out the same, and why. */
async function findStaleStages(
  { stages, force }: CommandRequest,
): Promise<Map<StageRequest, readonly string[]>> {
  const stale = new Map<StageRequest, readonly string[]>();
  for (const request of stages) {
    const { needs } = request.stage;
    const willRun = new Set([...stale.keys()].map(({ stage }) => stage.name));
    const waitsFor = needs.find((need) => willRun.has(need));
    const reasons = force
      ? ["--force is given"]
      : waitsFor !== undefined
      ? [`${waitsFor} runs before it`]
      : await rerunReasons(request);
    if (reasons.length > 0) stale.set(request, reasons);
  }
  return stale;
}

async function mustRun(
  { force }: CommandRequest,
  request: StageRequest,
): Promise<boolean> {
  return force || (await rerunReasons(request)).length > 0;
}

/** Runs one stage, and says what follows from that. */
export async function runOneStage(
  command: CommandRequest,
  terminal: Terminal,
): Promise<void> {
  const { stages: [request] } = command;
  await checkValues([request]);
  if (!command.dryRun) await loadStages([request.stage]);
  if (command.reproduce !== undefined) {
    return await reproduceValue(request, command.reproduce, terminal);
  }
  if (command.dryRun) {
    const { stage, runFolder } = request;
    const reasons = await rerunReasons(request);
    await checkStageFolder(runFolder, stage);
    return speaker(command, terminal)(besideName(
      stage.name,
      wouldRun(reasons.length > 0 ? reasons : ["it is asked for"]),
    ));
  }
  await withRunLock(
    command,
    terminal,
    () => runAsked(command, request, terminal),
  );
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

/** What a dry run says of a stage. */
function wouldRun(reasons: readonly string[]): string {
  return `would run: ${reasons.join(", ")}`;
}

/** What interrupted commands have left; empty if they have left nothing. */
async function describeLeftovers(
  { stages }: Pipeline,
  runFolder: string,
): Promise<string> {
  const names = stages.map(({ name }) => name);
  const left = (await listLeftovers(runFolder, names, true))
    .filter(({ isInUse }) => !isInUse);
  const bytes = left.reduce((sum, found) => sum + found.bytes, 0);
  return left.length === 0
    ? ""
    : `\n${formatBytes(bytes)} of an interrupted command are left: ${
      formatCommand(CLEAN, [["run", runFolder]])
    }`;
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
  for (const stage of pipeline.stages) await recoverStage(runFolder, stage);
  await removeConfigParts(runFolder);
}

function speaker(
  { quiet }: CommandRequest,
  terminal: Terminal,
): (line: string) => void {
  return (line) => {
    if (!quiet && line !== "") terminal.out(line);
  };
}
