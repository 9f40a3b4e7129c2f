/** A job's progress as one line of text. */

import { withCommas } from "./text.ts";
import type { Pace } from "./progress_rate.ts";

/** Widths of the bar, from the one wished for to none at all. */
const BAR_WIDTHS = [10, 5, 0];
/** A note cut to fewer columns than this says nothing. */
const SHORTEST_NOTE = 6;
/** Seconds after which a job without a rate says how long it has run. */
const ELAPSED_AFTER = 2;

export interface ProgressState extends Pace {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** The units' name, such as `samples`. */
  readonly unit: string;
  /** Shown at the end as far as there is room; may be empty. */
  readonly note: string;
  /** Seconds since the start. */
  readonly elapsed: number;
}

/**
 * Puts a time as people say it: `<1 s`, `34 s`, `2.4 min`, `34 min`, `1.3 h`.
 *
 * @param seconds At least 0.
 */
export function formatTime(seconds: number): string {
  if (seconds < 1) return "<1 s";
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 9.95) return `${minutes.toFixed(1)} min`;
  if (minutes < 59.5) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 9.95
    ? `${hours.toFixed(1)} h`
    : `${withCommas(Math.round(hours))} h`;
}

/**
 * Puts a rate as people say it: `41/s`, `0.3/s`, or, where a unit takes more
 * than ten seconds, `2.4 min each`.
 *
 * @param perSecond Units a second, above 0.
 */
export function formatRate(perSecond: number): string {
  if (perSecond >= 9.95) return `${withCommas(perSecond)}/s`;
  if (perSecond >= 0.1) return `${perSecond.toFixed(1)}/s`;
  return `${formatTime(1 / perSecond)} each`;
}

/**
 * The line of a job:
 * `  training ██████░░░░ 512/1,920 samples, 41/s, 34 s left; epoch 3`.
 *
 * Where it is too long the note is cut first, then the bar, and the numbers
 * last.
 *
 * @param columns Columns that the line may take.
 * @returns At most `columns` characters.
 */
export function progressLine(state: ProgressState, columns: number): string {
  const numbers = formatNumbers(state);
  const heads = BAR_WIDTHS.map((width) =>
    "  " + [state.title, drawBar(state, width), numbers]
      .filter((part) => part !== "").join(" ")
  );
  const head = heads.find((line) => line.length <= columns);
  if (head === undefined) return heads[heads.length - 1].slice(0, columns);
  if (state.note === "") return head;
  const room = columns - head.length - "; ".length;
  if (state.note.length <= room) return `${head}; ${state.note}`;
  if (room < SHORTEST_NOTE) return head;
  return `${head}; ${state.note.slice(0, room - 1).trimEnd()}…`;
}

/**
 * A job as a line of a log:
 * `training 512/1,920 samples, 27 %, 41/s, 34 s left; epoch 3`.
 */
export function progressText(state: ProgressState): string {
  const share = `${Math.floor(100 * shareDone(state))} %`;
  return `${state.title} ${formatNumbers(state, share)}` +
    (state.note === "" ? "" : `; ${state.note}`);
}

/** `512/1,920 samples, 41/s, 34 s left`, as far as it is known. */
function formatNumbers(state: ProgressState, ...shares: string[]): string {
  const { done, total, unit, perSecond, secondsLeft, elapsed } = state;
  const parts = [`${withCommas(done)}/${withCommas(total)} ${unit}`, ...shares];
  if (perSecond !== null) {
    parts.push(formatRate(perSecond));
    if (secondsLeft !== null && done < total) {
      parts.push(`${formatTime(secondsLeft)} left`);
    }
  } else if (elapsed >= ELAPSED_AFTER) {
    parts.push(`${formatTime(elapsed)} so far`);
  }
  return parts.join(", ");
}

/** 0 to 1. */
function shareDone({ done, total }: ProgressState): number {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
}

function drawBar(state: ProgressState, width: number): string {
  // Full only when all is done.
  const filled = Math.floor(shareDone(state) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}
