/** How every script of this folder ends. */

import { InputError, RunError } from "../lib/cli/errors.ts";
import { BAD_INPUT, FAILED } from "../lib/cli/exit_status.ts";

/**
 * Does a script's work. A user's error becomes a line, with what mends it in a
 * second one, and ends the process: 1 failed while running, 2 bad input. Any
 * other error is thrown on.
 *
 * @example
 * ```ts
 * import { runBench } from "./run_bench.ts";
 * let done = false;
 * await runBench(() => {
 *   done = true;
 *   return Promise.resolve();
 * });
 * console.assert(done);
 * ```
 */
export async function runBench(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof RunError)) {
      throw error;
    }
    console.error(error.message);
    if (error.remedy) console.error(error.remedy);
    Deno.exit(error instanceof InputError ? BAD_INPUT : FAILED);
  }
}
