/** `timings.json`: how long each stage took. Times stand nowhere else. */

import { replaceFile } from "../run/files.ts";
import { writeSortedJson } from "../run/record.ts";

/** Seconds by stage. */
export type Timings = Readonly<Record<string, { readonly seconds: number }>>;

/**
 * Writes a stage's seconds; the other stages' stay.
 *
 * @example
 * ```ts
 * import { recordSeconds } from "./timings.ts";
 * const run = await Deno.makeTempDir();
 * await recordSeconds(run, "cnn", 12.3);
 * const text = await Deno.readTextFile(`${run}/timings.json`);
 * console.assert(JSON.parse(text).cnn.seconds === 12.3);
 * await Deno.remove(run, { recursive: true });
 * ```
 */
export async function recordSeconds(
  runFolder: string,
  stage: string,
  seconds: number,
): Promise<void> {
  const path = `${runFolder}/timings.json`;
  let timings: Timings = {};
  try {
    const content: unknown = JSON.parse(await Deno.readTextFile(path));
    if (typeof content === "object" && content !== null) {
      timings = content as Timings;
    }
  } catch (error) {
    if (
      !(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)
    ) throw error;
  }
  await replaceFile(
    path,
    writeSortedJson({ ...timings, [stage]: { seconds } }),
  );
}
