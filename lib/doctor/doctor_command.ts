/** The command that says what a run will take, before it is started. */

import process from "node:process";
import { openBackend } from "../backend/open.ts";
import { DONE } from "../cli/exit_status.ts";
import { readFlags } from "../cli/flags.ts";
import { stageProgress } from "../cli/progress.ts";
import { LAUNCHER } from "../cli/shell.ts";
import type { Terminal } from "../cli/terminal.ts";
import { checkValues } from "../pipeline/check_values.ts";
import { ALL, flagsOf } from "../pipeline/flag_names.ts";
import { describeFlags } from "../pipeline/help.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { reportError } from "../pipeline/report_error.ts";
import { type CommandRequest, readRequest } from "../pipeline/request.ts";
import { refuseLateSafe } from "../pipeline/safe_mode.ts";
import { RUNS } from "../pipeline/run_input.ts";
import { describeInput } from "./describe_input.ts";
import { fact } from "./fact.ts";
import { foretellDisk } from "./foretell_disk.ts";
import { foretellMemory } from "./foretell_memory.ts";
import { foretellTimes } from "./foretell_time.ts";
import {
  type Forecast,
  formatForecast,
  formatNetworks,
} from "./forecast_lines.ts";
import { formatInput } from "./input_lines.ts";
import { examineMachine, formatMachine, type Machine } from "./machine.ts";
import { measureNetwork } from "./measure_network.ts";
import { measureSets } from "./measure_sets.ts";
import { measureTables } from "./measure_tables.ts";
import { type AnyStageValues, planRun, type StageValues } from "./plan.ts";
import { countWork } from "./work.ts";

export const DOCTOR = "doctor";

/**
 * Says what the machine has and, with `--input`, what is in the input and what
 * a run on it will take. Writes nothing and never throws.
 *
 * @returns 0 done, 1 failed, 2 bad usage or bad input.
 */
export async function doctorCommand(
  pipeline: Pipeline,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let request: CommandRequest | undefined;
  try {
    // In this command's own name, for what is no flag.
    const given = readFlags(args, flagsOf(pipeline, ALL), DOCTOR);
    if (given.get("help") === true) {
      terminal.out(formatHelp(pipeline));
      return DONE;
    }
    refuseLateSafe(DOCTOR, given);
    request = (await readRequest(pipeline, ALL, args))!;
    await checkValues(request.stages);
    const machine = await examineMachine(RUNS);
    const { settings } = request.stages[0];
    terminal.out("This machine");
    print(terminal, formatMachine(machine, settings.threads));
    const values = valuesOf(request);
    if (values.prepare.input !== "") {
      await foretell(request, values, machine, terminal);
    } else {
      terminal.out("");
      terminal.out("Give --input FILE to learn what a run on it will take.");
    }
    return DONE;
  } catch (error) {
    return reportError(error, { command: ALL, args, request }, terminal);
  }
}

/** Reads the input, measures, and prints the forecast. */
async function foretell(
  request: CommandRequest,
  values: StageValues,
  machine: Machine,
  terminal: Terminal,
): Promise<void> {
  const { settings } = request.stages[0];
  const base = Deno.memoryUsage().rss;
  const progress = stageProgress(DOCTOR, request.quiet);
  const found = await describeInput({
    values: values.prepare,
    seed: settings.seed,
    progress,
  });
  terminal.out("\nThe input");
  print(terminal, [
    ...formatInput(found, values.prepare),
    ...request.notes.map((note) => fact("note", note)),
  ]);

  const { dataset, matrix } = found;
  const backend = await openBackend(settings.backend, "cnn");
  const plan = planRun({
    dataset,
    columns: matrix.columns,
    values,
    settings,
    backend,
  });
  using shown = progress("measuring", 3, "parts");
  const start = performance.now();
  const cpu = process.cpuUsage();
  const tables = await measureTables(dataset, found.seconds.placing);
  const { user, system } = process.cpuUsage(cpu);
  // All on one thread: what it lacks, other programs have had.
  const share = (user + system) / 1000 / (performance.now() - start);
  shown.advance();
  const sets = await measureSets(plan, dataset, tables.distance);
  shown.advance();
  const network = await measureNetwork({ plan, dataset, matrix, backend });
  shown.close();
  const costs = { network, sets, tables, input: found.seconds };
  const forecast: Forecast = {
    plan,
    times: foretellTimes(plan, countWork(plan), costs),
    memory: foretellMemory(plan, {
      base,
      input: found.peakBytes,
      maxBufferBytes: backend.maxBufferBytes,
    }),
    disk: foretellDisk(plan),
    backend: backend.description,
    share,
    measured: (performance.now() - start) / 1000,
  };
  terminal.out("\nA run on it");
  print(terminal, formatNetworks(forecast));
  terminal.out("");
  print(terminal, formatForecast(forecast, machine));
}

/** The values of every stage that the forecast looks at. */
function valuesOf({ stages }: CommandRequest): StageValues {
  const values: AnyStageValues = Object.fromEntries(
    stages.map(({ stage, values }) => [stage.name, values]),
  );
  return values as unknown as StageValues;
}

function print(terminal: Terminal, lines: readonly string[]): void {
  for (const line of lines) terminal.out(line);
}

function formatHelp(pipeline: Pipeline): string {
  return [
    `${LAUNCHER} ${DOCTOR} [flags]`,
    "",
    "Shows what this machine has for a run: Deno, memory, disk, graphics. With",
    "--input it also reads the input as prepare does, says what is in it, and",
    "foretells time, memory and disk of each stage from a measurement of about",
    "half a minute. It writes nothing.",
    "",
    "Flags of the input",
    ...describeFlags(pipeline.inputs.parameters),
    "",
    `All other flags are those of ${LAUNCHER} ${ALL}: give those of the run.`,
    "",
    "Exit status: 0 done, 1 failed, 2 bad usage or bad input.",
  ].join("\n");
}
