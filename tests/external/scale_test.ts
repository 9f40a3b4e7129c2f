/** The other cohort's values are put on the run's scale. */

import assert from "node:assert/strict";
import type { Values } from "../../lib/cli/parameters.ts";
import { makeCohort } from "../../lib/external/cohort.ts";
import type { RunScale } from "../../lib/external/scale.ts";
import { toRunScale } from "../../lib/external/scale.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import type { PreparationInput } from "../../lib/prepare/input/read_input.ts";
import { prepareParameters } from "../../lib/prepare/parameters.ts";
import { prepareMatrix } from "../../lib/prepare/prepare_matrix.ts";
import { deriveSeed } from "../../lib/random.ts";
import { GENES, here, type MadeCohort } from "./two_cohorts.ts";

function inputOf({ ids, tissues, genes, counts }: MadeCohort) {
  return {
    sampleIds: ids,
    genes,
    geneFacts: genes.map(() => ({ name: null, description: null })),
    tissues,
    values: Float32Array.from(counts.flat()),
    sampleFacts: [],
  } satisfies PreparationInput;
}

/** A run on the made-up cohort, and what it did to its values. */
function prepare(
  flags: Partial<Values<typeof prepareParameters>>,
): { run: Dataset; scale: RunScale } {
  const parameters = {
    ...Object.fromEntries(
      Object.entries(prepareParameters).map(([name, each]) => [
        name,
        each.default,
      ]),
    ) as Values<typeof prepareParameters>,
    folds: 1,
    "min-expression": 0,
    ...flags,
  };
  const { revised, found, parts, preprocessing } = prepareMatrix(
    inputOf(here),
    parameters,
    (name) => deriveSeed(1, name),
  );
  const { input } = revised;
  const { values, genes, geneFacts } = found.filtered;
  const tissueNames = [...new Set(input.tissues)].sort();
  const { summary: { librarySizes }, normalization } = found;
  const row = normalization.reference;
  return {
    run: {
      sampleIds: input.sampleIds,
      genes,
      geneFacts,
      tissues: input.tissues,
      groups: input.tissues.map(() => ""),
      split: parts.split,
      folds: [{ fold: 1, split: parts.split }],
      values,
      tissueNames,
      classOf: Int32Array.from(
        input.tissues,
        (name) => tissueNames.indexOf(name),
      ),
    },
    scale: {
      kind: preprocessing.values,
      method: normalization.method,
      transform: parameters.transform,
      pseudocount: parameters.pseudocount,
      shift: parameters.shift,
      reference: row === undefined ? null : {
        values: values.slice(row * genes.length, (row + 1) * genes.length),
        librarySize: librarySizes[row],
        factor: normalization.factors[row],
      },
    },
  };
}

/** The largest difference of two lists of numbers. */
function farthest(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return a.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - b[at])),
    0,
  );
}

/** The rows of the run in the order of the cohort's: by id. */
function byId({ sampleIds, values }: Dataset): Float32Array {
  const rows = sampleIds.map((id, row) => ({ id, row }))
    .sort((a, b) => a.id < b.id ? -1 : 1);
  return Float32Array.from(
    rows.flatMap(({ row }) => [
      ...values.subarray(row * GENES, (row + 1) * GENES),
    ]),
  );
}

for (
  const [name, flags, tolerance] of [
    ["CPM", {}, 0],
    ["no normalization", { normalize: "none" }, 0],
    ["the study's transform", { pseudocount: 0.001, shift: 10 }, 0],
    // The reference sample's counts come from float32 logarithms.
    ["TMM", { normalize: "tmm" }, 1e-5],
    ["TMM without logarithms", { normalize: "tmm", transform: "none" }, 0.02],
  ] as const
) {
  Deno.test(`the run's own samples get the run's own values: ${name}`, () => {
    const { run, scale } = prepare(flags);
    const own = makeCohort({ input: inputOf(here), renamed: new Map() }, run, {
      ...scale,
    });
    assert.equal(own.normalization, scale.method);
    const most = farthest(own.dataset.values, byId(run));
    assert.ok(most <= tolerance, String(most));
    // All of them are samples of the run.
    assert.equal(own.inRun, here.ids.length);
    assert.match(own.warnings.at(-1)!, /30 of 30 samples .* have ids of this/);
  });
}

Deno.test("a single sample gets the same values as among others", () => {
  for (const normalize of ["cpm", "tmm"] as const) {
    const { run, scale } = prepare({ normalize });
    const all = makeCohort(
      { input: inputOf(here), renamed: new Map() },
      run,
      scale,
    ).dataset;
    const rows = [3, 17];
    const few = makeCohort(
      {
        input: inputOf({
          ...here,
          ids: rows.map((row) => here.ids[row]),
          tissues: rows.map((row) => here.tissues[row]),
          counts: rows.map((row) => here.counts[row]),
        }),
        renamed: new Map(),
      },
      run,
      scale,
    ).dataset;
    few.sampleIds.forEach((id, row) => {
      const there = all.sampleIds.indexOf(id);
      assert.deepEqual(
        few.values.subarray(row * GENES, (row + 1) * GENES),
        all.values.subarray(there * GENES, (there + 1) * GENES),
        `${normalize} ${id}`,
      );
    });
  }
});

const scale: RunScale = {
  kind: "counts",
  method: "cpm",
  transform: "log2",
  pseudocount: 1,
  shift: 0,
  reference: null,
};
const two = [{ here: 0, there: 1 }, { here: 1, there: 0 }];
const scaled = (values: number[], run: Partial<RunScale> = {}) =>
  toRunScale(
    { sampleIds: ["s"], values: Float32Array.from(values), genes: 2 },
    two,
    { ...scale, ...run },
  );

Deno.test("kinds that differ are made amounts of one unit, and said", () => {
  // The run: counts as CPM. There: TPM, as they are.
  const tpm = scaled([1e6 - 3, 3]);
  assert.equal(tpm.kind, "per million");
  assert.equal(tpm.method, "none");
  assert.equal(tpm.values[0], 2);
  assert.equal(
    tpm.warning,
    "the other cohort's values look like TPM or CPM and the run's like " +
      "counts: they were taken as they are, and genes differ between the " +
      "cohorts for that reason, too",
  );
  // The run: TPM. There: counts, which become CPM.
  const counts = scaled([97, 3], { kind: "per million", method: "none" });
  assert.deepEqual([counts.kind, counts.method], ["counts", "cpm"]);
  assert.equal(counts.values[0], Math.fround(Math.log2(30_001)));
  assert.match(counts.warning, /its counts were made counts per million/);
  assert.equal(scaled([97, 3]).warning, "");
});

Deno.test("logarithms, amounts and z-scores are not compared", () => {
  const refused = (values: number[], run: Partial<RunScale>, what: RegExp) =>
    assert.throws(() => scaled(values, run), {
      name: "InputError",
      message: what,
    });
  refused([1.5, 2.25], {}, /look like logarithms and the run's like counts/);
  refused(
    [97, 3],
    { kind: "logarithms", method: "none" },
    /look like counts and the run's like logarithms, and both should be on one/,
  );
  // Of the same kind they get the run's transform.
  const same = scaled([1, 2.25], { kind: "logarithms", method: "none" });
  assert.equal(same.values[1], 1);
});

Deno.test("samples that cannot be normalized or have no logarithm are refused", () => {
  assert.throws(
    () =>
      toRunScale(
        {
          sampleIds: ["full", "empty"],
          values: Float32Array.of(97, 100, 0, 0),
          genes: 2,
        },
        two,
        scale,
      ),
    /its sample 'empty' has no value above 0, and each should have some/,
  );
  assert.throws(
    () => scaled([900.5, -7], { kind: "other", method: "none" }),
    /a value of its sample 's' has no logarithm \(the smallest is -7\), and/,
  );
});
