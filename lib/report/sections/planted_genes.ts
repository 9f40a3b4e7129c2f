/** The check of a simulated run: were the planted genes found? */

import { details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed, mean, percent } from "../numbers.ts";
import type { Rows } from "../run_files.ts";

/** How far down a tissue's ranks the check looks. */
const depths = [10, 15];

/** How well one tissue's planted genes were found. */
export interface Recovery {
  readonly tissue: string;
  readonly planted: number;
  /** Share of the best 10 and 15 genes that were planted in the tissue. */
  readonly precision: readonly number[];
  /** Share of the planted genes that are in the gene set. */
  readonly recall: number;
}

/**
 * Compares the ranks and the gene set with the planted genes.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param ranks Genes by tissue, best first.
 * @param set `shap/shap_genes.csv`: the genes of the set.
 * @returns A row a tissue that has planted genes, in the order of the ranks.
 *
 * @example
 * ```ts
 * import { recoveryByTissue } from "./planted_genes.ts";
 * const [leaf] = recoveryByTissue(
 *   [{ gene: "g1", tissue: "leaf" }, { gene: "g2", tissue: "leaf" }],
 *   new Map([["leaf", ["g1", "g9"]]]),
 *   [{ gene: "g1" }],
 * );
 * console.assert(leaf.precision[0] === 0.5 && leaf.recall === 0.5);
 * ```
 */
export function recoveryByTissue(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  set: Rows,
): Recovery[] {
  const kept = new Set(set.map(({ gene }) => gene));
  return [...ranks].flatMap(([tissue, genes]) => {
    const planted = new Set(
      truth.filter((row) => row.tissue === tissue).map(({ gene }) => gene),
    );
    if (planted.size === 0) return [];
    const precision = depths.map((depth) => {
      const best = genes.slice(0, depth);
      const hits = best.filter((gene) => planted.has(gene)).length;
      return best.length === 0 ? 0 : hits / best.length;
    });
    const found = [...planted].filter((gene) => kept.has(gene)).length;
    return [{
      tissue,
      planted: planted.size,
      precision,
      recall: found / planted.size,
    }];
  });
}

/**
 * Writes the part on the planted genes.
 *
 * @param share The gene set's share of all genes: what chance would find.
 *
 * @example
 * ```ts
 * import { plantedGenes } from "./planted_genes.ts";
 * const text = plantedGenes(
 *   [{ gene: "g1", tissue: "leaf" }],
 *   new Map([["leaf", ["g1"]]]),
 *   [{ gene: "g1" }],
 *   0.25,
 * );
 * console.assert(text.includes("100 %") && text.includes("about 25 %"));
 * ```
 */
export function plantedGenes(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  set: Rows,
  share: number,
): string {
  const rows = recoveryByTissue(truth, ranks, set);
  if (rows.length === 0) return "";
  const precision = depths.map((_, index) =>
    mean(rows.map((row) => row.precision[index]))
  );
  const most = Math.max(...rows.map(({ planted }) => planted));
  return paragraphs(
    "### Planted genes found",
    `The simulation planted marker genes in each tissue. Of a tissue's ` +
      `${depths[0]} best genes, ${percent(precision[0])} were planted in it ` +
      `(mean over the tissues); of its ${depths[1]} best, ${
        percent(precision[1])
      }. The gene set holds ${
        percent(mean(rows.map(({ recall }) => recall)))
      } of a tissue's planted genes; a random set of its size would hold ` +
      `about ${percent(share)}.`,
    most < depths[1]
      ? `No tissue has more than ${counted(most, "planted gene")}, so the ` +
        `precision cannot reach 100 %.`
      : "",
    details(
      "Planted genes found in each tissue",
      table(
        [
          { title: "tissue" },
          { title: "planted", align: "right" },
          ...depths.map((depth) => ({
            title: `precision at ${depth}`,
            align: "right" as const,
          })),
          { title: "recall in the set", align: "right" },
        ],
        rows.map((row) => [
          escapeText(row.tissue),
          count(row.planted),
          ...row.precision.map((value) => fixed(value, 2)),
          fixed(row.recall, 2),
        ]),
      ),
    ),
  );
}
