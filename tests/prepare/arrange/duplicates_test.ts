import assert from "node:assert/strict";
import {
  arrange,
  assertRefused,
  genesInRows,
  names,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const GENES = ["a", "b", "a", "c", "b", "a"];
/** By gene and sample. */
const VALUES = [
  [1, 1, 1, 1, 1, 1],
  [5, 5, 5, 5, 5, 5],
  [0, 9, 0, 9, 0, 9],
  [7, 7, 7, 7, 7, 7],
  [5, 5, 5, 5, 6, 4],
  [2, 2, 2, 2, 2, 2],
];
const given = {
  columns: GENES,
  values: (row: number, column: number) => VALUES[column][row],
};

Deno.test("duplicate genes: all are counted, with a command", () => {
  assertRefused(
    () => arrange(samplesInRows(given)),
    /2 gene ids are there more than once: 'a' \(3 times: columns 2 and 4 of the header, \.\.\.\), 'b' \(columns 3 and 6 of the header\); --duplicates sum adds .* max .* first/,
    /prepare --duplicates sum$/,
  );
  const many = names("g", 9).flatMap((name) => [name, name]);
  assertRefused(
    () => arrange(samplesInRows({ columns: many })),
    /9 gene ids are there more than once: 'g0' .*'g1' .*'g2' [^']*, \.\.\.; /,
    /--duplicates sum$/,
  );
});

Deno.test("duplicate genes: logarithms are not to be added", () => {
  for (const value of [-1, 3.5]) {
    assertRefused(
      () => arrange(samplesInRows({ ...given, values: () => value })),
      /2 gene ids/,
      /--duplicates max$/,
    );
  }
  const tpm = { ...given, values: () => 60.5 };
  assertRefused(() => arrange(samplesInRows(tpm)), /2 gene/, /sum$/);
});

Deno.test("duplicate genes: added, the largest, or the first", () => {
  const expected = {
    sum: [[3, 10, 7], [12, 10, 7]],
    max: [[0, 5, 7], [9, 5, 7]],
    first: [[1, 5, 7], [1, 5, 7]],
  };
  const done = {
    sum: /added up$/,
    max: /the largest mean/,
    first: /the first/,
  };
  for (const how of ["sum", "max", "first"] as const) {
    const wide = arrange(samplesInRows(given), {
      choices: { duplicates: how },
    });
    assert.deepEqual(wide.matrix.genes, ["a", "b", "c"]);
    const [first, second] = expected[how];
    assert.deepEqual([...wide.matrix.values.slice(0, 6)], [
      ...first,
      ...second,
    ]);
    assert.match(
      wide.reading.notes.at(-1)!,
      /^2 gene ids are there more than once \(5 in all\): /,
    );
    assert.match(wide.reading.notes.at(-1)!, done[how]);
    const high = arrange(
      genesInRows({
        rows: GENES,
        values: (row, column) => VALUES[row][column],
        columnTexts: { tissue: TISSUES },
      }),
      { choices: { duplicates: how } },
    );
    assert.deepEqual(high.matrix, wide.matrix);
  }
});

Deno.test("duplicate genes: of equal means the first is taken", () => {
  const { matrix } = arrange(samplesInRows(given), {
    choices: { duplicates: "max" },
  });
  assert.equal(matrix.values[4 * 3 + 1], 5, "not 6 of the second b");
});

Deno.test("duplicate genes: a sum with a missing part is missing", () => {
  const holes = {
    ...given,
    values: (row: number, column: number) =>
      row === 1 && column === 2 ? NaN : VALUES[column][row],
  };
  const sum = arrange(samplesInRows(holes), {
    choices: { duplicates: "sum", missing: "drop-genes" },
  });
  assert.deepEqual(sum.matrix.genes, ["b", "c"]);
  const max = arrange(samplesInRows(holes), {
    choices: { duplicates: "max", missing: "drop-genes" },
  });
  assert.deepEqual(max.matrix.genes, ["a", "b", "c"]);
  assert.equal(max.matrix.values[0], 2, "the largest that is complete");
});

Deno.test("duplicate genes: a sum that is too large is refused", () => {
  assertRefused(
    () =>
      arrange(samplesInRows({ ...given, values: () => 3e38 }), {
        choices: { duplicates: "sum" },
      }),
    /add up to more than a float32 holds$/,
    /--duplicates max$/,
  );
});

Deno.test("duplicate genes: one date may be two genes, which are not added", () => {
  const columns = ["1-Mar", "a", "1-Mar", "2-Mar", "b", "2-Mar", "a"];
  const given = samplesInRows({ columns });
  assertRefused(
    () => arrange(given, { choices: { ignore: ["x"] } }),
    /2 gene ids are dates that a spreadsheet made of a gene's name, and are there more than once: '1-Mar' \(columns 2 and 4 .*'2-Mar' .*; two different genes may be behind one date, as MARC1 and MARCH1/,
    /--ignore x,1-Mar,2-Mar$/,
  );
  // Without them the usual refusal is next.
  assertRefused(
    () => arrange(given, { choices: { ignore: ["1-Mar", "2-Mar"] } }),
    /1 gene id is there more than once: 'a'/,
    /--duplicates/,
  );
  const many = names("2024-03-", 12, 10).flatMap((name) => [name, name]);
  assertRefused(
    () => arrange(samplesInRows({ columns: many })),
    /12 gene ids are dates/,
    /^Give the genes their names back/,
  );
});
