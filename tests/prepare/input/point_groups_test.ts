/** Points between thousands are told from decimal points. */

import assert from "node:assert/strict";
import { Role } from "../../../lib/prepare/input/column_roles.ts";
import {
  havePointGroups,
  shapeOf,
} from "../../../lib/prepare/input/point_groups.ts";
import { plain, readText } from "./read_text.ts";

/** Counts of 30 genes in 4 samples, from 0 to some millions. */
const COUNTS = Array.from(
  { length: 30 },
  (_, gene) =>
    [0, 1, 2, 3].map((sample) => {
      const size = [1, 40, 3000, 70_000, 1_700_000][(gene + sample) % 5];
      return gene % 7 === 6 ? 0 : size * (gene + 3) + 10 * sample;
    }),
);

const pointed = (value: number) =>
  String(value).replace(/\B(?=(\d{3})+$)/g, ".");

function table(format: (value: number) => string, delimiter = ";"): string {
  const rows = COUNTS.map((values, gene) =>
    [`g${gene}`, ...values.map(format)].join(delimiter)
  );
  return `${["id", "a", "b", "c", "d"].join(delimiter)}\n${rows.join("\n")}\n`;
}

const kindsOf = async (text: string) => {
  const { faults } = await readText(text);
  return [...new Set(faults.map(({ kind }) => kind))];
};

Deno.test("points between thousands: all such cells are faults", async () => {
  const small = COUNTS.map((values) => values.map((value) => value % 500_000));
  const rows = small.map((values, gene) =>
    `g${gene},${values.map(pointed).join(",")}`
  );
  const text = `id,a,b,c,d\n${rows.join("\n")}\n`;
  const { faults } = await readText(text);
  const cells = small.flat().filter((value) => value >= 1000).length;
  assert.equal(faults.reduce((sum, { cells }) => sum + cells, 0), cells);
  assert.ok(faults.every(({ kind }) => kind === "thousands"));
  assert.match(faults[0].text, /^\d{1,3}\.\d{3}$/);
  const quoted = await readText(text.replace(/[^,\n]+/g, '"$&"'));
  assert.deepEqual(quoted.faults, faults);
  // The same with missing cells and a column of words or of years.
  assert.deepEqual((await kindsOf(text.replace(",0,", ",,"))).sort(), [
    "missing",
    "thousands",
  ]);
  const extended = text.replaceAll(/$/gm, ",leaf,2023")
    .replace(",leaf,2023", ",tissue,year").replace(/\n,leaf,2023$/, "\n");
  assert.deepEqual(await kindsOf(extended), ["thousands"]);
  // A row that is left out proves nothing.
  const odd = text.replace("\ng0,", "\nsize,0.5,0.7,0.9,1.25\ng0,");
  assert.deepEqual(await kindsOf(odd), []);
  assert.equal((await readText(odd, { ignore: ["size"] })).faults.length, 4);
});

Deno.test("points between thousands: decimals of all kinds are none", async () => {
  const formats: [string, (value: number) => string][] = [
    ["whole", String],
    ["three decimals", (value) => (value / 1000).toFixed(3)],
    ["rounded", (value) => String(Math.round(value * 1.0173) / 1000)],
    ["thirds", (value) => String(Math.round(value % 997 / 3 * 1000) / 1000)],
    ["logarithms", (value) => Math.log2(value + 2).toFixed(3)],
    ["four digits", (value) => String(Number((value / 7).toPrecision(4)))],
    ["signed", (value) => String(value % 9 - 4.125)],
    ["with exponents", (value) => value.toExponential(3)],
  ];
  for (const [name, format] of formats) {
    assert.deepEqual(await kindsOf(table(format)), [], name);
  }
  const { values } = plain(await readText("id,a\ng,1.234\nh,1.230\ni,5\n"));
  assert.deepEqual(
    values,
    [[1.234], [1.23], [5]].map((row) => row.map(Math.fround)),
  );
});

Deno.test("other marks between thousands are named", async () => {
  for (const mark of [" ", "\u00a0", "\u202f", "'", "\u2019", "."]) {
    for (const delimiter of [";", "\t", ","]) {
      const text = table(
        (value) => pointed(value).replaceAll(".", mark),
        delimiter,
      );
      assert.deepEqual(
        await kindsOf(text),
        ["thousands"],
        `${JSON.stringify(mark)} and ${JSON.stringify(delimiter)}`,
      );
    }
  }
});

Deno.test("points between thousands: what proves it", () => {
  const rows = (columns: string[][]) =>
    columns[0].map((_, row) => ({
      id: `r${row}`,
      kinds: new Uint8Array(columns.length + 1),
      shapes: Uint8Array.from([
        0,
        ...columns.map((cells) => shapeOf(cells[row])),
      ]),
    }));
  const isSo = (...columns: string[][]) =>
    havePointGroups(
      rows(columns),
      Uint8Array.from([Role.text, ...columns.map(() => Role.number)]),
    );
  const many = Array.from(
    { length: 20 },
    (_, at) => `${at + 1}.11${at % 9 + 1}`,
  );
  const tens = [...many.slice(1), "1.230"];
  assert.ok(isSo([...tens, "7"]));
  assert.ok(isSo([...tens, "7", "0", "1.697.360"]));
  assert.ok(!isSo([...many.slice(0, 18), "1.231", "1.232", "7"]), "no ten");
  assert.ok(!isSo([...tens.slice(1), "7"]), "too few");
  assert.ok(!isSo([...tens, "0"]), "no whole number");
  assert.ok(!isSo(tens, Array(20).fill("7")), "in different columns");
  for (const other of ["1234", "0.123", "12.5", "-1.234", "12.000e1", "01"]) {
    assert.ok(!isSo([...tens, "7", other]), other);
  }
});
