/**
 * Prints to this process's output. A line that cannot be written never stops
 * the work, for the results are in files.
 */

import { DONE, FAILED } from "./exit_status.ts";
import { explainSystemError } from "./system_error.ts";
import type { Terminal } from "./terminal.ts";
import { escapeControls } from "./text.ts";

/** Takes bytes as `Deno.stdout` does. */
type Sink = Pick<typeof Deno.stdout, "writeSync">;

/** Milliseconds between two attempts while a reader is slow. */
const PAUSE = 10;

/** A terminal of which one can ask whether it has lost a line. */
export interface OutputTerminal extends Terminal {
  /** Whether a line could not be written, though somebody was to read it. */
  readonly hasLost: boolean;
}

/**
 * A terminal on two streams that never throws. All that a terminal would obey
 * is escaped, but for line ends. The first line that cannot be written is said
 * on `err`; a reader who has gone away, as `head` does, is no failure.
 */
export function outputTerminal(out: Sink, err: Sink): OutputTerminal {
  let hasLost = false;
  const lose = (error: unknown) => {
    if (hasLost || isClosed(error)) return;
    hasLost = true;
    const what = explainSystemError(error)?.what ??
      (error instanceof Error ? error.message : String(error));
    tryTo(() =>
      writeLine(
        err,
        `Cannot write the output: ${what}\n  try: make room there, or send ` +
          "the output elsewhere; the command goes on",
      )
    );
  };
  const print = (sink: Sink, line: string) => {
    try {
      writeLine(sink, line);
    } catch (error) {
      lose(error);
    }
  };
  return {
    out: (line) => print(out, line),
    err: (line) => print(err, line),
    get hasLost() {
      return hasLost;
    },
  };
}

/** This process's output. */
export const processTerminal: OutputTerminal = outputTerminal(
  Deno.stdout,
  Deno.stderr,
);

/** The exit status of a command whose lines were to be read. */
export function statusWith(
  { hasLost }: OutputTerminal,
  status: number,
): number {
  return status === DONE && hasLost ? FAILED : status;
}

/**
 * The terminal that stderr is, for a library that draws on it. What cannot be
 * drawn is left out.
 */
export function drawingStream(sink: Sink = Deno.stderr): NodeJS.WritableStream {
  const stream = {
    isTTY: Deno.stderr.isTerminal(),
    get columns(): number | undefined {
      return tryTo(() => Deno.consoleSize().columns);
    },
    write(text: string): boolean {
      tryTo(() => writeText(sink, text));
      return true;
    },
  };
  return stream as unknown as NodeJS.WritableStream;
}

function writeLine(sink: Sink, line: string): void {
  writeText(sink, line.split("\n").map(escapeControls).join("\n") + "\n");
}

function writeText(sink: Sink, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length;) {
    try {
      start += sink.writeSync(bytes.subarray(start));
    } catch (error) {
      // Another program may have set a shared pipe so that it does not wait.
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

/** Whether nobody reads the other end of a pipe any more. */
function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe;
}

function tryTo<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
