/** Library size and columns that predict the tissue. */

import assert from "node:assert/strict";
import { quote } from "../../../lib/cli/text.ts";
import {
  formatPredicting,
  formatShared,
  formatWithin,
  type Review,
} from "../../../lib/prepare/review/describe_review.ts";
import {
  type Confounder,
  findConfounders,
} from "../../../lib/prepare/review/confounders.ts";

const TISSUES = Array.from({ length: 40 }, (_, row) => `tissue${row % 4}`);
const OTHER = { kind: "other", librarySizes: new Float64Array(40) } as const;

function find(
  columns: Record<string, (row: number) => string | number>,
  more: { groups?: string[]; tissues?: string[] } = {},
  summary: Parameters<typeof findConfounders>[1] = OTHER,
): Confounder[] {
  return findConfounders({
    sampleIds: TISSUES.map((_, row) => `S${row}`),
    genes: [],
    geneFacts: [],
    values: new Float32Array(0),
    tissues: TISSUES,
    ...more,
    sampleFacts: Object.entries(columns).map(([name, text]) => ({
      name,
      texts: TISSUES.map((_, row) => String(text(row))),
    })),
  }, summary);
}

/** As the file has them. */
function reviewOf(found: readonly Confounder[]): Review {
  return {
    logarithm_twice: false,
    empty_samples: 0,
    twins: {
      samples: 0,
      sets: 0,
      of_several_tissues: 0,
      tested: 0,
      tested_with_twin: 0,
    },
    confounders: found.map(({ reverse, isGroup, ...each }) => ({
      ...each,
      reverse: reverse ?? null,
      is_group: isGroup,
    })),
  };
}

const findings = (found: readonly Confounder[]) =>
  Object.fromEntries(found.map(({ column, finding }) => [column, finding]));

Deno.test("confounders: what each kind of column has to do with the tissue", () => {
  const found = find({
    // One batch a tissue, but for one sample.
    batch: (row) => row === 7 ? "b1" : `b${row % 4}`,
    // The same in numbers.
    run: (row) => row % 4,
    // Ten donors of one tissue each, two a tissue or more.
    donor: (row) => `d${row % 20}`,
    // Two studies of two tissues each.
    study: (row) => `s${row % 4 < 2}`,
    sex: (row) => row % 3 === 0 ? "f" : "m",
    age: (row) => 10 * (row % 4) + row / 100,
    rin: (row) => 5 + (row * 7 % 11) / 3,
  });
  assert.deepEqual(findings(found), {
    batch: "predicts",
    run: "predicts",
    donor: "within",
    study: "shared",
    sex: "none",
    age: "predicts",
    rin: "none",
  });
  const [batch, , donor, , , age] = found;
  assert.equal(batch.measure, "categories");
  assert.equal(batch.tissue.right, 39 / 40);
  assert.equal(batch.tissue.guessed, 1 / 4);
  assert.equal(donor.tissue.right, 1);
  assert.equal(age.measure, "numbers");
});

Deno.test("confounders: columns that are not looked at", () => {
  const found = find({
    tissue_code: (row) => `c${row % 4}`,
    organism_part: (row) => `c${row % 4}`,
    // The tissue in other words.
    site: (row) => `tissue${row % 4} - part ${row % 8}`,
    id: (row) => `x${row}`,
    constant: () => "one",
    empty: (row) => row < 30 ? "NA" : `b${row % 4}`,
  });
  assert.deepEqual(found, []);
  // The organism is no organ.
  assert.equal(find({ organism: (row) => `o${row % 4}` }).length, 1);
});

Deno.test("confounders: row numbers say nothing, other numbers in order do", () => {
  const tissues = TISSUES.toSorted();
  const found = find({
    index: (row) => row,
    from_7: (row) => 46 - row,
    with_gap: (row) => row === 0 ? -5 : row,
    tenths: (row) => row / 10 + 0.05,
  }, { tissues });
  assert.deepEqual(findings(found), {
    with_gap: "predicts",
    tenths: "predicts",
  });
});

Deno.test("confounders: missing texts are left out of the count", () => {
  const [found] = find({
    batch: (row) => row < 10 ? "unknown" : `b${row % 4}`,
  });
  assert.equal(found.finding, "predicts");
  assert.equal(found.tissue.samples, 30);
});

Deno.test("confounders: the library size, of counts only", () => {
  const sizes = (of: (row: number) => number) =>
    Float64Array.from(TISSUES, (_, row) => of(row));
  const confounded = sizes((row) => 10 ** (4 + row % 4) * (1 + row / 100));
  const counts = (librarySizes: Float64Array<ArrayBuffer>) =>
    find({}, {}, { kind: "counts", librarySizes });
  const [size] = counts(confounded);
  assert.deepEqual(
    [size.column, size.finding, size.tissue.right],
    [null, "predicts", 1],
  );
  assert.match(
    formatPredicting(reviewOf([size]), quote)[0],
    /^The library size alone predicts the tissue of 100 % of the samples \(mean of the tissues; 25 % by guessing\)/,
  );
  const [even] = counts(sizes((row) => 1e6 + row * 7919 % 40));
  assert.equal(even.finding, "none");
  // A sample without a read has no logarithm.
  const [rest] = counts(confounded.with(3, 0));
  assert.equal(rest.tissue.samples, 39);
  const other = { kind: "other", librarySizes: confounded } as const;
  assert.deepEqual(find({}, {}, other), []);
});

Deno.test("confounders: a sentence for one column, and one for many", () => {
  const batch = (row: number) => `b${row % 4}`;
  const one = formatPredicting(reviewOf(find({ batch })), quote);
  assert.equal(one.length, 1);
  assert.match(
    one[0],
    /^The column 'batch' alone predicts the tissue of 100 % of the samples \(25 % by guessing\): unless 'batch' is another name/,
  );
  const columns = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`batch${index}`, batch]),
  );
  const many = formatPredicting(reviewOf(find(columns)), quote);
  assert.equal(many.length, 1);
  assert.match(
    many[0],
    /^100 columns predict the tissue, each alone: 'batch0' \(100 %, by guessing 25 %\), .*, …; unless/,
  );
});

Deno.test("confounders: groups that the split keeps together need no advice", () => {
  const donor = (row: number) => `d${row % 20}`;
  const loose = formatWithin(reviewOf(find({ donor })), quote);
  assert.match(loose[0], /^Samples with the same value of the column 'donor' /);
  assert.match(loose[0], /--group 'donor'$/);
  const groups = TISSUES.map((_, row) => donor(row));
  const kept = find({ donor }, { groups });
  assert.equal(kept[0].isGroup, true);
  assert.deepEqual(formatWithin(reviewOf(kept), quote), []);
  const study = (row: number) => `s${row % 4 < 2}`;
  assert.match(
    formatShared(reviewOf(find({ study })), quote)[0],
    /^Tissue and 'study' go together: in a tissue, most samples \(100 %, by guessing 50 %\) have the same 'study'; a difference between tissues may be one of 'study'$/,
  );
  const site = (row: number) => `t${row % 4 < 2}`;
  assert.match(
    formatShared(reviewOf(find({ study, site })), quote)[0],
    /^2 columns go together with the tissue: in a tissue, most samples have the same 'study' \(100 %, by guessing 50 %\), 'site' \(.*\); a difference/,
  );
});
