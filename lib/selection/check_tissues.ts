/** Which tissues can be ranked: known before anything is explained. */

import { rerun, RunError } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";

/**
 * Names the tissues that will have no ranks, and warns of them.
 *
 * @param correct Each explained sample's tissue if it was predicted right.
 * @throws {RunError} If no sample can be ranked.
 */
export function checkTissues(
  context: Pick<StageContext, "warn">,
  tissues: readonly string[],
  correct: readonly (string | null)[],
): string[] {
  if (correct.length === 0) {
    throw new RunError(
      "Cannot explain: the test part is empty and should hold a sample",
      rerun("prepare", { "test-fraction": 0.2 }),
    );
  }
  const missing = tissues.filter((tissue) => !correct.includes(tissue));
  if (missing.length === tissues.length) {
    throw new RunError(
      "Cannot rank the genes: no test sample's tissue was predicted right, " +
        "and only such samples are ranked",
      rerun("cnn", { epochs: 200 }),
    );
  }
  if (missing.length > 0) {
    context.warn(
      `No ranks for ${missing.map(quote).join(", ")}: no test sample of ` +
        `${missing.length === 1 ? "it" : "these"} was predicted right.`,
    );
  }
  return missing;
}
