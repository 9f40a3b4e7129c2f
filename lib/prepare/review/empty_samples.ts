/** Samples in which nothing was measured, and matrices that hold nothing. */

import { InputError } from "../../cli/errors.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import { listFew, listNames, sortedNames } from "../labels/named.ts";
import type { Revision } from "./revision.ts";

/** With so few genes all values of a sample may be equal by chance. */
const FEW_GENES = 10;

/** The samples of a matrix with the values of their genes. */
export interface SampleValues {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  /** samples x genes numbers, row after row. */
  readonly values: Float32Array;
}

/**
 * Whether each sample holds nothing: all its values are 0, or (of 10 genes or
 * more) all are the same, as zeros are after a logarithm.
 */
export function emptySamples({ genes, values }: SampleValues): boolean[] {
  const count = genes.length;
  return Array.from({ length: values.length / count }, (_, row) => {
    const first = values[row * count];
    if (first !== 0 && count < FEW_GENES) return false;
    for (let at = row * count + 1; at < (row + 1) * count; at++) {
      if (values[at] !== first) return false;
    }
    return true;
  });
}

/**
 * Notes the samples that hold nothing, or leaves them out.
 *
 * @returns How many there are among those that stay up to here.
 */
export function handleEmptySamples(
  revision: Revision,
  matrix: SampleValues,
  isDropped: boolean,
): number {
  const isEmpty = emptySamples(matrix);
  const { tissues } = revision;
  const empty = revision.kept.filter((row) => isEmpty[row]);
  if (empty.length === 0) return 0;
  const all = revision.kept.length;
  const before = revision.sizes();
  const { genes, values } = matrix;
  const zero = empty.every((row) => values[row * genes.length] === 0);
  const named = listNames(empty.map((row) => matrix.sampleIds[row]));
  const what = `${countOf(empty.length, "sample")} of ${
    withCommas(all)
  } (${named})`;
  const why = zero ? "only zeros" : "the same value for every gene";
  if (!isDropped) {
    revision.notes.push(
      `${what} ${
        empty.length === 1 ? "holds" : "hold"
      } ${why}: nothing was measured there; --drop-zero-samples leaves ` +
        `${empty.length === 1 ? "it" : "them"} out`,
    );
    return empty.length;
  }
  revision.drop("drop-zero-samples", (row) => isEmpty[row]);
  const after = revision.sizes();
  const vanished = sortedNames(empty.map((row) => tissues[row]))
    .filter((tissue) => !after.has(tissue));
  revision.notes.push(
    `--drop-zero-samples left out ${what} with ${why}` +
      (vanished.length === 0
        ? ""
        : `, and with them all of ${countOf(vanished.length, "tissue")}: ` +
          listFew(vanished.map((tissue) =>
            `${quote(tissue)} (${before.get(tissue)})`
          ))),
  );
  return empty.length;
}

/**
 * @param rows The samples that are used, at least one.
 * @throws {InputError} If no gene differs between them.
 */
export function refuseNothing(
  { genes, values }: SampleValues,
  rows: readonly number[],
): void {
  const count = genes.length;
  const first = rows[0] * count;
  let constant = true;
  for (const row of rows) {
    for (let gene = 0; gene < count; gene++) {
      const value = values[row * count + gene];
      if (value !== values[first + gene]) return;
      constant &&= value === values[first];
    }
  }
  throw new InputError(
    `Cannot use the matrix: ${
      constant
        ? values[first] === 0 ? "all values are 0" : "all values are equal"
        : `all ${countOf(rows.length, "sample")} have the same values`
    }, and some gene should differ between samples`,
    "Look at the matrix: it may have been written empty, or with one sample " +
      "in every row",
  );
}
