/** Writes what networks of halves of the samples rank. */

import type { CutoffRule } from "../selection/cutoff.ts";
import type { HalfLists } from "../selection/half_frequencies.ts";
import type { ShapContext } from "./inputs.ts";
import * as files from "./outputs.ts";
import { halfRows } from "./rows.ts";
import { summarizeHalfNetworks } from "./summary.ts";

/** Writes the ranks on each half, and how often a gene comes again, if any. */
export async function writeHalves(
  context: ShapContext,
  onHalves: readonly HalfLists[],
  genes: readonly string[],
  rule: CutoffRule,
  summary: Pick<files.ShapSummary, "listed_ranks">,
): Promise<void> {
  if (onHalves.length === 0) return;
  const depth = Math.max(
    summary.listed_ranks,
    rule.rule === "stable" ? rule.ranks : 0,
  );
  await context.write(files.halfRanks, halfRows(genes, onHalves, depth));
  await context.write(
    files.halves,
    summarizeHalfNetworks(onHalves, rule, depth),
  );
}
