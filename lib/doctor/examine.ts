/** What `doctor` looks at and measures. */

import process from "node:process";
import { openBackend } from "../backend/open.ts";
import { stageProgress } from "../cli/progress.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { CommandRequest } from "../pipeline/request.ts";
import { RUNS } from "../pipeline/run_input.ts";
import { describeInput } from "./describe_input.ts";
import { DOCTOR } from "./command_name.ts";
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

/** Prints what the machine has and, with an input, what a run on it takes. */
export async function examine(
  request: CommandRequest,
  terminal: Terminal,
): Promise<void> {
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
    studies: found.studies,
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
