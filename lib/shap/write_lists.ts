/** Writes the lists of genes. */

import type { TissueConsensus } from "../selection/consensus.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import * as lists from "./gene_rows.ts";
import type { ShapContext } from "./inputs.ts";
import * as files from "./outputs.ts";

/**
 * Writes the whole ranking, the set, each tissue's genes, those that mark it by
 * their absence, and those that most networks agree on.
 *
 * @param ranked All genes by rank, also where the set is chosen one by one.
 * @param consensus Null with a single network.
 */
export async function writeLists(
  context: ShapContext,
  found: Parameters<typeof lists.setRows>[0],
  ranked: readonly TissueRanks[],
  consensus: readonly TissueConsensus[] | null,
): Promise<void> {
  const { genes } = found;
  const tissueGenes = lists.tissueRows(found, consensus);
  await context.write(files.ranks, lists.rankRows(genes, ranked));
  await context.write(files.shapGenes, lists.setRows(found));
  await context.write(files.tissueGenes, tissueGenes);
  await context.write(files.tissueGeneSets, lists.tissueSets(tissueGenes));
  await context.write(files.absentGenes, lists.absentRows(found));
  await context.write(files.background, genes);
  if (consensus !== null) {
    await context.write(
      files.consensusGenes,
      lists.consensusRows(found, consensus),
    );
  }
}
