/** Progress of long jobs: a bar at a terminal, else a line a minute in the log. */

import { SingleBar } from "cli-progress";
import { drawingStream, processTerminal } from "./process_output.ts";
import {
  progressLine,
  type ProgressState,
  progressText,
} from "./progress_line.ts";
import { ProgressRate } from "./progress_rate.ts";
import { nameColumn } from "./terminal.ts";

/** A long job's progress. Disposing of it ends the job's line. */
export interface Progress extends Disposable {
  /** This many units more are done; `note` as by itself. */
  advance(units?: number, note?: string): void;
  /** What is shown at the end of the line from now on. */
  note(text: string): void;
  close(): void;
}

/** Where long jobs announce themselves. One job at a time has a bar. */
export type ProgressFactory = (
  title: string,
  total: number,
  unit: string,
) => Progress;

/** A factory that shows nothing: for tests, workers and `--quiet`. */
export const silentProgress: ProgressFactory = () => asProgress(() => {});

/**
 * The factory for a stage in this process: a bar on stderr if that is a
 * terminal, else lines.
 */
export function stageProgress(stage: string, quiet: boolean): ProgressFactory {
  if (quiet) return silentProgress;
  return Deno.stderr.isTerminal()
    ? barProgress({ stream: drawingStream() })
    : lineProgress(stage, processTerminal.err);
}

/** Milliseconds on a clock that never goes back. */
type Clock = () => number;

/**
 * A factory of bars, each one line that is drawn over and over and wiped out
 * at the end.
 *
 * @param settings Where to draw, by default stderr, and by which clock;
 * nothing is drawn unless it is a terminal.
 */
export function barProgress(
  { stream, now = () => performance.now() }: {
    readonly stream?: NodeJS.WritableStream;
    readonly now?: Clock;
  } = {},
): ProgressFactory {
  return (title, total, unit) => {
    const job = new Job(title, total, unit, now);
    const bar = new SingleBar({
      stream,
      format: (_options: unknown, { maxWidth }: { maxWidth: number }) =>
        // A terminal may wrap as soon as its last column is written.
        progressLine(job.state(), maxWidth - 1),
      clearOnComplete: true,
      // Left alone, Ctrl-C ends the process at once; the bar would swallow it,
      // and a hidden cursor would stay hidden.
      gracefulExit: false,
      hideCursor: false,
      // The terminal's own wrapping is left on, for Ctrl-C would leave it off;
      // the line is fitted to the terminal's width either way.
      linewrap: true,
    });
    bar.start(total, 0);
    return asProgress((units, note) => {
      job.advance(units, note);
      bar.update(job.done);
    }, () => bar.stop());
  };
}

/** Milliseconds between two lines of a log. */
const LOG_INTERVAL = 60_000;

/**
 * A factory of lines, one a minute as long as a job goes on. They are written
 * from within the job's own calls, for a job may leave this thread no time.
 */
export function lineProgress(
  stage: string,
  write: (line: string) => void,
  now: Clock = () => performance.now(),
): ProgressFactory {
  // All jobs of a stage share it, so that short ones are not silent together.
  let last = now();
  return (title, total, unit) => {
    const job = new Job(title, total, unit, now);
    return asProgress((units, note) => {
      job.advance(units, note);
      if (now() - last < LOG_INTERVAL) return;
      last = now();
      write(nameColumn(stage) + progressText(job.state()));
    });
  };
}

class Job {
  readonly #rate: ProgressRate;
  readonly #start: number;
  done = 0;
  #note = "";

  constructor(
    readonly title: string,
    readonly total: number,
    readonly unit: string,
    readonly now: Clock,
  ) {
    this.#start = now() / 1000;
    this.#rate = new ProgressRate(total, this.#start);
  }

  advance(units: number, note = this.#note): void {
    this.done += units;
    this.#note = note;
    this.#rate.advanceTo(this.done, this.now() / 1000);
  }

  state(): ProgressState {
    const { title, done, total, unit } = this;
    const seconds = this.now() / 1000;
    return {
      title,
      done,
      total,
      unit,
      note: this.#note,
      elapsed: seconds - this.#start,
      ...this.#rate.paceAt(seconds),
    };
  }
}

function asProgress(
  advance: (units: number, note?: string) => void,
  close = () => {},
): Progress {
  return {
    advance: (units = 1, note) => advance(units, note),
    note: (text) => advance(0, text),
    close,
    [Symbol.dispose]: close,
  };
}
