/** How each of our sides is run: a task in JSON comes in, JSON goes out. */

import process from "node:process";

/** What a side's work gives. */
export interface Work {
  /** The work that is compared, without what leads up to it. */
  readonly seconds: number;
  /** What shows that both sides did the same. */
  readonly facts: Readonly<Record<string, number>>;
}

/** Seconds since `start`, a value of `performance.now()`. */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/**
 * Does the task of the command line and prints what was measured. The peak of
 * memory is that of the whole process, its workers included.
 */
export async function tell<Task>(
  work: (task: Task) => Promise<Work>,
): Promise<void> {
  try {
    const { seconds, facts } = await work(JSON.parse(Deno.args[0]));
    const peakBytes = 1024 * process.resourceUsage().maxRSS;
    console.log(JSON.stringify({ seconds, peakBytes, facts }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
  // A backend may leave threads behind that would keep the process alive.
  Deno.exit(0);
}
