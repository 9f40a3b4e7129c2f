/** What all effects share: the run, seeds, scores, and how they are told. */

import { drawGeneSet } from "../../lib/clusters/gene_sets.ts";
import { scoreGeneSets } from "../../lib/clusters/gene_set_worker.ts";
import type {
  ClusterSetup,
  ScoredGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { planSpaces } from "../../lib/clusters/space_tasks.ts";
import { deriveSeed } from "../../lib/random.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";
import type { FinishedRun } from "./run.ts";

/** One effect: a row of the table. */
export interface Effect {
  readonly id: string;
  /** The old way, in numbers. */
  readonly old: string;
  /** What the suite does, in numbers. */
  readonly now: string;
  /** One sentence. */
  readonly meaning: string;
}

/** What an effect is measured with. */
export interface Bench {
  readonly run: FinishedRun;
  /** Master seed. */
  readonly seed: number;
  readonly threads: number;
  /** K-means runs a gene set in UMAP. */
  readonly repeats: number;
}

/** A gene set to score, with the name of its streams. */
export interface NamedSet {
  readonly stream: string;
  readonly columns: Uint32Array;
  /** Another stream for the layout, where sets share one. */
  readonly layout?: string;
}

/** Means of a set's scores in one space. */
export interface MeanScores {
  readonly vMeasure: number;
  readonly ami: number;
  /** Of the repeats. */
  readonly vMeasures: readonly number[];
}

/** K-means runs in spaces of many dimensions. */
const WIDE_REPEATS = 3;

/**
 * Scores gene sets by the suite's own code.
 *
 * @param names Names of spaces.
 * @param setup The samples, if not those of the run.
 * @returns A row a set, a column a space.
 */
export async function scoreSets(
  bench: Bench,
  sets: readonly NamedSet[],
  names: readonly string[] = ["umap"],
  setup: ClusterSetup = bench.run.setup,
): Promise<MeanScores[][]> {
  const seedOf = (name: string) => deriveSeed(bench.seed, `deviations/${name}`);
  const scored = await scoreGeneSets(
    setup,
    sets.map(({ stream, layout, columns }) => ({
      columns,
      spaces: planSpaces(
        names,
        { narrow: bench.repeats, wide: WIDE_REPEATS },
        (name) =>
          seedOf(`${name === "umap" ? layout ?? stream : stream}/${name}`),
      ),
    })),
    bench.threads,
  );
  return scored.map((own: ScoredGeneSet) =>
    own.map(({ repeats }) => ({
      vMeasure: mean(repeats.map(({ vMeasure }) => vMeasure)),
      ami: mean(repeats.map(({ ami }) => ami)),
      vMeasures: repeats.map(({ vMeasure }) => vMeasure),
    }))
  );
}

/** The V-measure of each set in UMAP. */
export async function vMeasuresOf(
  bench: Bench,
  sets: readonly NamedSet[],
): Promise<number[]> {
  return (await scoreSets(bench, sets)).map(([{ vMeasure }]) => vMeasure);
}

/** Random sets of one size, each with streams of its own. */
export function drawSets(
  bench: Bench,
  stream: string,
  count: number,
  size: number,
): NamedSet[] {
  return Array.from({ length: count }, (_, at) => {
    const own = `${stream}/set/${at + 1}`;
    return {
      stream: own,
      columns: drawGeneSet(
        own,
        bench.run.dataset.genes.length,
        size,
        deriveSeed(bench.seed, `deviations/${own}/genes`),
      ).columns,
    };
  });
}

/** A number with three digits after the point. */
export function say(value: number, digits = 3): string {
  return value.toFixed(digits);
}

/** Mean and standard deviation. */
export function formatMean(values: readonly number[]): string {
  return values.length < 2
    ? say(mean(values))
    : `${say(mean(values))} (sd ${say(sampleSd(values), 4)})`;
}

/** A p, never 0. */
export function formatP(p: number | null | undefined): string {
  if (p === null || p === undefined) return "none";
  return p < 0.001 ? p.toExponential(1) : p.toPrecision(2);
}

/** Which of two is the larger, in words. */
export function compare(old: number, now: number): string {
  if (old === now) return "the same";
  const factor = Math.max(old, now) / Math.min(old, now);
  return `${factor.toFixed(1)} times as ${old > now ? "large" : "small"}`;
}
