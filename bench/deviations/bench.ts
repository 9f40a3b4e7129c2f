/** What all effects share: the run, seeds, scores and their format. */

import { scoreGeneSets } from "../../lib/clusters/gene_set_worker.ts";
import type {
  ClusterSetup,
  ScoredGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { planSpaces } from "../../lib/clusters/space_tasks.ts";
import type { Space } from "../../lib/clusters/spaces/space.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { drawGenes } from "../../lib/gene_sets/gene_set.ts";
import { deriveSeed } from "../../lib/random.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";
import type { FinishedRun } from "./run.ts";

/** One effect: a row of the table. */
export interface Effect {
  readonly id: string;
  /** The result of the maize study's way. */
  readonly old: string;
  /** The result of the suite's way. */
  readonly now: string;
  /** The conclusion, one sentence. */
  readonly meaning: string;
}

/** What the measurement of an effect needs. */
export interface Bench {
  readonly run: FinishedRun;
  /** Master seed. */
  readonly seed: number;
  readonly threads: number;
  /** K-means runs per gene set in UMAP. */
  readonly repeats: number;
}

/** A gene set to score, with the name of its random streams. */
export interface NamedSet {
  readonly stream: string;
  readonly columns: Uint32Array;
  /** Another stream for the embedding, where sets share one. */
  readonly layout?: string;
}

/** The mean scores of a set in one space. */
export interface MeanScores {
  readonly vMeasure: number;
  readonly ami: number;
  /** The V-measure of each repeat. */
  readonly vMeasures: readonly number[];
}

/** K-means runs per gene set in spaces of high dimension. */
const HIGH_DIM_REPEATS = 3;

/**
 * Scores gene sets with the suite's own code.
 *
 * @param setup The samples, by default those of the run.
 * @returns A row per set, a column per space.
 */
export async function scoreSets(
  bench: Bench,
  sets: readonly NamedSet[],
  spaces: readonly Space[] = [umapSpace],
  setup: ClusterSetup = bench.run.setup,
): Promise<MeanScores[][]> {
  const seedOf = (name: string) => deriveSeed(bench.seed, `deviations/${name}`);
  const scored = await scoreGeneSets(
    setup,
    sets.map(({ stream, layout, columns }) => ({
      columns,
      spaces: planSpaces(
        spaces,
        { layouts: 1, ofLayout: bench.repeats, elsewhere: HIGH_DIM_REPEATS },
        (name) =>
          seedOf(
            `${isLayout(name) ? layout ?? stream : stream}/${name}`,
          ),
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

/** Whether a stream is that of a layout. */
function isLayout(name: string): boolean {
  return name.startsWith(`${umapSpace.name}/`);
}

/** The V-measure of each set in UMAP. */
export async function vMeasuresOf(
  bench: Bench,
  sets: readonly NamedSet[],
): Promise<number[]> {
  return (await scoreSets(bench, sets)).map(([{ vMeasure }]) => vMeasure);
}

/** Random sets of one size, each with its own random streams. */
export function drawSets(
  bench: Bench,
  stream: string,
  count: number,
  size: number,
): NamedSet[] {
  return Array.from({ length: count }, (_, index) => {
    const own = `${stream}/set/${index + 1}`;
    return {
      stream: own,
      columns: drawGenes(
        bench.run.dataset.genes.length,
        size,
        deriveSeed(bench.seed, `deviations/${own}/genes`),
      ),
    };
  });
}

/** A number with three decimals. */
export function fixed(value: number, digits = 3): string {
  return value.toFixed(digits);
}

/** Mean and standard deviation. */
export function formatMean(values: readonly number[]): string {
  return values.length < 2
    ? fixed(mean(values))
    : `${fixed(mean(values))} (sd ${fixed(sampleSd(values), 4)})`;
}

/** A p, never 0. */
export function formatP(p: number | null | undefined): string {
  if (p === null || p === undefined) return "none";
  return p < 0.001 ? p.toExponential(1) : p.toPrecision(2);
}

/** The ratio of two numbers in words. */
export function compare(old: number, now: number): string {
  if (old === now) return "the same";
  const factor = Math.max(old, now) / Math.min(old, now);
  return `${factor.toFixed(1)} times as ${old > now ? "large" : "small"}`;
}
