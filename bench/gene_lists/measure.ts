/** The numbers of one run: how many known genes its lists hold. */

import { metrics } from "../../lib/cnn/outputs.ts";
import { recovery, summary as comparison } from "../../lib/rankings/outputs.ts";
import {
  consensusGenes,
  ranks,
  summary as explanations,
} from "../../lib/shap/outputs.ts";
import { isTrueUp, truth as planted } from "../../lib/simulate/outputs.ts";
import { readTruthFile } from "../../lib/rankings/truth_file.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { rankingTable } from "../../lib/rankings/outputs.ts";
import { CONSENSUS, SHAP } from "../../lib/rankings/shap_rankings.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { TIMINGS_FILE } from "../../lib/store/run_paths.ts";
import { runReader } from "../run_reader.ts";

/** The lists of one ranking; all but the set are means over the tissues. */
export interface ListScores {
  readonly method: string;
  readonly title: string;
  /** Precision and recall of the set of the SHAP set's size. */
  readonly setPrecision: number;
  readonly setRecall: number;
  readonly first10: number;
  readonly first50: number;
  /** Precision at as many genes as the tissue has known ones; null: unknown. */
  readonly atKnown: number | null;
  readonly averagePrecision: number;
}

/** One run. */
export interface RunScores {
  readonly study: string;
  readonly variant: string;
  readonly seed: number;
  readonly genes: number;
  readonly setGenes: number;
  readonly networks: number;
  readonly folds: number;
  readonly macroF1: number | null;
  readonly ridgeMacroF1: number | null;
  /** Of each tissue's first 100 genes, shared by two networks; else null. */
  readonly overlap: number | null;
  /** The share of decoys in the set; null without decoys. */
  readonly decoyRate: number | null;
  readonly lists: readonly ListScores[];
  /** Of training and of explaining. */
  readonly seconds: { readonly cnn: number; readonly shap: number };
}

/** A tissue's known genes that the matrix has. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The share of known genes among as many of each tissue's first genes as it
 * has known genes in the matrix; mean over the tissues.
 *
 * @param lists Genes by tissue, best first; a tissue without one counts as 0.
 */
export function precisionAtKnown(
  lists: ReadonlyMap<string, readonly string[]>,
  known: Known,
  inMatrix: ReadonlyMap<string, number>,
): number {
  return mean(
    [...inMatrix].map(([tissue, count]) =>
      (lists.get(tissue) ?? []).slice(0, count)
        .filter((gene) => known.get(tissue)?.has(gene)).length / count
    ),
  );
}

/**
 * Reads a finished run.
 *
 * @param truthFile The known genes; empty for the demo's.
 */
export async function measureRun(
  run: string,
  id: Pick<RunScores, "study" | "variant" | "seed">,
  truthFile: string,
): Promise<RunScores> {
  const reader = runReader(run);
  const { truth, ridge } = await reader.read(comparison);
  if (truth === null) throw new TypeError(`${run} has no known genes`);
  const shap = await reader.read(explanations);
  const cnn = await reader.read(metrics);
  const rows = truthFile === ""
    ? (await reader.read(planted)).filter(isTrueUp)
    : await readTruthFile(truthFile);
  const known: Known = new Map(
    [...Map.groupBy(rows, ({ tissue }) => tissue)].map(([tissue, genes]) =>
      [tissue, new Set(genes.map(({ gene }) => gene))] as const
    ),
  );
  const inMatrix = new Map(
    (await reader.read(recovery)).map((row) =>
      [row.tissue, row.truth_genes_in_matrix] as const
    ),
  );
  const lists = new Map([[SHAP, await shapLists(reader)]]);
  for (const method of rankingMethods) {
    const listed = await reader.read(rankingTable(method));
    lists.set(method.name, listsOf(listed));
  }
  if (await reader.has(consensusGenes)) {
    lists.set(CONSENSUS, listsOf(await reader.read(consensusGenes)));
  }
  const timings = JSON.parse(
    await Deno.readTextFile(`${run}/${TIMINGS_FILE}`),
  );
  return {
    ...id,
    genes: shap.genes_in_matrix,
    setGenes: shap.genes,
    networks: shap.ensemble,
    folds: shap.folds,
    macroF1: cnn.macro_f1,
    ridgeMacroF1: ridge?.macro_f1 ?? null,
    overlap: shap.networks_stability?.overlap ?? null,
    decoyRate: shap.decoys?.rate ?? null,
    lists: truth.rankings.map(
      ({ method, title, depths, average_precision }) => {
        const at = (k: number) =>
          depths.find((depth) => depth.k === k)!.precision.mean;
        const own = lists.get(method);
        const set = truth.sets.find((each) => each.method === method) ??
          measureSet(own ?? new Map(), known, truth.sets[0]);
        return {
          method,
          title,
          setPrecision: set.precision,
          setRecall: set.recall,
          first10: at(10),
          first50: at(50),
          atKnown: own ? precisionAtKnown(own, known, inMatrix) : null,
          averagePrecision: average_precision.mean,
        };
      },
    ),
    seconds: { cnn: timings.cnn.seconds, shap: timings.shap.seconds },
  };
}

/**
 * The consensus as a set: its lists side by side, at most as many genes as the
 * SHAP set has; mostly it is smaller.
 *
 * @param shap The SHAP set, for its size and for the number of known genes.
 */
function measureSet(
  lists: Lists,
  known: Known,
  shap: {
    readonly genes: number;
    readonly hits: number;
    readonly recall: number;
  },
): { readonly precision: number; readonly recall: number } {
  const all = new Set([...known.values()].flatMap((genes) => [...genes]));
  const set = new Set<string>();
  const longest = Math.max(
    0,
    ...[...lists.values()].map((list) => list.length),
  );
  for (let rank = 0; rank < longest; rank++) {
    for (const [tissue, list] of lists) {
      if (!known.has(tissue) || rank >= list.length) continue;
      if (set.size < shap.genes) set.add(list[rank]);
    }
  }
  const hits = [...set].filter((gene) => all.has(gene)).length;
  return {
    precision: set.size === 0 ? 0 : hits / set.size,
    recall: hits * shap.recall / shap.hits,
  };
}

type Lists = ReadonlyMap<string, readonly string[]>;

async function shapLists(
  reader: ReturnType<typeof runReader>,
): Promise<Lists> {
  const { names, values } = await reader.read(ranks);
  return new Map(
    names.map((tissue, index) => [
      tissue,
      values.flatMap((row) => row[index] || []),
    ]),
  );
}

function listsOf(
  rows: readonly { gene: string; tissue: string; rank: number }[],
): Lists {
  return new Map(
    [...Map.groupBy(rows, ({ tissue }) => tissue)].map(([tissue, listed]) => [
      tissue,
      listed.toSorted((a, b) => a.rank - b.rank).map(({ gene }) => gene),
    ]),
  );
}
