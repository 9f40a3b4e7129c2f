/** What values are taken for. */

import assert from "node:assert/strict";
import {
  recognizeValues,
  type ValueSummary,
} from "../../../lib/prepare/normalize/recognize.ts";
import { RandomStream } from "../../../lib/random.ts";
import {
  warnOfDividedLogarithms,
  warnOfLargeSums,
  warnOfLogarithms,
  warnOfSmallLibraries,
} from "../../../lib/prepare/warnings.ts";

const GENES = 400;

/** A matrix of 5 samples with values from 0 to some thousands. */
function matrix(change: (value: number, row: number) => number) {
  const { uniform } = new RandomStream(7);
  return Float32Array.from(
    { length: 5 * GENES },
    (_, index) => change(2 ** (14 * uniform() - 2), index % 5),
  );
}

const summaryOf = (values: Float32Array) => recognizeValues(values, GENES);

/** Each sample's values, scaled to a sum. */
function scaled(values: Float32Array, sum: number): Float32Array {
  const { librarySizes } = summaryOf(values);
  return values.map((value, index) =>
    value / librarySizes[Math.floor(index / GENES)] * sum
  );
}

Deno.test("recognized: counts", () => {
  const counts = summaryOf(matrix(Math.round));
  assert.equal(counts.kind, "counts");
  assert.equal(counts.wholeShare, 1);
  // As a text holds them that another program has computed with.
  assert.equal(
    summaryOf(matrix((value) => Math.round(value) + 1e-4)).kind,
    "counts",
  );
  // Few reads: no value reaches 50.
  assert.equal(
    summaryOf(matrix((value) => Math.round(value) % 20)).kind,
    "counts",
  );
});

Deno.test("recognized: expected counts, of which many are fractions", () => {
  let index = 0;
  const { kind, wholeShare } = summaryOf(
    matrix((value) => index++ % 3 ? Math.round(value) : value),
  );
  assert.equal(kind, "counts");
  assert.ok(wholeShare > 0.6 && wholeShare < 0.75);
});

Deno.test("recognized: TPM and CPM add up to a million, rounded or not", () => {
  const tpm = scaled(matrix((value) => value), 1e6);
  assert.equal(summaryOf(tpm).kind, "per million");
  assert.equal(summaryOf(tpm.map(Math.round)).kind, "per million");
});

Deno.test("recognized: FPKM, also with few digits", () => {
  assert.equal(summaryOf(matrix((value) => value)).kind, "other");
  const short = (value: number) => Number(value.toPrecision(4));
  assert.equal(summaryOf(matrix(short)).kind, "other");
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const { kind, wholeShare } = summaryOf(matrix(tenths));
  assert.equal(kind, "other");
  assert.ok(wholeShare < 0.2);
});

Deno.test("recognized: logarithms, of TPM and of counts", () => {
  const log = (value: number) => Math.log2(value + 1);
  const logarithms = summaryOf(matrix(log));
  assert.equal(logarithms.kind, "logarithms");
  assert.equal(
    summaryOf(matrix((value) => log(Math.round(value)))).kind,
    "logarithms",
  );
  assert.match(
    warnOfLogarithms(logarithms)[0],
    /^The largest value is 1[12]\.\d+: .* give --transform none \(on all: --prepare\.transform none\)$/,
  );
  assert.deepEqual(warnOfLogarithms(summaryOf(matrix(Math.round))), []);
});

Deno.test("recognized: nothing but zeros is no count", () => {
  const { kind, wholeShare, largest } = summaryOf(new Float32Array(5 * GENES));
  assert.deepEqual([kind, wholeShare, largest], ["logarithms", 0, 0]);
});

Deno.test("recognized: the order of samples and genes does not matter", () => {
  const values = scaled(matrix((value) => value), 1234567);
  const backwards = values.slice().reverse();
  const sizes = summaryOf(values).librarySizes.toReversed();
  assert.deepEqual(summaryOf(backwards).librarySizes, sizes);
  assert.equal(
    summaryOf(backwards).wholeShare,
    summaryOf(values).wholeShare,
  );
});

Deno.test("a warning of large sums that may be counts", () => {
  const warned = (change: Partial<ValueSummary>, method: "none" | "cpm") =>
    warnOfLargeSums({
      kind: "other",
      negative: 0,
      librarySizes: Float64Array.of(6e6, 3e7, 4e7),
      ...change,
    }, { method });
  assert.match(
    warned({}, "none")[0],
    /add up to 30,000,000 \(median\).*give --normalize cpm \(on all: --prepare\.normalize cpm\)$/,
  );
  assert.deepEqual(warned({}, "cpm"), []);
  assert.deepEqual(warned({ kind: "counts" }, "none"), []);
  assert.deepEqual(
    warned({ librarySizes: Float64Array.of(1e6, 2e6) }, "none"),
    [],
  );
});

Deno.test("a warning of logarithms that are divided by library size", () => {
  const warned = (kind: ValueSummary["kind"], method: "none" | "tmm") =>
    warnOfDividedLogarithms({ kind }, { method });
  assert.match(
    warned("logarithms", "tmm")[0],
    /give --normalize none \(on all: --prepare\.normalize none\)$/,
  );
  assert.deepEqual(warned("logarithms", "none"), []);
  assert.deepEqual(warned("counts", "tmm"), []);
});

Deno.test("a warning of samples with hardly a read", () => {
  const warned = (sizes: number[], kind: ValueSummary["kind"] = "counts") =>
    warnOfSmallLibraries(sizes.map((_, row) => `s${9 - row}`), {
      kind,
      negative: 0,
      librarySizes: Float64Array.from(sizes),
    });
  assert.match(
    warned([1e6, 9999, 1e6, 3e6])[0],
    /^1 sample \('s8'\) has less than 1 % of .* consider removing it /,
  );
  assert.match(
    warned([1, 1e6, 2, 1e6, 1e6])[0],
    /^2 samples \('s7', 's9'\) have/,
  );
  // Samples of zeros have a note of their own.
  assert.deepEqual(warned([0, 1e6, 1e6]), []);
  assert.deepEqual(warned([1e6, 1e4, 1e6]), []);
  assert.deepEqual(warned([100, 0, 100], "logarithms"), []);
});

Deno.test("recognized: with negative values, logarithms, z-scores, or neither", () => {
  // As Xena has them: log2(TPM + 0.001).
  const xena = summaryOf(matrix((value) => Math.log2(value / 20 + 0.001)));
  assert.equal(xena.kind, "logarithms");
  assert.ok(xena.negative > 100 && xena.smallest < -3);
  // Whole logarithms are no counts.
  const whole = summaryOf(matrix((value) => Math.round(Math.log2(value))));
  assert.ok(whole.negative > 0);
  assert.equal(whole.kind, "logarithms");
  // z-scores of genes, and of samples.
  const raw = matrix((value) => Math.log2(value + 1));
  assert.equal(summaryOf(standardized(raw, 1, GENES, 5)).kind, "scaled");
  assert.equal(summaryOf(standardized(raw, GENES, 1, GENES)).kind, "scaled");
  // A background was taken off, or a batch effect.
  const corrected = summaryOf(matrix((value) => value - 30));
  assert.equal(corrected.kind, "other");
  assert.equal(summaryOf(matrix((value) => -value)).largest < 0, true);
});

/** Each gene's or sample's values, less their mean and by their deviation. */
function standardized(
  values: Float32Array,
  step: number,
  stride: number,
  count: number,
): Float32Array {
  const scaled = values.slice();
  for (let part = 0; part < values.length / count; part++) {
    const at = (index: number) => part * step + index * stride;
    const own = Array.from({ length: count }, (_, index) => values[at(index)]);
    const mean = own.reduce((sum, value) => sum + value) / count;
    const sd = Math.hypot(...own.map((value) => value - mean)) /
      Math.sqrt(count - 1);
    own.forEach((value, index) => scaled[at(index)] = (value - mean) / sd);
  }
  return scaled;
}
