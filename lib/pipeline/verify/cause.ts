/** Why a stage that was made again came out different. */

import { RECORD_FILE, type StageRecord } from "../../store/record.ts";
import type { ComparedFile } from "./compare.ts";
import { areWebgpu } from "./compare_record.ts";
import { programChanges } from "./program_changes.ts";
import { showName, showNames } from "./show.ts";

/** Names that a cause lists. */
const NAMED = 5;

/**
 * The likeliest cause, in words.
 *
 * @param different The files that differ, of the first stage that differs.
 * @param keys The keys of its record that are not as they were made again.
 * @param code SHA-256 of the stage's code now.
 */
export function likelyCause(
  different: readonly ComparedFile[],
  keys: readonly string[],
  then: StageRecord,
  now: StageRecord,
  code: string,
  runFolder: string,
): string {
  const filesThat = (wanted: string) =>
    different.filter(({ outcome }) => outcome === wanted)
      .map(({ file }) => file);
  const altered = filesThat("altered");
  if (altered.length > 0) {
    const [was, it] = altered.length === 1 ? ["was", "it"] : ["were", "them"];
    return `${
      showNames(altered, NAMED)
    } in ${runFolder} ${was} changed after ` +
      `${then.stage} had written ${it}`;
  }
  const missing = filesThat("missing");
  if (missing.length > 0) {
    const [was, it] = missing.length === 1 ? ["was", "it"] : ["were", "them"];
    return `${
      showNames(missing, NAMED)
    } ${was} removed from ${runFolder} after ` +
      `${then.stage} had written ${it}`;
  }
  if (different.length === 0) {
    return `${then.stage}/${RECORD_FILE} was changed: ${
      showNames(keys, NAMED)
    } ${
      keys.length === 1 ? "is" : "are"
    } not what ${then.stage} records when it is made again`;
  }
  const { versions, hasOtherCode } = programChanges(then, code);
  if (versions.length > 0) {
    return `other versions: ${showNames(versions, NAMED)}`;
  }
  const inputs = Object.keys({ ...then.inputs, ...now.inputs })
    .filter((name) => then.inputs[name] !== now.inputs[name]);
  if (inputs.length > 0) {
    return `${then.stage} was made from another state of ` +
      `${showNames(inputs, NAMED)} than the run holds`;
  }
  if (hasOtherCode) return `the code of ${then.stage} was changed`;
  if (areWebgpu(then, now)) {
    return `graphics cards round differently: it was ${
      showName(String(then.backend))
    } and is ${now.backend}`;
  }
  return "this machine computes differently, which it should not";
}
