/** Which genes differ between the simulated tissues, and by how much. */

import { randomLogNormal } from "d3-random";
import type { RandomStream } from "../random.ts";
import type { PlantedGene } from "./outputs.ts";
import { countPlanted, type PlantedCounts } from "./planted_counts.ts";

/** What is planted where. */
export interface Planted {
  /** log2 change of expression by tissue and gene; 0 where none is planted. */
  readonly changes: readonly Float64Array[];
  /** log2 by which the confounded study measures each gene too high. */
  readonly bias: Float64Array;
  readonly genes: readonly {
    readonly gene: number;
    readonly tissue: number;
    readonly kind: PlantedGene["kind"];
    /** See `simulate/truth.csv`. */
    readonly log2FoldChange: number;
  }[];
}

/** What planting depends on. */
export interface PlantOptions {
  readonly tissues: number;
  readonly counts: PlantedCounts;
  /** Strongest log2 fold change. */
  readonly effect: number;
  /** Share of the genes up in one tissue that are at the detection limit. */
  readonly lowExpression: number;
  /** The tissue that the confounded study mostly holds. */
  readonly confoundedTissue?: number;
  /** Expression, in the unit of `base`, at which one read is expected. */
  readonly perRead: Float64Array;
}

/** The weakest planted fold change as a share of the strongest. */
const WEAKEST = 1 / 8;
/** The same for the genes that a study measures too high: all mislead. */
const WEAKEST_BIAS = 1 / 2;
/** Median reads outside its tissue of a gene at the detection limit. */
const LOW_READS = 0.3;
/** Natural-log spread of these. */
const LOW_SPREAD = 0.4;
/** A group-enriched gene is up in at most so many tissues. */
const LARGEST_GROUP = 3;

/**
 * Plants genes of each kind, with graded fold changes.
 *
 * @param base Expression of each gene; that of genes at the detection limit is
 * replaced.
 */
export function plantGenes(
  base: Float64Array,
  options: PlantOptions,
  stream: RandomStream,
): Planted {
  const { tissues, counts, effect, confoundedTissue } = options;
  const genes = base.length;
  const changes = Array.from(
    { length: tissues },
    () => new Float64Array(genes),
  );
  const bias = new Float64Array(genes);
  const rows: { gene: number; tissue: number; kind: PlantedGene["kind"] }[] =
    [];
  const candidates = pickCandidates(
    base,
    countPlanted(counts, tissues),
    stream,
  );
  let taken = 0;
  const lowReads = randomLogNormal.source(stream.uniform)(
    Math.log(LOW_READS),
    LOW_SPREAD,
  );
  for (let tissue = 0; tissue < tissues; tissue++) {
    for (let index = 0; index < counts.specific; index++) {
      const gene = candidates[taken++];
      changes[tissue][gene] = effect * grade(index, counts.specific, WEAKEST);
      rows.push({ gene, tissue, kind: "specific" });
      const share = options.lowExpression;
      if (Math.floor((index + 1) * share) > Math.floor(index * share)) {
        base[gene] = lowReads() * options.perRead[gene];
      }
    }
    for (let index = 0; index < counts.down; index++) {
      const gene = candidates[taken++];
      changes[tissue][gene] = -effect * grade(index, counts.down, WEAKEST);
      rows.push({ gene, tissue, kind: "down" });
    }
  }
  for (let index = 0; index < counts.group; index++) {
    const gene = candidates[taken++];
    const largest = Math.min(LARGEST_GROUP, tissues - 1);
    const size = 2 + stream.integer(largest - 1);
    for (const tissue of stream.sample(tissues, size)) {
      changes[tissue][gene] = effect * grade(index, counts.group, WEAKEST);
      rows.push({ gene, tissue, kind: "group" });
    }
  }
  if (confoundedTissue !== undefined) {
    for (let index = 0; index < counts.study; index++) {
      const gene = candidates[taken++];
      bias[gene] = effect * grade(index, counts.study, WEAKEST_BIAS);
      rows.push({ gene, tissue: confoundedTissue, kind: "study" });
    }
  }
  return {
    changes,
    bias,
    genes: rows.map((row) => ({
      ...row,
      log2FoldChange: foldChange(changes, row.gene, row.tissue),
    })),
  };
}

/**
 * Genes of middle to high expression, in random order: low expression would
 * hide the effect, and the highest would take up the whole library.
 */
function pickCandidates(
  base: Float64Array,
  count: number,
  stream: RandomStream,
): number[] {
  const order = Array.from(base.keys())
    .sort((a, b) => base[a] - base[b] || a - b);
  const first = Math.floor(0.3 * base.length);
  const last = Math.max(Math.floor(0.9 * base.length), first + count);
  return stream.shuffle(order.slice(first, last));
}

/** Falls in equal steps from 1 to `weakest`. */
function grade(index: number, count: number, weakest: number): number {
  return count === 1 ? 1 : 1 - (1 - weakest) * index / (count - 1);
}

/** log2 of the expression in a tissue / the mean of the others. */
function foldChange(
  changes: readonly Float64Array[],
  gene: number,
  tissue: number,
): number {
  const own = changes[tissue][gene];
  const others = changes.filter((_, index) => index !== tissue)
    .map((change) => 2 ** change[gene]);
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  return own - Math.log2(mean);
}
