/**
 * Does the suite survive faults around it? Interrupts runs, fills their disk,
 * changes their files, ends their workers, takes runs from hostile hands, and
 * checks what the next command does.
 */

import { InputError, RunError } from "../lib/cli/errors.ts";
import { integer, list, text, toggle } from "../lib/cli/parameters.ts";
import { formatSortedJson } from "../lib/store/record.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { altered } from "./faults/altered.ts";
import { killedAtCall } from "./faults/at_call.ts";
import { interrupted, killed } from "./faults/interrupted.ts";
import { diskFull } from "./faults/disk_full.ts";
import { diverged } from "./faults/diverged.ts";
import { failingCalls } from "./faults/failing_calls.ts";
import type { Fault, Tally } from "./faults/fault.ts";
import { hostileRuns } from "./faults/hostile.ts";
import { formatPage, type Go, lostIn } from "./faults/page.ts";
import { powerLoss } from "./faults/power_loss.ts";
import { emptyFolder } from "./faults/run_folder.ts";
import { describeState } from "./faults/state.ts";
import { project } from "./faults/suite.ts";
import { twoAtOnce } from "./faults/two_at_once.ts";
import { brokenWorkers } from "./faults/workers.ts";

const faults: readonly Fault[] = [
  killed,
  killedAtCall,
  interrupted,
  powerLoss,
  diskFull,
  failingCalls,
  twoAtOnce,
  altered,
  brokenWorkers,
  diverged,
  hostileRuns,
];

/** More trials at a time would wait for one another's disk. */
const MOST_LANES = 4;

const flags = {
  kills: integer(
    100,
    { minimum: 1 },
    "random moments at which a run is killed",
  ),
  calls: integer(
    100,
    { minimum: 1 },
    "calls of the system at which a run is killed",
  ),
  signals: integer(20, { minimum: 1 }, "random moments of SIGINT and SIGTERM"),
  only: list("FAULT", `of ${faults.map(({ id }) => id).join(", ")}`),
  lanes: integer(
    0,
    { minimum: 0 },
    `trials at the same time; 0: as many as cores, ${MOST_LANES} at most`,
  ),
  seed: integer(42, { minimum: 0 }, "of the random moments"),
  out: text(
    "",
    "DIR",
    "folder for FAULTS.md and faults.json, made of this go alone; default: " +
      "print the page",
  ),
  quiet: toggle("print no progress"),
  help: toggle("list the flags"),
};

async function tryFaults(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "faults");
  if (values === undefined) return;
  const { only, out, seed } = values;
  const unknown = only.filter((id) => !faults.some((fault) => fault.id === id));
  if (unknown.length > 0) {
    throw new InputError(
      `Cannot try ${unknown.join(", ")}: the faults are ${
        faults.map(({ id }) => id).join(", ")
      }`,
    );
  }
  const state = await describeState();
  const start = performance.now();
  const say = (line: string) => {
    if (!values.quiet) console.error(line);
  };
  const tallies: Record<string, Tally> = {};
  for (const fault of faults) {
    if (only.length > 0 && !only.includes(fault.id)) continue;
    const folder = `${project}reports/faults/${fault.id}`;
    const begin = performance.now();
    tallies[fault.id] = await fault.run({
      folder: await emptyFolder(folder),
      kills: values.kills,
      calls: values.calls,
      signals: values.signals,
      seed,
      lanes: values.lanes ||
        Math.min(navigator.hardwareConcurrency, MOST_LANES),
      say,
    });
    await Deno.remove(folder, { recursive: true });
    say(`${fault.id}: ${minutesSince(begin)} minutes`);
  }
  const now = await describeState();
  if (formatSortedJson(now) !== formatSortedJson(state)) {
    throw new RunError(
      "Cannot write the page: the suite was changed while its faults were tried",
      "let nobody change it and try again",
    );
  }
  const go: Go = { state, seed, minutes: minutesSince(start), tallies };
  const page = formatPage(faults, go);
  if (out === "") {
    console.log(page);
  } else {
    await Deno.writeTextFile(`${out}/faults.json`, formatSortedJson(go));
    await Deno.writeTextFile(`${out}/FAULTS.md`, page);
  }
  const lost = Object.values(tallies).reduce(
    (sum, tally) => sum + lostIn(tally),
    0,
  );
  if (lost > 0) throw new RunError(`${lost} faults were not survived`);
}

function minutesSince(start: number): number {
  return Math.round((performance.now() - start) / 6000) / 10;
}

await runBench(() => tryFaults(Deno.args));
