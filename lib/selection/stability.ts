/** Whether other draws, or another network, would rank the same genes high. */

import type { ShapSummary, StabilityRow } from "../shap/outputs.ts";
import { mean } from "../statistics/describe.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { countCandidates } from "./candidates.ts";
import { compareMedians, compareTops, meanOfKnown } from "./compare_medians.ts";
import {
  type ComparedScores,
  mediansOfBlocks,
  mediansOfNetwork,
} from "./tissue_medians.ts";

/**
 * Compares the odd blocks of the draws with the even ones, tissue by tissue.
 *
 * @returns Empty with fewer than two blocks.
 */
export function splitHalfAgreement(compared: ComparedScores): StabilityRow[] {
  const half = Math.floor(compared.scores.size.blocks / 2);
  if (half === 0) return [];
  const [odd, even] = [0, 1].map((parity) =>
    mediansOfBlocks(
      compared,
      Array.from({ length: half }, (_, pair) => 2 * pair + parity),
    )
  );
  const top = topCount(compared.columns.length);
  return compareMedians(odd, even, top, compared.candidates)
    .map((row) => ({ source: "draws", first: "odd", second: "even", ...row }));
}

/** Two networks' median scores in one tissue, compared. */
export interface NetworkAgreement extends StabilityRow {
  /** The overlap of the ten best genes, or of `top` if that is fewer. */
  readonly overlap_top_10: number;
  /** The overlap of unrelated orders: top / genes that may be ranked. */
  readonly chance_overlap: number;
}

/**
 * Compares every pair of networks of the ensemble, tissue by tissue.
 *
 * @returns Empty with a single network.
 */
export function networkAgreement(compared: ComparedScores): NetworkAgreement[] {
  const { scores: { size: { ensemble } }, columns, candidates } = compared;
  if (ensemble === 1) return [];
  const members = Array.from(
    { length: ensemble },
    (_, member) => mediansOfNetwork(compared, member),
  );
  const top = topCount(columns.length);
  return members.flatMap((first, index) =>
    members.slice(index + 1).flatMap((second, further) =>
      compareMedians(first, second, top, candidates).map((row, tissue) => ({
        source: "networks",
        first: String(index + 1),
        second: String(index + further + 2),
        ...row,
        overlap_top_10: compareTops(
          first[tissue],
          second[tissue],
          Math.min(10, top),
          candidates,
        ).overlap,
        chance_overlap: row.top /
          Math.max(
            1,
            countCandidates(candidates, row.tissue, columns.length),
          ),
      }))
    )
  );
}

/** The rows as `stability.csv` has them. */
export function withoutDetails(
  rows: readonly NetworkAgreement[],
): StabilityRow[] {
  return rows.map(({ overlap_top_10: _, chance_overlap: __, ...row }) => row);
}

/**
 * How much more of the top differs between halves of the draws than between
 * two runs with all of them. Where errors are small the differing share goes
 * with the error, 1 / sqrt(draws), and the factor would be sqrt(2). On the
 * demo's network, 50 to 400 draws a sample, it fell as draws^-0.4 (factors
 * 1.19 to 1.39, mean 1.32): with 100 draws halves shared 0.77 and reruns 0.81
 * of the top 100, with 400 draws 0.86 and 0.89.
 */
const HALVES_FACTOR = 2 ** 0.4;

/**
 * The overlap to expect between two runs with all of the draws, from that
 * between two halves of them.
 */
export function expectedOverlap(overlapOfHalves: number): number {
  return 1 - (1 - overlapOfHalves) / HALVES_FACTOR;
}

/** The means over the tissues; null with one block of draws. */
export function summarizeHalves(
  halves: readonly StabilityRow[],
): ShapSummary["draws_stability"] {
  if (halves.length === 0) return null;
  const overlap = mean(halves.map(({ overlap }) => overlap));
  return {
    top: halves[0].top,
    overlap_of_halves: overlap,
    expected_overlap: expectedOverlap(overlap),
    spearman_of_halves: meanOfKnown(halves.map(({ spearman }) => spearman)),
  };
}

/**
 * The means over tissues and pairs of networks; null with a single network.
 */
export function summarizeNetworks(
  pairs: readonly NetworkAgreement[],
  ensemble: number,
): ShapSummary["networks_stability"] {
  if (pairs.length === 0) return null;
  const [{ top }] = pairs;
  return {
    ensemble,
    top,
    overlap: mean(pairs.map(({ overlap }) => overlap)),
    overlap_top_10: mean(pairs.map(({ overlap_top_10 }) => overlap_top_10)),
    spearman: meanOfKnown(pairs.map(({ spearman }) => spearman)),
    chance_overlap: mean(pairs.map(({ chance_overlap }) => chance_overlap)),
  };
}
