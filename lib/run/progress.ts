/** Progress bars with time left, for people; silent where none is watching. */

import { SingleBar } from "cli-progress";

/** Told how far a long job is. */
export interface Progress {
  /** One more unit is done; `note` is shown at the end of the line. */
  advance(units?: number, note?: string): void;
  /** The job is over: the bar is taken off the screen. */
  close(): void;
}

/** Where long jobs announce themselves. */
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

/**
 * The factory for this process: bars on stderr if it is a terminal, else
 * silence.
 *
 * @param quiet True for silence everywhere.
 *
 * @example
 * ```ts
 * import { terminalProgress } from "./progress.ts";
 * const progress = terminalProgress(true)("training", 50, "epoch");
 * progress.advance(1, "loss 0.31");
 * progress.close();
 * ```
 */
export function terminalProgress(quiet: boolean): ProgressFactory {
  if (quiet || !Deno.stderr.isTerminal()) return silentProgress;
  return (title, total, unit) => {
    const bar = new SingleBar({
      format:
        `  ${title} {bar} {value}/{total} ${unit}, {eta_formatted} left{note}`,
      barsize: 10,
      clearOnComplete: true,
      // Left alone, Ctrl-C ends the process at once; the bar would swallow it,
      // and a hidden cursor would stay hidden.
      gracefulExit: false,
      hideCursor: false,
      etaBuffer: 20,
      // The terminal's own wrapping is left on, for Ctrl-C would leave it off;
      // the bar is cut at the terminal's width either way.
      linewrap: true,
    });
    bar.start(total, 0, { note: "" });
    return {
      advance(units = 1, note = "") {
        bar.increment(units, { note: note && `; ${note}` });
      },
      close() {
        bar.stop();
      },
    };
  };
}
