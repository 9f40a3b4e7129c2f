/** Leaves out genes that too few samples express. */

import { InputError, rerun } from "../cli/errors.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { median } from "../statistics/describe.ts";
import type { Normalization } from "./normalize/normalization.ts";
import type { ValueSummary } from "./normalize/recognize.ts";

/** Counts that a sample of the median library size must reach. */
const LEAST_COUNT = 10;
/** What TPM, FPKM and the like must reach. */
const LEAST_VALUE = 1;
/** Of a tissue's samples beyond so many, 7 of 10 are enough. */
const LARGE_TISSUE = 10;
/** Values are float32: what equals the threshold but for rounding reaches it. */
const ROUNDING = 2 ** -23;
/** If fewer genes stay, the threshold does not fit the values. */
const LEAST_SHARE = 0.01;

/** A gene stays if enough samples reach a threshold. */
export interface FilterRule {
  /** The threshold, after normalization; 0 keeps all genes. */
  readonly minExpression: number;
  /** How many samples must reach it, at least 1. */
  readonly minSamples: number;
}

/** What becomes of the genes. */
export interface FilteredGenes {
  /** Columns of the genes that stay, ascending. */
  readonly kept: Int32Array<ArrayBuffer>;
  /** How many samples reach the threshold, by column. */
  readonly reaching: Int32Array<ArrayBuffer>;
  /** The largest value after normalization, by column. */
  readonly largest: Float64Array<ArrayBuffer>;
}

/** The flags of the filter, and what `auto` is derived from. */
export interface FilterChoices {
  readonly "min-expression": number | "auto";
  readonly "expressing-samples": number | "auto";
  readonly transform: "log2" | "none";
}

/**
 * The rule that the flags mean. `auto` follows `filterByExpr` of edgeR (Chen,
 * Lun and Smyth 2016, doi:10.12688/f1000research.8987.2):
 *
 * - of counts, the threshold is 10 counts in a sample of the median (effective)
 *   library size, as CPM if they are normalized; of other values it is 1;
 * - the number of samples is that of the smallest tissue, n; above 10 it is
 *   10 + 0.7 (n - 10), rounded up.
 *
 * Without a transform, of logarithms and of scaled values, `auto` keeps all
 * genes.
 */
export function filterRule(
  choices: FilterChoices,
  tissues: readonly string[],
  { kind }: Pick<ValueSummary, "kind">,
  { method, divisors }: Pick<Normalization, "method" | "divisors">,
): FilterRule {
  const automatic = () => {
    if (
      choices.transform === "none" || kind === "logarithms" || kind === "scaled"
    ) return 0;
    if (kind !== "counts") return LEAST_VALUE;
    // A divisor is the effective library size in millions.
    return method === "none" ? LEAST_COUNT : LEAST_COUNT / median(divisors);
  };
  const { "min-expression": expression, "expressing-samples": samples } =
    choices;
  return {
    minExpression: expression === "auto" ? automatic() : expression,
    minSamples: samples === "auto" ? smallestTissue(tissues) : samples,
  };
}

function smallestTissue(tissues: readonly string[]): number {
  const sizes = [...Map.groupBy(tissues, (tissue) => tissue).values()]
    .map(({ length }) => length);
  const least = Math.min(...sizes);
  return least <= LARGE_TISSUE
    ? least
    : Math.ceil((10 * LARGE_TISSUE + 7 * (least - LARGE_TISSUE)) / 10);
}

/**
 * Finds the genes that stay.
 *
 * @param values samples x genes numbers, row after row.
 * @param divisors Each sample's, which normalizes its values.
 * @throws {InputError} If less than 1 % of the genes, or none, stay.
 */
export function filterGenes(
  values: Float32Array,
  genes: number,
  divisors: Float64Array,
  rule: FilterRule,
): FilteredGenes {
  const { minExpression, minSamples } = rule;
  const reaching = new Int32Array(genes);
  const largest = new Float64Array(genes).fill(-Infinity);
  divisors.forEach((divisor, row) => {
    const threshold = minExpression * divisor * (1 - ROUNDING);
    for (let gene = 0; gene < genes; gene++) {
      const value = values[row * genes + gene];
      if (value >= threshold) reaching[gene]++;
      const normalized = value / divisor;
      if (normalized > largest[gene]) largest[gene] = normalized;
    }
  });
  const all = Int32Array.from({ length: genes }, (_, gene) => gene);
  if (minExpression === 0) return { kept: all, reaching, largest };
  const kept = all.filter((gene) => reaching[gene] >= minSamples);
  if (kept.length === 0 || kept.length < LEAST_SHARE * genes) {
    const most = largest.reduce((most, value) => Math.max(most, value));
    throw new InputError(
      `Cannot filter the genes: ${withCommas(kept.length)} of ${
        withCommas(genes)
      } reach ${shorten(minExpression)} in ${
        countOf(minSamples, "sample")
      } or more, and at least 1 % should (there are ${
        countOf(divisors.length, "sample")
      }; the largest value is ${shorten(most)})`,
      rerun("prepare", { "min-expression": 0 }),
    );
  }
  return { kept, reaching, largest };
}

function shorten(value: number): number {
  return Number(value.toPrecision(3));
}

/** Copies some columns of a matrix, in the order given. */
export function takeColumns(
  values: Float32Array<ArrayBuffer>,
  columns: number,
  taken: Int32Array,
): Float32Array<ArrayBuffer> {
  if (taken.length === columns) return values;
  const kept = new Float32Array(values.length / columns * taken.length);
  let at = 0;
  for (let start = 0; start < values.length; start += columns) {
    for (const column of taken) kept[at++] = values[start + column];
  }
  return kept;
}
