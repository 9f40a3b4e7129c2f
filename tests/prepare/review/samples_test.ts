/** Samples that hold nothing, equal samples, negative values. */

import assert from "node:assert/strict";
import type { Split } from "../../../lib/prepare/outputs.ts";
import {
  emptySamples,
  handleEmptySamples,
  refuseNothing,
} from "../../../lib/prepare/review/empty_samples.ts";
import { refuseNegatives } from "../../../lib/prepare/review/negatives.ts";
import { Revision } from "../../../lib/prepare/review/revision.ts";
import {
  countSplitTwins,
  warnOfSplitTwins,
} from "../../../lib/prepare/review/split_twins.ts";
import {
  countTwins,
  findTwins,
  handleTwins,
} from "../../../lib/prepare/review/twins.ts";
import { RandomStream } from "../../../lib/random.ts";
import { refusal } from "../user_files.ts";

/** A matrix of rows of values. */
function matrixOf(rows: readonly (readonly number[])[]) {
  return {
    sampleIds: rows.map((_, row) => `S${row}`),
    genes: rows[0].map((_, gene) => `g${gene}`),
    values: Float32Array.from(rows.flat()),
  };
}

Deno.test("zero samples are noted or left out, with the tissue that vanishes", () => {
  const matrix = matrixOf([[0, 0], [1, 0], [0, -0], [2, 2], [0, 0], [3, 3]]);
  const tissues = ["a", "a", "b", "c", "b", "c"];
  const noted = new Revision(tissues);
  assert.equal(handleEmptySamples(noted, matrix, false), 3);
  assert.equal(noted.kept.length, 6);
  assert.match(
    noted.notes[0],
    /^3 samples of 6 \('S0', 'S2', 'S4'\) hold only zeros: .*--drop-zero-samples leaves them out$/,
  );
  const dropped = new Revision(tissues);
  assert.equal(handleEmptySamples(dropped, matrix, true), 3);
  assert.deepEqual(dropped.kept, [1, 3, 5]);
  assert.match(
    dropped.notes[0],
    /left out 3 samples of 6 .* with only zeros, and with them all of 1 tissue: 'b' \(2\)$/,
  );
  const none = new Revision(["a", "b"]);
  assert.equal(handleEmptySamples(none, matrixOf([[1], [2]]), true), 0);
  assert.deepEqual(none.notes, []);
});

Deno.test("zeros after a logarithm are empty, too, if there are many genes", () => {
  const floor = Math.log2(0.001);
  const rows = [Array(12).fill(floor), Array.from(Array(12).keys())];
  assert.deepEqual(emptySamples(matrixOf(rows)), [true, false]);
  const few = rows.map((row) => row.slice(0, 3));
  assert.deepEqual(emptySamples(matrixOf(few)), [false, false]);
  const revision = new Revision(["a", "b"]);
  handleEmptySamples(revision, matrixOf(rows), false);
  assert.match(revision.notes[0], /holds the same value for every gene/);
});

Deno.test("a matrix that holds nothing is refused, also after samples went", () => {
  const refused = (rows: number[][], kept: number[], message: RegExp) =>
    assert.throws(
      () => refuseNothing(matrixOf(rows), kept),
      refusal(message, /written empty/),
    );
  refused(
    [[0, 0], [0, -0]],
    [0, 1],
    /: all values are 0, and some gene should/,
  );
  refused([[7, 7], [7, 7]], [0, 1], /: all values are equal, and/);
  refused([[1, 2], [1, 2]], [0, 1], /: all 2 samples have the same values,/);
  refused([[1, 2], [3, 4], [1, 2]], [0, 2], /: all 2 samples have the same/);
  refuseNothing(matrixOf([[1, 2], [1, 2], [1, 3]]), [0, 1, 2]);
});

Deno.test("twins are found exactly, whatever the hashes and the order", () => {
  const { uniform, below } = { ...stream() };
  const profiles = Array.from(
    { length: 40 },
    () => Array.from({ length: 30 }, () => Math.floor(1000 * uniform())),
  );
  // One value differs in its last bit; 0 and -0 do not differ.
  profiles.push(profiles[0].with(29, profiles[0][29] + 2 ** -13));
  profiles.push(profiles[1].with(0, 0), profiles[1].with(0, 1));
  const chosen = Array.from({ length: 300 }, () => below(profiles.length));
  const rows = chosen.map((profile, row) =>
    profiles[profile].map((value) => value === 0 && row % 2 ? -0 : value)
  );
  const sets = findTwins(matrixOf(rows), rows.keys());
  const distinct = new Map(
    profiles.map((profile, index) => [JSON.stringify(profile), index]),
  );
  rows.forEach((_, row) => {
    const same = (other: number) =>
      distinct.get(JSON.stringify(profiles[chosen[other]])) ===
        distinct.get(JSON.stringify(profiles[chosen[row]]));
    assert.equal(sets[row], chosen.findIndex((_, other) => same(other)));
  });
  const backwards = findTwins(matrixOf(rows), [...rows.keys()].reverse());
  assert.equal(new Set(backwards).size, new Set(sets).size);
});

function stream() {
  const { uniform } = new RandomStream(3);
  return {
    uniform,
    below: (limit: number) => Math.floor(limit * uniform()),
  };
}

Deno.test("twins: the first by id of each tissue stays; other tissues are noted", () => {
  const matrix = {
    ...matrixOf([[1, 2], [1, 2], [3, 4], [1, 2], [0, 0], [0, 0]]),
    sampleIds: ["z", "b", "c", "a", "d", "e"],
  };
  const tissues = ["x", "x", "x", "y", "x", "x"];
  const noted = new Revision(tissues);
  const sets = handleTwins(noted, matrix, false);
  assert.deepEqual([...sets], [3, 3, 2, 3, 4, 5]);
  assert.deepEqual(countTwins(sets, tissues), {
    samples: 3,
    sets: 1,
    ofSeveralTissues: 3,
  });
  assert.match(
    noted.notes[0],
    /^3 samples have the same values and different tissues, .*: 'a' of 'y' and 'b' of 'x'$/,
  );
  const dropped = new Revision(tissues);
  handleTwins(dropped, matrix, true);
  assert.deepEqual(dropped.kept, [1, 2, 3, 4, 5]);
  assert.match(
    dropped.notes[0],
    /^--drop-twins left out 1 sample of 6 that has/,
  );
  assert.equal(dropped.notes.length, 2);
});

Deno.test("twins on both sides of a split are counted in every fold", () => {
  const split = (text: string) =>
    Array.from(
      text,
      (letter): Split =>
        letter === "t" ? "test" : letter === "v" ? "validation" : "train",
    );
  const tissues = ["x", "x", "x", "y", "y"];
  const sets = [0, 0, 0, 0, 4];
  assert.deepEqual(
    countSplitTwins(sets, tissues, [{ split: split("trrtt") }]),
    { tested: 3, known: 1 },
  );
  assert.deepEqual(
    countSplitTwins(sets, tissues, [
      { split: split("ttvrr") },
      { split: split("rrttt") },
    ]),
    { tested: 5, known: 3 },
  );
  assert.match(
    warnOfSplitTwins({ tested: 5, known: 3 })[0],
    /^3 of 5 test samples have an equal twin among the training and validation samples, so every score looks too good; --drop-twins/,
  );
  assert.deepEqual(warnOfSplitTwins({ tested: 5, known: 0 }), []);
});

const LOG2 = {
  transform: "log2",
  ignore: [] as string[],
  "strip-versions": false,
  tx2gene: "",
} as const;

Deno.test("negative values have no logarithm", () => {
  const matrix = matrixOf([[1, 0, 2], [-0.5, 0, -2], [3, -0, -1]]);
  assert.throws(
    () => refuseNegatives(matrix, LOG2),
    refusal(
      /^Cannot take the logarithm: 3 of 9 values are negative, in 2 samples and 2 genes \(the first is -0\.5, sample 'S1', gene 'g0'\), and all should be 0 or greater; logarithms and scaled/,
      /^deno task prepare --transform none$/,
    ),
  );
  refuseNegatives(matrix, { ...LOG2, transform: "none" });
  refuseNegatives(matrixOf([[0, -0, 3]]), LOG2);
});

/** Counts of 6 samples x `genes` genes, some of which are other values. */
function countsWith(
  genes: number,
  valueOf: (row: number, gene: number) => number | undefined,
) {
  return matrixOf(
    Array.from(
      { length: 6 },
      (_, row) =>
        Array.from(
          { length: genes },
          (_, gene) => valueOf(row, gene) ?? (row * 37 + gene * 11) % 900,
        ),
    ),
  );
}

Deno.test("negative values of few genes among counts: those are left out", () => {
  const column = countsWith(
    40,
    (row, gene) => gene === 7 ? row - 2.5 : undefined,
  );
  assert.throws(
    () => refuseNegatives(column, LOG2),
    refusal(
      /3 of 240 values are negative, in 3 samples and 1 gene .* the other genes have none, so 'g7' may be no gene, or a value of it is wrongly typed/,
      /^deno task prepare --ignore g7$/,
    ),
  );
  // What is left out already stays so.
  const two = countsWith(
    40,
    (row, gene) => gene > 37 && row === 1 ? -5 : undefined,
  );
  assert.throws(
    () => refuseNegatives(two, { ...LOG2, ignore: ["age"] }),
    refusal(
      /'g38', 'g39' may be no genes, or a value of theirs is wrongly typed/,
      /^deno task prepare --ignore age,g38,g39$/,
    ),
  );
  // The names are not those of the file.
  for (const changed of [{ "strip-versions": true }, { tx2gene: "t.csv" }]) {
    assert.throws(
      () => refuseNegatives(column, { ...LOG2, ...changed }),
      refusal(/'g7'/, /^Correct the values/),
    );
  }
  // 1 % of the genes are too many for a command, yet few.
  const many = countsWith(
    4000,
    (_, gene) => gene % 160 === 0 ? -1 : undefined,
  );
  assert.throws(
    () => refuseNegatives(many, LOG2),
    refusal(/25 genes .*'g640', … may be no genes/, /^Correct the values/),
  );
});

Deno.test("negative values everywhere, and large ones, are no logarithms", () => {
  const corrected = countsWith(
    40,
    (row, gene) => gene % 2 === row % 2 ? -3.5 - gene : undefined,
  );
  assert.throws(
    () => refuseNegatives(corrected, LOG2),
    refusal(/look neither like logarithms nor scaled/, /^Find out what/),
  );
});
