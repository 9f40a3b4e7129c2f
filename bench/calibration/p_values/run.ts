/** Runs the calibration of further p-values and writes its page. */

import { stageProgress } from "../../../lib/cli/progress.ts";
import { deriveSeed } from "../../../lib/random.ts";
import { describeVersions } from "../../../lib/store/record.ts";
import { mapInWorkers } from "../../../lib/workers/pool.ts";
import type { Measured } from "./measured.ts";
import { formatPValuePage } from "./page.ts";
import { type RowRate, summarizeRows } from "./summarize.ts";
import { type PValueTask, REPEATS } from "./worker.ts";

/** The flags that matter here. */
export interface PValueFlags {
  /** Trials with a simulated study each. */
  readonly studies: number;
  /** Trials without a matrix. */
  readonly drawn: number;
  readonly seed: number;
}

/**
 * Makes all trials.
 *
 * @param threads Workers; the results do not depend on it.
 * @param out Folder of `CALIBRATION_TESTS.md` and `calibration_tests.json`; the
 * page is printed if it is empty.
 */
export async function calibratePValues(
  { studies, drawn, seed }: PValueFlags,
  threads: number,
  out: string,
): Promise<void> {
  const trials = { study: studies, drawn };
  const tasks = (["study", "drawn"] as const).flatMap((kind) =>
    Array.from({ length: trials[kind] }, (_, trial): PValueTask => ({
      kind,
      seed: deriveSeed(seed, `calibration/p/${kind}/${trial + 1}`),
      repeats: REPEATS,
      shuffles: "auto",
    }))
  );
  const progress = stageProgress("calibration", false)(
    "calibrating",
    tasks.length,
    "trials",
  );
  const results = (await mapInWorkers<null, PValueTask, Measured[]>({
    module: new URL("./worker.ts", import.meta.url),
    setup: null,
    tasks,
    threads,
    onResult: () => progress.advance(),
  }).finally(() => progress.close())).flat();
  const rates = summarizeRows(results);
  const flags = { studies, drawn, seed };
  const page = formatPValuePage({ rates, flags, versions: describeVersions() });
  if (out === "") {
    console.log(page);
    return;
  }
  await Deno.writeTextFile(`${out}/CALIBRATION_TESTS.md`, page);
  await Deno.writeTextFile(
    `${out}/calibration_tests.json`,
    formatRecord(flags, rates, results),
  );
  console.log(`${out}/CALIBRATION_TESTS.md`);
}

/** The rates and what every trial gave, a row per line. */
function formatRecord(
  flags: PValueFlags,
  rates: readonly RowRate[],
  results: readonly Measured[],
): string {
  const byRow = Map.groupBy(results, ({ row }) => row);
  const lines = rates.map((rate) => {
    const values = byRow.get(rate.row)!
      .map(({ value }) => String(Number(value.toPrecision(3))));
    return `    ${JSON.stringify(rate.row)}: [${values.join()}]`;
  });
  return `{\n  "flags": ${JSON.stringify(flags)},\n` +
    `  "rates": [\n${
      rates.map((rate) => `    ${JSON.stringify(rate)}`).join(",\n")
    }\n  ],\n` +
    `  "values": {\n${lines.join(",\n")}\n  }\n}\n`;
}
