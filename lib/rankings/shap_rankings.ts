/** The SHAP rankings, as lists that can be compared with others. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import {
  consensusGenes,
  foldRanks,
  ranks,
  shapGenes,
  tissueGenes,
} from "../shap/outputs.ts";

/** A ranking of each tissue's genes, by whatever method. */
export interface Ranking {
  readonly name: string;
  readonly title: string;
  /** Gene columns by tissue, best first; a tissue may lack a list. */
  readonly lists: ReadonlyMap<string, ArrayLike<number>>;
  /** A gene's score in a tissue, if it is known. */
  readonly scoreOf?: (tissue: string, gene: number) => number | null;
}

/** The name of the ranking by median SHAP values. */
export const SHAP = "shap";
/** The name of the ranking by several networks' common genes. */
export const CONSENSUS = "shap_consensus";

/** What the stage `shap` found. */
export interface ShapLists {
  /** By the median, then the consensus of several networks if there is one. */
  readonly rankings: readonly Ranking[];
  /**
   * Whether there are lists by each fold's training samples, too; not with
   * `--shap.explained test`, and then SHAP does not vote in the consensus.
   */
  readonly hasFoldLists: boolean;
  /** The set's genes with the tissue in which each ranks best. */
  readonly set: readonly { readonly gene: number; readonly tissue: string }[];
  /** The last rank that went into the set. */
  readonly setRanks: number;
}

/**
 * Reads the SHAP rankings and the SHAP set.
 *
 * @throws {InputError} If they name a gene that the matrix lacks.
 */
export async function readShapLists(
  context: Pick<StageContext, "read" | "has">,
  dataset: Pick<Dataset, "genes">,
): Promise<ShapLists> {
  const ofRanks = columnFinder(dataset, ranks.file);
  const ofSet = columnFinder(dataset, shapGenes.file);
  const { names, values } = await context.read(ranks);
  const byMedian = new Map(
    names.map((tissue, index) => [
      tissue,
      // A tissue's ranking may end before the others.
      values.flatMap((row) => {
        const gene = row[index];
        return gene ? [ofRanks(gene)] : [];
      }),
    ]),
  );
  const chosen = await context.read(shapGenes);
  const medians = new Map<string, number>();
  if (await context.has(tissueGenes)) {
    for (const row of await context.read(tissueGenes)) {
      medians.set(`${row.tissue}/${row.gene}`, row.median_shap);
    }
  }
  const rankings: Ranking[] = [{
    name: SHAP,
    title: "SHAP",
    lists: byMedian,
    scoreOf: (tissue, gene) =>
      medians.get(`${tissue}/${dataset.genes[gene]}`) ?? null,
  }];
  if (await context.has(consensusGenes)) {
    const rows = (await context.read(consensusGenes))
      .toSorted((a, b) => a.rank - b.rank);
    const byTissue = Map.groupBy(rows, ({ tissue }) => tissue);
    const ofConsensus = columnFinder(dataset, consensusGenes.file);
    // Without a row there was nothing that networks could agree on.
    if (rows.length > 0) {
      rankings.push({
        name: CONSENSUS,
        title: "SHAP consensus",
        lists: new Map(
          [...byTissue].map(([tissue, rows]) => [
            tissue,
            rows.map(({ gene }) => ofConsensus(gene)),
          ]),
        ),
      });
    }
  }
  return {
    rankings,
    hasFoldLists: await context.has(foldRanks),
    set: chosen.map(({ gene, tissue }) => ({
      gene: ofSet(gene),
      tissue,
    })),
    setRanks: Math.max(0, ...chosen.map(({ rank }) => rank)),
  };
}

/**
 * Reads the genes that SHAP lists for each tissue: those of the set that rank
 * there above the cutoff. With the cutoff `stable` they are not its first ones.
 *
 * @returns Gene columns by tissue; a tissue may lack a list.
 * @throws {InputError} If they name a gene that the matrix lacks.
 */
export async function readTissueGenes(
  context: Pick<StageContext, "read">,
  dataset: Pick<Dataset, "genes">,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const columnOf = columnFinder(dataset, tissueGenes.file);
  const byTissue = Map.groupBy(
    await context.read(tissueGenes),
    ({ tissue }) => tissue,
  );
  return new Map(
    [...byTissue].map(([tissue, rows]) => [
      tissue,
      rows.map(({ gene }) => columnOf(gene)),
    ]),
  );
}

/** Finds the columns of genes that a file of `shap` names. */
export function columnFinder(
  { genes }: Pick<Dataset, "genes">,
  file: string,
): (gene: string) => number {
  const columns = new Map(genes.map((gene, column) => [gene, column]));
  return (gene) => {
    const column = columns.get(gene);
    if (column !== undefined) return column;
    throw new InputError(
      `Cannot use ${file}: its gene ${quote(gene)} is not in the matrix`,
      rerun("shap", { force: true }),
    );
  };
}
