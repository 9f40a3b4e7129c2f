/** Puts the other cohort's values on the run's scale. */

import { InputError } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import { recognizeValues } from "../prepare/normalize/recognize.ts";
import { tmmFactors } from "../prepare/normalize/tmm.ts";
import type { NormalizationMethod, ValueKind } from "../prepare/outputs.ts";
import {
  transformExpression,
  type TransformOptions,
} from "../prepare/transform.ts";

const MILLION = 1e6;
/** A count that is less has come from rounding. */
const LEAST_COUNT = 0.01;

/** The sample that the run's TMM compared all others with. */
export interface ReferenceSample {
  /** Its transformed values, by the run's genes. */
  readonly values: Float32Array;
  readonly librarySize: number;
  /** Its own factor, by which all others are scaled, too. */
  readonly factor: number;
}

/** What the run did to its values. */
export interface RunScale extends Pick<TransformOptions, "transform"> {
  readonly kind: ValueKind;
  readonly method: NormalizationMethod;
  readonly pseudocount: number;
  readonly shift: number;
  /** Null unless the method is TMM. */
  readonly reference: ReferenceSample | null;
}

/** Values to be put on that scale. */
export interface RawValues {
  readonly sampleIds: readonly string[];
  /** samples x genes, row after row: all genes of the file. */
  readonly values: Float32Array;
  readonly genes: number;
}

/** What was found and done. */
export interface ScaledValues {
  readonly kind: ValueKind;
  readonly method: NormalizationMethod;
  /** samples x the run's genes that are there, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  /** What the user should know, a sentence without a full stop; or empty. */
  readonly warning: string;
}

/** Kinds that a logarithm of (x + 1) may be taken of. */
const AMOUNTS: readonly ValueKind[] = ["counts", "per million", "other"];

const TITLES: Readonly<Record<ValueKind, string>> = {
  counts: "counts",
  "per million": "TPM or CPM",
  logarithms: "logarithms",
  scaled: "z-scores or other scaled values",
  other: "FPKM, RPKM or the like",
};

/**
 * Normalizes and transforms the other cohort's values as the run did its own.
 * Nothing is estimated from several of its samples: a library size is its own
 * sample's, and the factor of TMM compares it with the run's reference sample.
 *
 * Where the kinds differ, amounts stay amounts: counts are made counts per
 * million if the run's values are TPM, FPKM or the like; TPM and FPKM are left
 * as they are if the run's counts were made counts per million.
 *
 * @param genes For each of the run's genes that are there: its column in the
 * run and in the values.
 * @throws {InputError} If the kinds do not go together, a sample to be
 * normalized holds nothing, or a value has no logarithm.
 */
export function toRunScale(
  raw: RawValues,
  genes: readonly { readonly here: number; readonly there: number }[],
  run: RunScale,
): ScaledValues {
  const summary = recognizeValues(raw.values, raw.genes);
  const { kind, librarySizes } = summary;
  const { method, warning } = chooseMethod(kind, run);
  const samples = raw.sampleIds.length;
  const values = new Float32Array(samples * genes.length);
  for (let row = 0; row < samples; row++) {
    genes.forEach(({ there }, at) =>
      values[row * genes.length + at] = raw.values[row * raw.genes + there]
    );
  }
  const divisors = librarySizes.map((size, row) => {
    if (method === "none") return 1;
    if (!(size > 0)) refuseEmpty(raw.sampleIds[row]);
    const factor = method === "tmm"
      ? factorOf(
        values.subarray(row * genes.length, (row + 1) * genes.length),
        size,
        genes.map(({ here }) => here),
        run,
      )
      : 1;
    return size * factor / MILLION;
  });
  transformExpression(values, { ...run, divisors });
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) refuseBroken(raw, genes, broken, summary.smallest);
  return { kind, method, values, warning };
}

/** How the values are normalized, and whether that is what the run did. */
function chooseMethod(
  kind: ValueKind,
  run: RunScale,
): { method: NormalizationMethod; warning: string } {
  if (kind === run.kind) return { method: run.method, warning: "" };
  const differ = `the other cohort's values look like ${TITLES[kind]} and ` +
    `the run's like ${TITLES[run.kind]}`;
  if (!AMOUNTS.includes(kind) || !AMOUNTS.includes(run.kind)) {
    throw new InputError(
      `Cannot judge by another cohort: ${differ}, and both should be on one ` +
        "scale",
      "Give its counts, TPM or FPKM if the run was made from such, or values " +
        "on the run's own scale",
    );
  }
  const method = kind === "counts" && run.kind !== "counts" ? "cpm" : "none";
  return {
    method,
    warning: `${differ}: ${
      method === "cpm"
        ? "its counts were made counts per million"
        : "they were taken as they are"
    }, and genes differ between the cohorts for that reason, too`,
  };
}

/**
 * A sample's TMM factor on the scale of the run's own: its ratio to the
 * reference sample, times the reference's factor.
 */
function factorOf(
  own: Float32Array,
  librarySize: number,
  columns: readonly number[],
  { reference, transform, pseudocount, shift }: RunScale,
): number {
  const { values, librarySize: size, factor } = reference!;
  const divisor = size * factor / MILLION;
  const counts = Float32Array.from(columns, (column) => {
    const value = values[column];
    const count = divisor *
      (transform === "log2" ? 2 ** (value - shift) - pseudocount : value);
    return count < LEAST_COUNT ? 0 : count;
  });
  const matrix = new Float32Array(3 * columns.length);
  // Twice, for then it is the one that the others are compared with.
  matrix.set(counts);
  matrix.set(counts, columns.length);
  matrix.set(own, 2 * columns.length);
  const { factors } = tmmFactors({
    values: matrix,
    genes: columns.length,
    librarySizes: Float64Array.of(size, size, librarySize),
    order: [0, 1, 2],
  });
  return factor * factors[2] / factors[0];
}

function refuseEmpty(sample: string): never {
  throw new InputError(
    `Cannot judge by another cohort: its sample ${
      quote(sample)
    } has no value ` +
      "above 0, and each should have some",
    "Leave the sample out of the file of --external",
  );
}

function refuseBroken(
  { sampleIds }: RawValues,
  genes: readonly unknown[],
  broken: number,
  smallest: number,
): never {
  throw new InputError(
    `Cannot judge by another cohort: a value of its sample ${
      quote(sampleIds[Math.floor(broken / genes.length)])
    } has no logarithm (the smallest is ${
      Number(smallest.toPrecision(4))
    }), and all should be 0 or greater`,
    "Give its counts, TPM or FPKM, if the run was made from such",
  );
}
