/** Runs a script of this folder and reports its errors. */

import { InputError, RunError } from "../lib/cli/errors.ts";
import { BAD_INPUT, FAILED } from "../lib/cli/exit_status.ts";

/**
 * Does a script's work. An error that the user can fix is printed in one line,
 * with its remedy in a second one, and sets the exit status: 1 failed while
 * running, 2 bad input. Any other error is thrown.
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
