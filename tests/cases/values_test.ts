/** Values that are missing, written otherwise, negative, empty or all equal. */

import assert from "node:assert/strict";
import {
  type Made,
  made,
  type Rows,
  sheet,
  tall,
  wide,
  withCell,
  write,
} from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();

/** The matrix with each value changed. */
function changed(valueOf: (value: number, row: number) => number): Made {
  return {
    ...MAIZE,
    values: MAIZE.values.map((values, row) =>
      values.map((value) => Number(valueOf(value, row).toFixed(4)))
    ),
  };
}

/** The matrix without some of its samples or genes. */
function without(
  matrix: Made,
  { samples = [], genes = [] }: { samples?: number[]; genes?: number[] },
): Made {
  const rest = <Item>(items: readonly Item[], out: readonly number[]) =>
    items.filter((_, index) => !out.includes(index));
  return {
    samples: rest(matrix.samples, samples),
    tissues: rest(matrix.tissues, samples),
    genes: rest(matrix.genes, genes),
    values: rest(matrix.values, samples).map((row) => rest(row, genes)),
  };
}

const LOGARITHMS = changed((value) => Math.log2(value + 0.001) - 6);
const SCALED = changed((value, row) => (value - 100) / 70 + row / 99);

for (const [name, matrix] of [["03", LOGARITHMS], ["36b", SCALED]] as const) {
  Deno.test(`${name}: values of any sign are read, and not logged`, () =>
    User.in(async (user) => {
      const input = await user.save("m.csv", wide(matrix));
      assertRead(
        await user.prepare(
          ...["--input", input, "--transform", "none", "--min-expression", "0"],
        ),
        matrix,
      );
      const refused = await user.refused("--input", input);
      assert.match(
        refused.message,
        /^Cannot take the logarithm: [\d,]+ of 5,760 values are negative, in 48 samples and \d+ genes \(the first is -[\d.]+, sample 'SRR1000', gene 'Zm\d+d\d+'\), and all should be 0 or greater; logarithms and scaled values are used as they are with the transform none$/,
      );
      assert.match(refused.remedy, /^deno task prepare .* --transform none$/);
      assert.match((await user.paste(refused)).said, /48 samples x 120 genes/);
      const all = await user.allRefused("--input", input);
      assert.equal(all.message, refused.message);
      assert.match(all.remedy, /^deno task all .* --prepare\.transform none$/);
    }));
}

Deno.test("negative values have no library size", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(SCALED));
    for (const method of ["cpm", "tmm"]) {
      const refused = await user.refused(
        ...["--input", input, "--transform", "none", "--normalize", method],
      );
      assert.match(refused.message, /^Cannot normalize by ...: [\d,]+ values/);
      assert.match((await user.paste(refused)).said, /48 samples x 120 genes/);
    }
  }));

/** A matrix in which these commas stand for decimal points. */
const withCommas = (rows: Rows) =>
  rows.map((row) =>
    row.map((cell) =>
      typeof cell === "number" ? cell.toFixed(2).replace(".", ",") : cell
    )
  );

Deno.test("08: decimal commas are called so, and all are counted", () =>
  User.in(async (user) => {
    const forms: [string, string][] = [
      ["m.csv", write(withCommas(wide(MAIZE)), ";")],
      ["m.tsv", write(withCommas(wide(MAIZE)), "\t")],
      ["tall.csv", write(withCommas(tall(MAIZE, { label: "tissue" })), ";")],
    ];
    for (const [name, content] of forms) {
      const input = await user.save(name, content);
      const { message, remedy } = await user.refused("--input", input);
      assert.match(
        message,
        /: 5,760 values of 48 samples and 120 genes have commas where decimal points should be; the first \('[\d,]+'\) is that of sample 'SRR1000', gene 'Zm00001d000001' \(line \d\)$/,
      );
      assert.match(remedy, /^Write the table again with points: in R/);
    }
    const both = await user.refused(
      ...["--input", await user.save("m.csv", write(withCommas(wide(MAIZE))))],
    );
    assert.match(both.message, /all 48 rows have another number of cells than/);
    assert.match(
      both.remedy,
      /^If commas stand between the cells and for decim/,
    );
    const big = withCell(wide(MAIZE), 4, 5, '"1,234"');
    const input = await user.save("m.csv", big);
    const { message } = await user.refused("--input", input);
    assert.match(message, /1 value has commas between the thousands/);
  }));

Deno.test("points between the thousands are no decimal points", () =>
  User.in(async (user) => {
    const counts = made({ counts: true });
    const pointed = (rows: Rows, mark: string) =>
      rows.map((row) =>
        row.map((cell) =>
          typeof cell === "number"
            ? String(cell * 10).replace(/\B(?=(\d{3})+$)/g, mark)
            : cell
        )
      );
    for (const [mark, name] of [[".", "points"], ["\u00a0", "blanks"]]) {
      for (
        const rows of [wide(counts), tall(counts, { label: "tissue" })]
      ) {
        const input = await user.save("m.csv", write(pointed(rows, mark), ";"));
        const { message, remedy } = await user.refused("--input", input);
        assert.match(
          message,
          new RegExp(
            `: [\\d,]+ values of 48 samples and \\d+ genes have ${name} between the thousands and should have none; the first `,
          ),
        );
        assert.match(remedy, /^Write the table again without them/);
      }
    }
  }));

const NOTHING = [
  ...["", "NA", "N/A", "nan", "NaN", "NULL", "null", "none", "-", ".", "#N/A"],
  ...["#DIV/0!", "#VALUE!", "#NAME?", "#REF!", "#NUM!"],
];

Deno.test("09: one missing value, written in any way", () =>
  User.in(async (user) => {
    for (const text of NOTHING) {
      const rows = withCell(wide(MAIZE), 4, 5, text);
      const input = await user.save("m.csv", rows);
      const refused = await user.refused("--input", input);
      const shown = text === "" ? "empty" : `'${text}'`;
      assert.equal(
        refused.message,
        `Cannot read m.csv: 1 value is missing: ${shown} in sample 'SRR1003', ` +
          "gene 'Zm00001d000005' (line 5)",
      );
      const { data } = await user.paste(refused);
      assert.equal(data.genes.length, 119, text);
      assert.ok(!data.genes.includes("Zm00001d000005"));
    }
  }));

Deno.test("09: all missing values are counted; genes or samples are left out", () =>
  User.in(async (user) => {
    const cells = [[4, 11], [4, 81], [18, 11], [31, 11], [31, 81], [32, 81]];
    for (const text of ["NA", "#N/A"]) {
      const holes = cells.reduce(
        (rows, [row, column]) => withCell(rows, row, column, text),
        wide(MAIZE),
      );
      const input = await user.save("m.csv", holes);
      const { message, remedy } = await user.refused("--input", input);
      assert.match(
        message,
        /: 6 values of 4 samples and 2 genes are missing; the first \('#?N\/?A'\) is that of sample 'SRR1003', gene 'Zm00001d000011' \(line 5\)$/,
      );
      assert.match(remedy, /--missing drop-genes$/);
      for (
        const [flag, left] of [
          ["drop-genes", without(MAIZE, { genes: [10, 80] })],
          ["drop-samples", without(MAIZE, { samples: [3, 17, 30, 31] })],
        ] as const
      ) {
        const prepared = await user.prepare(
          ...["--input", input, "--missing", flag, ...AS_IT_IS],
        );
        assertRead(prepared, left);
        assert.match(prepared.said, /have missing values \(6 in all\) and are/);
      }
    }
  }));

Deno.test("09: a whole gene, a whole sample, and half of the matrix", () =>
  User.in(async (user) => {
    const holes = (isHole: (row: number, column: number) => boolean) =>
      wide(MAIZE).map((cells, row) =>
        cells.map((cell, column) =>
          row > 0 && column > 0 && column < 121 && isHole(row - 1, column - 1)
            ? "NA"
            : cell
        )
      );
    const refuse = async (isHole: (row: number, column: number) => boolean) => {
      const input = await user.save("m.csv", holes(isHole));
      return await user.refused("--input", input);
    };
    const gene = await refuse((_, column) => column === 7);
    assert.match(
      gene.message,
      /48 values of 48 samples and 1 gene are missing/,
    );
    assert.equal((await user.paste(gene)).data.genes.length, 119);
    const sample = await refuse((row) => row === 7);
    assert.match(sample.message, /120 values of 1 sample and 120 genes/);
    assert.equal((await user.paste(sample)).data.sampleIds.length, 47);
    const half = await refuse((row, column) => (row + column) % 2 === 0);
    assert.match(half.message, /2,880 values of 48 samples and 120 genes/);
    assert.match(half.remedy, /every gene and every sample has some$/);
    const none = await user.refused(
      ...["--input", `${user.folder}/m.csv`, "--missing", "drop-genes"],
    );
    assert.match(
      none.message,
      /every gene has a missing value .* leaves none$/,
    );
  }));

Deno.test("numbers with exponents, points and signs are numbers; words are not", () =>
  User.in(async (user) => {
    for (const text of ["1e3", "1E+3", "1000.0", "+1000", " 1000 ", "1000."]) {
      const rows = withCell(wide(MAIZE), 4, 5, text);
      const input = await user.save("m.csv", rows);
      const { data } = await user.prepare("--input", input, ...AS_IT_IS);
      assert.equal(data.values[3 * 120 + 4], 1000, text);
    }
    const wrong: [string, RegExp][] = [
      ["abc", /1 value is no number: 'abc' in sample 'SRR1003', gene 'Zm00001/],
      ["0x10", /is no number: '0x10'/],
      ["<1", /is no number: '<1'/],
      ["Inf", /1 value is infinite: 'Inf'/],
      ["-Infinity", /1 value is infinite/],
      ["1e400", /1 value is too large/],
    ];
    for (const [text, message] of wrong) {
      const rows = withCell(wide(MAIZE), 4, 5, text);
      const refused = await user.refused(
        ...["--input", await user.save("m.csv", rows)],
      );
      assert.match(refused.message, message);
      assert.notEqual(refused.remedy, "");
    }
  }));

Deno.test("31: samples of zeros are noted, or left out", () =>
  User.in(async (user) => {
    const empty = [0, 5, 10, 15, 20, 25];
    const zeros = changed((value, row) => empty.includes(row) ? 0 : value);
    const input = await user.save("m.csv", wide(zeros));
    const { said } = await user.prepare("--input", input);
    assert.match(
      said,
      /note: 6 samples of 48 \('SRR1000', .*, …\) hold only zeros: nothing was measured there; --drop-zero-samples leaves them out/,
    );
    assertRead(
      await user.prepare(
        ...["--input", input, "--drop-zero-samples", ...AS_IT_IS],
      ),
      without(MAIZE, { samples: empty }),
    );
  }));

Deno.test("51, 52: a matrix that holds nothing is refused", () =>
  User.in(async (user) => {
    const forms: [Made, RegExp][] = [
      [changed(() => 0), /^Cannot use the matrix: all values are 0, and some/],
      [changed(() => 7), /^Cannot use the matrix: all values are equal, and/],
      [
        { ...MAIZE, values: MAIZE.values.map(() => MAIZE.values[0]) },
        /^Cannot use the matrix: all 48 samples have the same values, and/,
      ],
    ];
    for (const [matrix, message] of forms) {
      for (const rows of [wide(matrix), tall(matrix, { label: "tissue" })]) {
        const input = await user.save("m.csv", rows);
        const refused = await user.refused("--input", input);
        assert.match(refused.message, message);
        assert.match(refused.remedy, /^Look at the matrix/);
      }
    }
  }));

Deno.test("45: counts whose library size tells the tissue", () =>
  User.in(async (user) => {
    const counts = made({ counts: true });
    const confounded = {
      ...counts,
      values: counts.values.map((values, row) =>
        values.map((value) => value * 4 ** Math.floor(row / 12))
      ),
    };
    const input = await user.save("m.csv", wide(confounded));
    const { said } = await user.prepare("--input", input);
    assert.match(
      said,
      /The values look like counts .*; divided by the library/,
    );
    assert.match(
      said,
      /note: The library size alone predicts the tissue of 100 % of the samples .*: tissue and library size cannot be told apart/,
    );
    const plain = await user.save("m.csv", wide(counts));
    assert.doesNotMatch(
      (await user.prepare("--input", plain)).said,
      /predicts/,
    );
  }));

Deno.test("one gene, two genes, few samples, one tissue", () =>
  User.in(async (user) => {
    for (const genes of [1, 2]) {
      const small = made({ genes });
      const samples = await user.save("s.csv", sheet(small));
      for (const rows of [wide(small), tall(small)]) {
        const input = await user.save("m.csv", rows);
        assertRead(
          await user.prepare(
            ...["--input", input, "--samples", samples, ...AS_IT_IS],
          ),
          small,
        );
      }
    }
    const refused = async (options: Parameters<typeof made>[0]) =>
      await user.refused(
        ...["--input", await user.save("m.csv", wide(made(options)))],
      );
    const two = await refused({ samples: 2 });
    assert.match(two.message, /'tissue' holds 2 different texts for 2 samples/);
    const one = await refused({ tissues: ["leaf"] });
    assert.match(one.message, /column 'tissue' holds nothing but 'leaf'\)$/);
    const named = await user.refused(
      ...["--input", `${user.folder}/m.csv`, "--label", "tissue"],
    );
    assert.match(
      named.message,
      /^Cannot compare tissues: there is one tissue only, 'leaf' \(48 samples\)/,
    );
    assert.match(named.remedy, /^Name another column of tissues with --label/);
  }));
