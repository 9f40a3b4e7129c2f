/** What a run will take, in lines. */

import { formatTime } from "../cli/progress_line.ts";
import { percent } from "../cli/numbers.ts";
import { countOf, formatBytes, withCommas } from "../cli/text.ts";
import { COLUMNS, wrap } from "../cli/terminal.ts";
import { fact } from "./fact.ts";
import { type StageTimes, totalTime } from "./foretell_time.ts";
import { peakMemory } from "./foretell_memory.ts";
import type { Machine } from "./machine.ts";
import type { RunPlan } from "./plan.ts";

/** With less of a core than this, other programs slow the run down. */
const IDLE_SHARE = 0.8;

/** Everything foretold of a run. */
export interface Forecast {
  readonly plan: RunPlan;
  readonly times: StageTimes;
  /** Bytes at the peak of each stage. */
  readonly memory: Readonly<Record<string, number>>;
  readonly disk: { readonly run: number; readonly checkpoints: number };
  /** The backend in words. */
  readonly backend: string;
  /** Seconds that the measurement took. */
  readonly measured: number;
  /** How much of a core one thread of it got, from 0 to 1. */
  readonly share: number;
}

/** The networks that will be trained, one fact a line. */
export function formatNetworks({ plan, backend }: Forecast): string[] {
  const { folds, members, epochs, updates, batch, architecture } = plan;
  const networks = folds.length * members;
  return [
    fact(
      "networks",
      countOf(networks, "network") +
        (networks > 1
          ? `: ${countOf(folds.length, "fold")} x ${countOf(members, "member")}`
          : ""),
    ),
    fact("image", `${architecture.side} x ${architecture.side} pixels`),
    fact("epochs", withCommas(epochs)),
    fact("updates", `${withCommas(updates)} a network, batches of ${batch}`),
    fact("backend", backend),
  ];
}

/** Times, memory and disk, and what does not fit this machine. */
export function formatForecast(
  forecast: Forecast,
  { memory: { available }, freeDisk }: Machine,
): string[] {
  const { times, memory, disk, measured, share } = forecast;
  const peak = peakMemory(memory);
  const space = disk.run + disk.checkpoints;
  const short = [
    ...peak > available
      ? [
        `more memory than the ${formatBytes(available)} that are available: ` +
        "close other programs, or give --cnn.width 0.1, a smaller --cnn.batch " +
        "or fewer --threads",
      ]
      : [],
    ...freeDisk !== null && space > freeDisk
      ? [`more disk space than the ${formatBytes(freeDisk)} that are free`]
      : [],
  ];
  const busy = share < IDLE_SHARE
    ? ` Other programs are busy: one thread got ${
      percent(share)
    } of a core. Without them a run takes less.`
    : "";
  return [
    ...wrap(
      `Measured for ${
        formatTime(measured)
      } on this machine, as busy as it is ` +
        `now. Each time may be a third shorter or half longer.${busy}`,
      COLUMNS,
    ),
    "",
    ...Object.entries(times).map(([stage, time]) =>
      fact(
        stage,
        `${formatRange(time)}, ${formatBytes(memory[stage] ?? 0)} of memory`,
      )
    ),
    fact(
      "in all",
      `${formatRange(totalTime(times))}, ${formatBytes(peak)} of memory`,
    ),
    fact("disk", `${formatBytes(disk.run)} when it is done`),
    fact("", `up to ${formatBytes(space)} while it runs`),
    ...short.map((what) => fact("note", `this takes ${what}`)),
  ];
}

/** `about 12 min`, or `4.0 min to 2.1 h`. */
export function formatRange([least, most]: readonly [number, number]): string {
  const [low, high] = [formatTime(least), formatTime(most)];
  if (low !== high) return `${low} to ${high}`;
  return low.startsWith("<") ? low : `about ${low}`;
}
