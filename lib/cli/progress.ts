/** Progress bars with rate and time left; silent where nobody is watching. */

import { SingleBar } from "cli-progress";
import { progressLine } from "./progress_line.ts";
import { ProgressRate } from "./progress_rate.ts";

/** Told how far a long job is. */
export interface Progress {
  /**
   * One more unit is done; `note` is shown at the end of the line. With 0
   * units the note alone changes.
   */
  advance(units?: number, note?: string): void;
  /** The job is over: the bar is taken off the screen. */
  close(): void;
}

/** Where long jobs announce themselves. One job at a time has a bar. */
export type ProgressFactory = (
  title: string,
  total: number,
  unit: string,
) => Progress;

/** A factory whose bars show nothing: for tests, workers and `--quiet`. */
export const silentProgress: ProgressFactory = () => ({
  advance() {},
  close() {},
});

/** Where bars are drawn, and by which clock. */
export interface BarSettings {
  /** A terminal; stderr by default. */
  readonly stream?: NodeJS.WritableStream;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * The factory for this process: bars on stderr if it is a terminal, else
 * silence.
 *
 * @param quiet True for silence everywhere.
 */
export function terminalProgress(quiet: boolean): ProgressFactory {
  if (quiet || !Deno.stderr.isTerminal()) return silentProgress;
  return barProgress();
}

/**
 * A factory of bars, each one line that is drawn over and over and wiped out
 * at the end.
 *
 * @param settings Where to draw; nothing is drawn unless it is a terminal.
 */
export function barProgress(
  { stream, now = () => performance.now() }: BarSettings = {},
): ProgressFactory {
  return (title, total, unit) => {
    const start = now() / 1000;
    const rate = new ProgressRate(total, start);
    let done = 0;
    let note = "";
    const bar = new SingleBar({
      stream,
      format: (_options: unknown, { maxWidth }: { maxWidth: number }) => {
        const seconds = now() / 1000;
        const { perSecond, secondsLeft } = rate.paceAt(seconds);
        const elapsed = seconds - start;
        return progressLine(
          { title, done, total, unit, note, perSecond, secondsLeft, elapsed },
          // A terminal may wrap as soon as its last column is written.
          maxWidth - 1,
        );
      },
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
    return {
      advance(units = 1, words = "") {
        done += units;
        note = words;
        rate.advanceTo(done, now() / 1000);
        bar.update(done);
      },
      close() {
        bar.stop();
      },
    };
  };
}
