/** The two kinds of command: one stage, and all of them. */

import { exists } from "../store/files.ts";
import { recoverStage } from "../store/stage_folder.ts";
import { findStale, readRecord, stageInputs } from "../store/record.ts";
import type { Stage } from "./stage.ts";
import { checkValues } from "./check_values.ts";
import { commandForRun } from "./rerun_command.ts";
import {
  findDifferences,
  rerunReasons,
  type StageRequest,
} from "./staleness.ts";
import { executeStage } from "./run_stage.ts";
import { parametersOf } from "./flag_names.ts";
import { reproduceValue } from "./reproduce.ts";
import type { Request } from "./request.ts";
import { StageFailure } from "./stage_failure.ts";
import { findStage, type Pipeline } from "./pipeline.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";

/** Runs every stage that is not up to date, in order. */
export async function runAllStages(
  study: Pipeline,
  request: Request,
  terminal: Terminal,
): Promise<void> {
  const say = speaker(request, terminal);
  const wanted = study.stages
    .filter(({ name }) => name !== study.simulator || request.simulated)
    .map((stage) => ask(study, request, stage));
  await checkValues(wanted);
  await recover(study, request);
  const willRun = new Set<string>();
  for (const asked of wanted) {
    const { stage } = asked;
    const waitsFor = stage.needs.find((name) => willRun.has(name));
    const reasons = request.force
      ? ["--force is given"]
      : request.dryRun && waitsFor !== undefined
      ? [`${waitsFor} runs before it`]
      : await rerunReasons(asked);
    if (reasons.length === 0) {
      say(besideName(stage.name, "up to date"));
    } else if (request.dryRun) {
      willRun.add(stage.name);
      say(besideName(stage.name, `would run: ${reasons.join(", ")}`));
    } else {
      await runAsked(study, request, asked, terminal);
    }
  }
  const report = `${request.runFolder}/report.md`;
  if (!request.dryRun && await exists(report)) say(`\nRead ${report}`);
}

/** Runs one stage, and says what follows from that. */
export async function runOneStage(
  study: Pipeline,
  request: Request,
  terminal: Terminal,
): Promise<void> {
  const say = speaker(request, terminal);
  const asked = ask(study, request, findStage(study, request.command));
  await checkValues([asked]);
  await recover(study, request);
  const { stage, runFolder } = asked;
  if (request.reproduce !== undefined) {
    return await reproduceValue(study, asked, request.reproduce, terminal);
  }
  const record = await readRecord(runFolder, stage.name)
    .catch(() => undefined);
  const differences = record === undefined
    ? []
    : findDifferences(record, asked);
  if (request.dryRun) {
    say(besideName(
      stage.name,
      `would run: ${
        (await rerunReasons(asked)).join(", ") || "it is asked for"
      }`,
    ));
    return;
  }
  await runAsked(study, request, asked, terminal);
  if (differences.length > 0) {
    say(besideName("", `changed: ${differences.join(", ")}`));
  }
  const outdated = await findOutdated(study, runFolder, stage.name);
  if (outdated.length > 0) {
    say(besideName("", `out of date now: ${outdated.join(", ")}`));
    say(
      `${besideName("", "to mend:")} ${await commandForRun(
        study,
        runFolder,
        request.settings.seed,
      )}`,
    );
  }
  const report = `${runFolder}/report.md`;
  if (stage.name === study.stages.at(-1)?.name && await exists(report)) {
    say(`\nRead ${report}`);
  }
}

/** The later stages that no longer fit what a stage has made, in order. */
async function findOutdated(
  study: Pipeline,
  runFolder: string,
  changed: string,
): Promise<string[]> {
  const names = study.stages.map((stage) => stage.name);
  const readable: string[] = [];
  for (const name of names) {
    const record = await readRecord(runFolder, name).catch(() => undefined);
    if (record !== undefined) readable.push(name);
  }
  const outdated = new Set(
    (await findStale(runFolder, readable))
      .filter(({ olderThan }) => olderThan === changed)
      .map(({ stage }) => stage),
  );
  for (const name of readable) {
    const record = await readRecord(runFolder, name);
    const sources = stageInputs(record!).map(([key]) => key.split("/")[0]);
    if (sources.some((source) => outdated.has(source))) outdated.add(name);
  }
  return names.filter((name) => outdated.has(name));
}

/** A stage as the command asks for it. */
function ask(study: Pipeline, request: Request, stage: Stage): StageRequest {
  return {
    runFolder: request.runFolder,
    stage: { ...stage, parameters: parametersOf(study, stage) },
    values: request.valuesOf(stage),
    settings: request.settings,
  };
}

async function runAsked(
  study: Pipeline,
  request: Request,
  { stage, values }: StageRequest,
  terminal: Terminal,
): Promise<void> {
  try {
    const { verdict, seconds } = await executeStage(
      study,
      request,
      stage,
      values,
      terminal,
    );
    speaker(request, terminal)(
      besideName(stage.name, `${verdict} (${seconds.toFixed(1)} s)`),
    );
  } catch (error) {
    throw new StageFailure(stage.name, request.runFolder, error);
  }
}

/** Puts right what a crash left, so that every stage can be read. */
async function recover(study: Pipeline, request: Request): Promise<void> {
  if (request.dryRun) return;
  for (const { name } of study.stages) {
    await recoverStage(request.runFolder, name);
  }
}

function speaker(request: Request, terminal: Terminal): (l: string) => void {
  return (line) => {
    if (!request.quiet) terminal.out(line);
  };
}
