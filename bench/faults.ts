/**
 * Does the suite survive faults around it? Interrupts runs, fills their disk,
 * changes their files, ends their workers, and checks what the next command
 * does.
 */

import { InputError, RunError } from "../lib/cli/errors.ts";
import { integer, list, text, toggle } from "../lib/cli/parameters.ts";
import { formatSortedJson } from "../lib/store/record.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { altered } from "./faults/altered.ts";
import { interrupted, killed } from "./faults/interrupted.ts";
import { diskFull } from "./faults/disk_full.ts";
import { diverged } from "./faults/diverged.ts";
import type { Fault } from "./faults/fault.ts";
import { formatPage, lostIn, type Result, stampTally } from "./faults/page.ts";
import { emptyFolder } from "./faults/run_folder.ts";
import { project } from "./faults/suite.ts";
import { twoAtOnce } from "./faults/two_at_once.ts";
import { brokenWorkers } from "./faults/workers.ts";

const faults: readonly Fault[] = [
  killed,
  interrupted,
  diskFull,
  twoAtOnce,
  altered,
  brokenWorkers,
  diverged,
];

const flags = {
  kills: integer(50, { minimum: 1 }, "random moments at which a run is killed"),
  signals: integer(10, { minimum: 1 }, "the same for SIGINT and SIGTERM"),
  only: list("FAULT", `of ${faults.map(({ id }) => id).join(", ")}`),
  seed: integer(42, { minimum: 0 }, "of the random moments"),
  out: text(
    "",
    "DIR",
    "folder for FAULTS.md and faults.json, whose other faults stay as they " +
      "are; default: print the page",
  ),
  quiet: toggle("print no progress"),
  help: toggle("list the flags"),
};

async function tryFaults(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "faults");
  if (values === undefined) return;
  const only = values.only;
  const unknown = only.filter((id) => !faults.some((fault) => fault.id === id));
  if (unknown.length > 0) {
    throw new InputError(
      `Cannot try ${unknown.join(", ")}: the faults are ${
        faults.map(({ id }) => id).join(", ")
      }`,
    );
  }
  const out = values.out;
  const results: Record<string, Result> = out === ""
    ? {}
    : await readResults(`${out}/faults.json`);
  let lost = 0;
  for (const fault of faults) {
    if (only.length > 0 && !only.includes(fault.id)) continue;
    const folder = `${project}reports/faults/${fault.id}`;
    const tally = await fault.run({
      folder: await emptyFolder(folder),
      kills: values.kills,
      signals: values.signals,
      seed: values.seed,
      say: (line) => values.quiet || console.error(line),
    });
    await Deno.remove(folder, { recursive: true });
    lost += lostIn(tally);
    results[fault.id] = stampTally(tally, values.seed);
    if (out === "") continue;
    // After each fault: all of them take an hour.
    await Deno.writeTextFile(`${out}/faults.json`, formatSortedJson(results));
    await Deno.writeTextFile(`${out}/FAULTS.md`, formatPage(faults, results));
  }
  if (out === "") console.log(formatPage(faults, results));
  if (lost > 0) throw new RunError(`${lost} faults were not survived`);
}

/** The results of earlier times. */
async function readResults(path: string): Promise<Record<string, Result>> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

await runBench(() => tryFaults(Deno.args));
