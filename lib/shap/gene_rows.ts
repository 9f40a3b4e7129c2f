/** The rows of the tables that list genes. */

import type { GeneFacts } from "../prepare/input/expression_matrix.ts";
import type { TissueConsensus } from "../selection/consensus.ts";
import { ABSENT_GENES } from "../selection/levels.ts";
import type { TissueErrors } from "../selection/median_errors.ts";
import type { TotalErrors } from "../selection/total_errors.ts";
import { orderByMedian, type TissueRanks } from "../selection/ranks.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import type { NamedGenes } from "../store/gmt.ts";
import type { WideRows } from "../store/table.ts";
import type { FactsOf } from "./gene_facts.ts";
import type {
  AbsentGeneRow,
  ConsensusGeneRow,
  ShapGeneRow,
  TissueGeneRow,
} from "./gene_outputs.ts";

/** What the rows are made from. */
export interface GeneLists {
  /** Gene ids by column. */
  readonly genes: readonly string[];
  readonly geneFacts: readonly GeneFacts[];
  readonly geneSet: RankedSelection;
  /** From the draws alone; empty with one draw. */
  readonly errors: readonly TissueErrors[];
  readonly totals: readonly TotalErrors[];
  readonly factsOf: FactsOf;
}

/** `ranks.csv`: each tissue's genes, best first. */
export function rankRows(
  genes: readonly string[],
  ranked: readonly TissueRanks[],
): WideRows<number, string | null> {
  const length = Math.max(0, ...ranked.map(({ order }) => order.length));
  const indices = [...Array(length).keys()];
  return {
    names: ranked.map(({ tissue }) => tissue),
    first: indices.map((index) => index + 1),
    values: indices.map((index) =>
      ranked.map(({ order }) =>
        index < order.length ? genes[order[index]] : null
      )
    ),
  };
}

/** `shap_genes.csv`: the set, each gene in its best tissue. */
export function setRows(lists: GeneLists): ShapGeneRow[] {
  const errorsOf = errorsByTissue(lists);
  return lists.geneSet.selected.chosen.map((listed) => ({
    ...listed,
    gene: lists.genes[listed.gene],
    ...errorsOf(listed.tissue, listed.gene),
    ...lists.factsOf(listed.tissue, listed.gene),
  }));
}

/**
 * `tissue_genes.csv`: each tissue's genes down to the cutoff.
 *
 * @param consensus Null with a single network.
 */
export function tissueRows(
  { genes, geneSet, errors, totals, factsOf }: GeneLists,
  consensus: readonly TissueConsensus[] | null,
): TissueGeneRow[] {
  const agreed = new Map(
    consensus?.map(({ tissue, genes }) => [
      tissue,
      genes && new Set(genes.map(({ gene }) => gene)),
    ]),
  );
  const errorsOf = errorsByTissue({ errors, totals });
  const { ranked, selected } = geneSet;
  const best = new Map(
    selected.chosen.map(({ gene, tissue }) => [gene, tissue]),
  );
  return ranked.flatMap(({ tissue, order, medians }) =>
    Array.from(order.subarray(0, selected.ranks), (gene, index) => ({
      tissue,
      rank: index + 1,
      gene: genes[gene],
      median_shap: medians[gene],
      ...errorsOf(tissue, gene),
      ...factsOf(tissue, gene),
      is_best_tissue: best.get(gene) === tissue,
      in_consensus: agreed.get(tissue)?.has(gene) ?? null,
    }))
  );
}

/** `absent_genes.csv`: each tissue's genes that are lower there than elsewhere. */
export function absentRows(
  { genes, geneSet, errors, totals, factsOf }: GeneLists,
): AbsentGeneRow[] {
  const errorsOf = errorsByTissue({ errors, totals });
  return geneSet.ranked.flatMap(({ tissue, medians }) =>
    Array.from(
      orderByMedian(medians, genes),
      (gene, index) => ({ gene, rank: index + 1 }),
    ).flatMap(({ gene, rank }) => {
      const facts = factsOf(tissue, gene);
      return medians[gene] > 0 && facts.direction === "down"
        ? [{
          tissue,
          rank,
          gene: genes[gene],
          median_shap: medians[gene],
          ...errorsOf(tissue, gene),
          ...facts,
        }]
        : [];
    }).slice(0, ABSENT_GENES)
  );
}

/** `consensus_genes.csv`: each tissue's genes that most networks rank high. */
export function consensusRows(
  { genes, geneFacts, geneSet, factsOf }: GeneLists,
  consensus: readonly TissueConsensus[],
): ConsensusGeneRow[] {
  const mediansOf = new Map(
    geneSet.ranked.map(({ tissue, medians }) => [tissue, medians]),
  );
  return consensus.flatMap(({ tissue, genes: agreed }) =>
    (agreed ?? []).map(({ gene, share, shapRank }, index) => ({
      tissue,
      rank: index + 1,
      gene: genes[gene],
      share_of_networks: share,
      shap_rank: shapRank,
      median_shap: mediansOf.get(tissue)![gene],
      ...factsOf(tissue, gene),
      description: geneFacts[gene].description,
    }))
  );
}

/** `tissue_genes.gmt`: the genes of `tissue_genes.csv`, a set a tissue. */
export function tissueSets(rows: readonly TissueGeneRow[]): NamedGenes[] {
  return [...Map.groupBy(rows, ({ tissue }) => tissue)].map(([name, own]) => ({
    name,
    description: `largest median SHAP values, rank 1 to ${own.length}`,
    genes: own.map(({ gene }) => gene),
  }));
}

/** Each gene's standard errors in each tissue; null where not known. */
function errorsByTissue(
  { errors, totals }: Pick<GeneLists, "errors" | "totals">,
) {
  const ofDraws = new Map(
    errors.map(({ tissue, standardErrors }) => [tissue, standardErrors]),
  );
  const known = new Map(totals.map((own) => [own.tissue, own]));
  return (tissue: string, gene: number) => {
    const own = known.get(tissue);
    return {
      standard_error: own?.total?.[gene] ?? null,
      error_of_samples: own?.samples?.[gene] ?? null,
      error_of_networks: own?.networks?.[gene] ?? null,
      error_of_draws: ofDraws.get(tissue)?.[gene] ?? null,
    };
  };
}
