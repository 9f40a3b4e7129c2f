/** `timings.json`: how long each stage took. Times stand nowhere else. */

import { formatSortedJson } from "../store/record.ts";

export const TIMINGS_FILE = "timings.json";

export type Timings = Readonly<Record<string, { readonly seconds: number }>>;

/** What `timings.json` holds with a stage's seconds; the other stages' stay. */
export async function formatTimings(
  runFolder: string,
  stage: string,
  seconds: number,
): Promise<string> {
  const path = `${runFolder}/${TIMINGS_FILE}`;
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
  return formatSortedJson({ ...timings, [stage]: { seconds } });
}
