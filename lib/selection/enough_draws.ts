/** Which tissues need more draws, where their number is not given. */

import { quote } from "../cli/text.ts";
import type { StabilityRow } from "../shap/outputs.ts";
import { AUTO_STOP_OVERLAP, SAMPLES_WORTH_DRAWS } from "./levels.ts";
import { expectedOverlap, splitHalfAgreement } from "./stability.ts";
import type { ComparedScores } from "./tissue_medians.ts";

/** The tissues that are taken more draws for, if they are not stable. */
function worthDraws(halves: readonly StabilityRow[]): StabilityRow[] {
  return halves.filter(({ samples }) => samples >= SAMPLES_WORTH_DRAWS);
}

/** Those of them whose genes other draws would not rank alike. */
function unstableTissues(halves: readonly StabilityRow[]): string[] {
  return worthDraws(halves)
    .filter(({ overlap }) => expectedOverlap(overlap) < AUTO_STOP_OVERLAP)
    .map(({ tissue }) => tissue);
}

/**
 * The rows of the samples that need more draws: the ranked ones of tissues
 * that have not reached the aim. A tissue that has reached it gets no more, nor
 * does one of fewer than three samples.
 */
export function samplesToDraw(compared: ComparedScores): Set<number> {
  const unstable = new Set(unstableTissues(splitHalfAgreement(compared)));
  return new Set(
    compared.tissueOf.flatMap((tissue, row) =>
      tissue !== null && unstable.has(tissue) ? [row] : []
    ),
  );
}

/** The warning where the draws ended before the aim; empty if they did not. */
export function formatUnstable(
  halves: readonly StabilityRow[],
  draws: number,
): string {
  const unstable = unstableTissues(halves);
  if (unstable.length === 0) return "";
  const rows = worthDraws(halves);
  const overlaps = rows.map(({ overlap }) => expectedOverlap(overlap));
  const lowest = Math.min(...overlaps);
  const { tissue } = rows[overlaps.indexOf(lowest)];
  return `The draws ended at ${draws} a sample, the limit of ` +
    `--shap.max-draws, in ${unstable.length} of ${rows.length} tissues: a ` +
    `rerun is expected to share ${(100 * lowest).toFixed(0)} % of the top ` +
    `genes of ${quote(tissue)}, not ${100 * AUTO_STOP_OVERLAP} %.`;
}
