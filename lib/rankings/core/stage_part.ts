/** What the stage `genesets` does to compare the rankings with each other. */

import type { StageContext } from "../../pipeline/stage.ts";
import type { Dataset } from "../../prepare/dataset.ts";
import type { TissueContrast } from "../../prepare/tissue_contrasts.ts";
import { mean } from "../../statistics/describe.ts";
import { topCount } from "../../statistics/rank_agreement.ts";
import type { RowOf } from "../../store/table.ts";
import { CONSENSUS, type Ranking, type ShapLists } from "../shap_rankings.ts";
import { agreements } from "./agreement.ts";
import { type Core, findCore } from "./core_genes.ts";
import { intersectionsOf } from "./intersections.ts";
import * as files from "./outputs.ts";

/** What is compared. */
export interface Compared {
  readonly dataset: Dataset;
  readonly contrasts: readonly TissueContrast[];
  /** SHAP first. */
  readonly rankings: readonly Ranking[];
  readonly shap: ShapLists;
  /** Names of the rankings of a core gene; none, or at least two. */
  readonly core: readonly string[];
}

/** A tissue's first genes that are compared: as deep as the SHAP set. */
export function comparedDepth(
  { setRanks }: Pick<ShapLists, "setRanks">,
  genes: number,
): number {
  return setRanks > 0 ? setRanks : topCount(genes);
}

/** The core genes; null without rankings that must agree. */
export function findCoreOf(
  { dataset: { genes }, contrasts, rankings, shap, core }: Compared,
): Core | null {
  return core.length === 0 ? null : findCore(
    rankings.filter(({ name }) => core.includes(name)),
    contrasts,
    comparedDepth(shap, genes.length),
    [...new Set(shap.set.map(({ gene }) => gene))],
    genes.length,
  );
}

/**
 * Writes the tables and draws the figures.
 *
 * @param shown Names of the rankings whose intersections are drawn: there is
 * no room for all.
 */
export async function writeComparison(
  context: Pick<StageContext, "write" | "draw">,
  compared: Compared,
  core: Core | null,
  shown: readonly string[],
): Promise<void> {
  const { dataset, contrasts, shap } = compared;
  const depth = comparedDepth(shap, dataset.genes.length);
  // It lists few genes, so that it could agree with no ranking.
  const rankings = compared.rankings.filter(({ name }) => name !== CONSENSUS);
  if (core !== null) {
    await context.write(files.coreGenes, coreRows(core, compared));
  }
  const found = agreements(rankings, contrasts, depth);
  await context.write(
    files.agreement,
    found.map(({ a, b, ...rest }) => ({ a: a.name, b: b.name, ...rest })),
  );
  const drawn = rankings.filter(({ name }) => shown.includes(name));
  await context.draw(files.upsetFigure, {
    depth,
    rankings: drawn.map(({ title }) => title),
    core: drawn.flatMap(({ name }, place) =>
      compared.core.includes(name) ? [place] : []
    ),
    tissues: contrasts.length,
    intersections: intersectionsOf(
      drawn,
      contrasts.map(({ tissue }) => tissue),
      depth,
    ),
  });
  await context.draw(files.agreementFigure, {
    depth,
    rankings: rankings.map(({ name, title }) => ({ name, title })),
    agreements: found,
  });
}

function coreRows(
  { tissues, all, rankings }: Core,
  { dataset: { genes, geneFacts }, contrasts }: Compared,
): RowOf<typeof files.coreGenes>[] {
  return [
    ...tissues.flatMap((own, t) =>
      own.genes.map(({ gene, ranks }) => ({
        within: "tissue" as const,
        tissue: own.tissue,
        gene: genes[gene],
        name: geneFacts[gene].name,
        worst_rank: Math.max(...ranks),
        mean_rank: mean(ranks),
        ranks: rankings.map(({ name }, r) => `${name} ${ranks[r]}`).join("; "),
        log2_fold_change: contrasts[t].log2FoldChange[gene],
      }))
    ),
    ...all.genes.map((gene) => ({
      within: "sets" as const,
      tissue: null,
      gene: genes[gene],
      name: geneFacts[gene].name,
      worst_rank: null,
      mean_rank: null,
      ranks: null,
      log2_fold_change: null,
    })),
  ];
}

/** The numbers for `genesets.json`. */
export function summarizeCore(core: Core | null): files.CoreSummary | null {
  return core && {
    rankings: core.rankings.map(({ name }) => name),
    depth: core.depth,
    tissues: core.tissues.map(({ tissue, genes, expected }) => ({
      tissue,
      genes: genes.length,
      expected,
    })),
    set_size: core.all.setSize,
    set_genes: core.all.genes.length,
    set_expected: core.all.expected,
  };
}
