import assert from "node:assert/strict";
import type {
  ColumnFault,
  FaultKind,
} from "../../../lib/prepare/input/raw_matrix.ts";
import {
  arrange,
  assertRefused,
  genesInRows,
  type Given,
  MAIZE,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

/** Cells that hold no number, as a reader reports them. */
function withCells(
  cells: readonly (readonly [
    row: number,
    column: number,
    kind: FaultKind,
    text: string,
  ])[],
): Pick<Given, "values" | "faults"> {
  const faults = new Map<string, ColumnFault>();
  for (const [row, column, kind, text] of cells) {
    const before = faults.get(`${column} ${kind}`);
    faults.set(`${column} ${kind}`, {
      ...before ?? { column, kind, row, text },
      cells: (before?.cells ?? 0) + 1,
    });
  }
  const bad = new Set(cells.map(([row, column]) => `${row} ${column}`));
  return {
    faults: [...faults.values()],
    values: (row, column) => bad.has(`${row} ${column}`) ? NaN : row + column,
  };
}

Deno.test("missing values: all are counted, the first is named", () => {
  const cells = withCells([
    [4, 0, "missing", ""],
    [1, 2, "missing", "#N/A"],
    [4, 2, "missing", "NA"],
  ]);
  assertRefused(
    () => arrange(samplesInRows(cells)),
    /3 values of 2 samples and 2 genes are missing; the first \('#N\/A'\) is that of sample 'SRR1001', gene 'Zm00001d000003' \(line 3\)$/,
    /prepare --missing drop-genes$/,
  );
});

Deno.test("missing values: genes in rows", () => {
  const cells = withCells([
    [3, 1, "missing", "NA"],
    [2, 5, "missing", ""],
    [3, 5, "missing", "NA"],
  ]);
  const given = { ...cells, columnTexts: { tissue: TISSUES } };
  assertRefused(
    () => arrange(genesInRows(given)),
    /3 values of 2 samples and 2 genes are .*\(empty\).* sample 'SRR1005', gene 'Zm00001d000003' \(line 4\)$/,
    /--missing drop-genes$/,
  );
  const { matrix } = arrange(genesInRows(given), {
    choices: { missing: "drop-samples" },
  });
  assert.deepEqual(matrix.sampleIds, [
    "SRR1000",
    "SRR1002",
    "SRR1003",
    "SRR1004",
  ]);
  assert.deepEqual(matrix.tissues, ["leaf", "leaf", "root", "leaf"]);
});

Deno.test("missing values: genes or samples are left out, with a note", () => {
  const cells = withCells([
    [1, 2, "missing", "NA"],
    [4, 0, "missing", "NA"],
    [4, 2, "missing", "NA"],
  ]);
  const rowTexts = { tissue: TISSUES, donor: names("d", 6) };
  const genes = arrange(samplesInRows({ ...cells, rowTexts }), {
    choices: { missing: "drop-genes" },
  });
  assert.deepEqual(genes.matrix.genes, [MAIZE[1], MAIZE[3]]);
  assert.deepEqual([...genes.matrix.values.slice(0, 4)], [1, 3, 2, 4]);
  assert.equal(
    genes.reading.notes.at(-1),
    "2 of 4 genes have missing values (3 in all) and are left out: " +
      "'Zm00001d000001' and 'Zm00001d000003'",
  );
  const samples = arrange(samplesInRows({ ...cells, rowTexts }), {
    choices: { missing: "drop-samples" },
  });
  assert.deepEqual(
    samples.matrix.sampleIds,
    RUNS.filter((_, row) => row !== 1 && row !== 4),
  );
  assert.deepEqual(samples.matrix.sampleFacts[0].texts, [
    "d0",
    "d2",
    "d3",
    "d5",
  ]);
  assert.deepEqual([...samples.matrix.values.slice(4, 8)], [2, 3, 4, 5]);
  assert.match(samples.reading.notes.at(-1)!, /2 of 6 samples have missing/);
});

Deno.test("missing values: the remedy leaves something", () => {
  const inOneSample = MAIZE.map((_, gene) =>
    [3, gene, "missing", "NA"] as const
  );
  assertRefused(
    () => arrange(samplesInRows(withCells(inOneSample))),
    /4 values of 1 sample and 4 genes are missing/,
    /--missing drop-samples$/,
  );
  assertRefused(
    () =>
      arrange(samplesInRows(withCells(inOneSample)), {
        choices: { missing: "drop-genes" },
      }),
    /every gene has a missing value \(4 values in all\), so --missing drop-genes leaves none$/,
    /--missing drop-samples$/,
  );
  const everywhere = RUNS.map((_, row) =>
    [row, row % 4, "missing", "NA"] as const
  );
  assertRefused(
    () => arrange(samplesInRows(withCells(everywhere))),
    /6 values/,
    /^Fill them where the table is made/,
  );
});

Deno.test("missing values: readers that report no cells", () => {
  assertRefused(
    () => arrange(samplesInRows({ values: (row) => row === 2 ? NaN : 1 })),
    /4 values of 1 sample and 4 genes are missing; the first \('NaN'\) is that of sample 'SRR1002', gene 'Zm00001d000001'$/,
    /drop-samples$/,
  );
});

Deno.test("cells: words and commas are refused, whatever the flag", () => {
  const kinds: [FaultKind, string, RegExp][] = [
    ["word", "low", /no numbers; the first \('low'\)/],
    ["decimal comma", "1,5", /commas where decimal points should be/],
    ["infinite", "Inf", /infinite/],
    ["too large", "1e99", /too large/],
  ];
  for (const [kind, text, message] of kinds) {
    const cells = withCells([
      [0, 1, "missing", "NA"],
      [2, 1, kind, text],
      [5, 3, kind, "later"],
    ]);
    assertRefused(
      () =>
        arrange(samplesInRows(cells), { choices: { missing: "drop-genes" } }),
      new RegExp(`2 values of .* and 2 genes .*${message.source}`),
      /./,
    );
  }
});

Deno.test("cells: what is left out does not count", () => {
  const cells = withCells([
    [0, 0, "word", "high"],
    [1, 0, "missing", "NA"],
    [2, 3, "word", "low"],
  ]);
  const raw = () =>
    samplesInRows({ ...cells, columns: ["grade", ...MAIZE.slice(1)] });
  const choices = { ignore: ["grade", "SRR1002"] };
  assert.equal(arrange(raw(), { choices }).matrix.genes.length, 3);
  assertRefused(
    () => arrange(raw(), { choices: { ignore: ["grade"] } }),
    /1 value is no number: 'low' in sample 'SRR1002', gene 'Zm00001d000004' \(line 4\)$/,
    /./,
  );
});

Deno.test("cells: infinite values that a reader let pass are refused", () => {
  assertRefused(
    () =>
      arrange(samplesInRows({
        values: (row, column) => row === 3 && column > 1 ? -Infinity : 1,
      })),
    /2 values of 1 sample and 2 genes are infinite; the first \('-Infinity'\) is that of sample 'SRR1003', gene 'Zm00001d000003'$/,
    /./,
  );
});

Deno.test("cells: any finite number is kept as it is, and -0 becomes 0", () => {
  const odd = [-0, -9.9658, 1e-40, 3e38, 0.1, -2];
  const { matrix } = arrange(samplesInRows({ values: (row) => odd[row] }));
  assert.equal(matrix.values[0], 0);
  for (let row = 1; row < 6; row++) {
    assert.equal(matrix.values[4 * row], Math.fround(odd[row]));
  }
});

Deno.test("cells: the raw matrix is empty afterwards", () => {
  const raw = samplesInRows();
  arrange(raw);
  assert.equal(raw.values.count, 0);
});
