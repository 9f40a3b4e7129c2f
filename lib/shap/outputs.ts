/** The tables of the `shap` stage. */

import { writeNpy } from "../store/npy.ts";
import { type Row, writeTable } from "../store/csv.ts";
import type { DecoyRank } from "../selection/decoy_ranks.ts";
import type { DecoyRates } from "../selection/decoy_rates.ts";
import { additivityGap, type Explanation } from "./explanation.ts";
import type { SelectedGenes } from "../selection/cutoff.ts";
import type { RankUnion } from "../selection/rank_union.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import type { Agreement } from "../selection/stability.ts";

/** Scores as they are written: rows are explained samples. */
export interface WrittenScores {
  /** samples x real genes. */
  readonly genes: Float32Array;
  /** samples x decoys; empty without decoys. */
  readonly decoys: Float32Array;
}

/** Writes `scores.npy`, `decoy_scores.npy` and `explained.csv`. */
export async function writeExplanations(
  folder: string,
  scores: WrittenScores,
  explanations: readonly Explanation[],
): Promise<void> {
  const samples = explanations.length;
  const write = (name: string, values: Float32Array) =>
    writeNpy(`${folder}/${name}`, values, [samples, values.length / samples]);
  await write("scores.npy", scores.genes);
  if (scores.decoys.length > 0) await write("decoy_scores.npy", scores.decoys);
  await Deno.writeTextFile(
    `${folder}/explained.csv`,
    writeTable(
      [
        "sample_id",
        "tissue",
        "predicted",
        "output",
        "expected",
        "sum",
        "gap",
        "seed",
        "decoy_sum",
        "standard_error",
        "fold",
      ],
      explanations.map((explanation) => ({
        sample_id: explanation.sampleId,
        tissue: explanation.tissue,
        predicted: explanation.predicted,
        output: explanation.output,
        expected: explanation.expected,
        sum: explanation.sum,
        gap: additivityGap(explanation),
        seed: explanation.seed,
        decoy_sum: explanation.decoySum,
        standard_error: explanation.standardError,
        fold: explanation.fold,
      })),
    ),
  );
}

/** Writes a table with one column a tissue, beside a first column. */
async function writeByTissue(
  path: string,
  first: string,
  rows: readonly (string | number)[],
  tissues: readonly {
    readonly tissue: string;
    readonly cell: (row: number) => string | number;
  }[],
): Promise<void> {
  // A tissue may bear the first column's name, and any other, `__proto__` too.
  const columnOf = (tissue: string) =>
    tissue === first ? `${tissue} (tissue)` : tissue;
  await Deno.writeTextFile(
    path,
    writeTable(
      [first, ...tissues.map(({ tissue }) => columnOf(tissue))],
      rows.map((name, at) => {
        const row: Row = Object.create(null);
        for (const { tissue, cell } of tissues) {
          row[columnOf(tissue)] = cell(at);
        }
        row[first] = name;
        return row;
      }),
    ),
  );
}

/** Each tissue's standard errors, one a gene. */
export type TissueErrors = readonly {
  readonly tissue: string;
  readonly standardErrors: Float64Array;
}[];

/** Writes `ranks.csv`, `standard_errors.csv` and `shap_genes.csv`. */
export async function writeGenes(
  folder: string,
  genes: readonly string[],
  ranked: readonly TissueRanks[],
  errors: TissueErrors,
  cut: SelectedGenes,
): Promise<void> {
  await writeByTissue(
    `${folder}/ranks.csv`,
    "rank",
    genes.map((_, place) => place + 1),
    ranked.map(({ tissue, order }) => ({
      tissue,
      cell: (place) => genes[order[place]],
    })),
  );
  await writeByTissue(
    `${folder}/standard_errors.csv`,
    "gene",
    genes,
    errors.map(({ tissue, standardErrors }) => ({
      tissue,
      cell: (gene) => standardErrors[gene],
    })),
  );
  const errorsOf = new Map(
    errors.map(({ tissue, standardErrors }) => [tissue, standardErrors]),
  );
  await Deno.writeTextFile(
    `${folder}/shap_genes.csv`,
    writeTable(
      ["gene", "tissue", "rank", "median_shap", "standard_error"],
      cut.chosen.map(({ gene, tissue, rank, medianScore }) => ({
        gene: genes[gene],
        tissue,
        rank,
        median_shap: medianScore,
        standard_error: errorsOf.get(tissue)?.[gene] ?? null,
      })),
    ),
  );
}

/** Writes `cut_curve.csv`: what a cut at each rank would give. */
export async function writeCutCurve(
  folder: string,
  walk: RankUnion,
  rates: DecoyRates | null,
): Promise<void> {
  await Deno.writeTextFile(
    `${folder}/cut_curve.csv`,
    writeTable(
      [
        "rank",
        "genes",
        "unique_share",
        "decoys",
        "decoy_rate",
        "false_discovery_rate",
      ],
      walk.uniqueGenes.map((genes, place) => ({
        rank: place + 1,
        genes,
        unique_share: walk.uniqueShares[place],
        decoys: rates?.entered[place] ?? null,
        decoy_rate: rates?.rates[place] ?? null,
        false_discovery_rate: rates?.falseDiscoveryRates[place] ?? null,
      })),
    ),
  );
}

/** Writes `decoys.csv`: where each decoy ranks best. */
export async function writeDecoys(
  folder: string,
  genes: readonly string[],
  decoys: readonly { readonly name: string; readonly source: number }[],
  ranks: readonly DecoyRank[],
  cut: SelectedGenes,
): Promise<void> {
  await Deno.writeTextFile(
    `${folder}/decoys.csv`,
    writeTable(
      ["decoy", "source", "tissue", "rank", "median_shap", "entered"],
      ranks.map(({ decoy, tissue, rank, medianScore }) => ({
        decoy: decoys[decoy].name,
        source: genes[decoys[decoy].source],
        tissue,
        rank,
        median_shap: medianScore,
        entered: String(rank <= cut.ranks),
      })),
    ),
  );
}

/** Writes `stability.csv`. */
export async function writeStability(
  folder: string,
  agreements: readonly Agreement[],
): Promise<void> {
  await Deno.writeTextFile(
    `${folder}/stability.csv`,
    writeTable(
      [
        "source",
        "first",
        "second",
        "tissue",
        "samples",
        "top",
        "overlap",
        "spearman",
      ],
      agreements.map((
        { source, first, second, tissue, samples, top, overlap, spearman },
      ) => ({
        source,
        first,
        second,
        tissue,
        samples,
        top,
        overlap,
        spearman,
      })),
    ),
  );
}
