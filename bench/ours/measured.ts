/** How each of our sides runs: a task in JSON comes in, JSON goes out. */

import process from "node:process";

/** The result of a side's work. */
export interface Work {
  /** Time of the compared work, without its preparation. */
  readonly seconds: number;
  /** Results that show that both sides did the same work. */
  readonly facts: Readonly<Record<string, number>>;
}

/** Seconds since `start`, a value of `performance.now()`. */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/**
 * Does the task of the command line and prints the measurement. The peak
 * memory is that of the whole process, workers included.
 */
export async function reportMeasurement<Task>(
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
  // Threads of a backend may keep the process alive.
  Deno.exit(0);
}
