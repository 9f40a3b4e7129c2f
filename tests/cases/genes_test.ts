/** Genes that are there twice, that are dates or counters, and their tables. */

import assert from "node:assert/strict";
import * as files from "../../lib/prepare/outputs.ts";
import { readerOf } from "../prepare/fake_context.ts";
import { made, sheet, tall, wide, write } from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();
/** Genes 0 to 7 are called as genes 50 to 57 are. */
const DOUBLED = {
  ...MAIZE,
  genes: MAIZE.genes.map((id, index) =>
    index < 8 ? MAIZE.genes[index + 50] : id
  ),
};

Deno.test("06: all genes that are there twice are counted, with a command", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(DOUBLED));
    const refused = await user.refused("--input", input);
    assert.equal(
      refused.message,
      "Cannot read m.csv: 8 gene ids are there more than once: " +
        "'Zm00001d000051' (columns 2 and 52 of the header), 'Zm00001d000052' " +
        "(columns 3 and 53 of the header), 'Zm00001d000053' (columns 4 and 54 " +
        "of the header), ...; --duplicates sum adds them up, max takes the one " +
        "with the largest mean, first takes the first",
    );
    assert.match(refused.remedy, /--duplicates sum$/);
    assert.equal((await user.paste(refused)).data.genes.length, 112);
    const turned = await user.save("t.csv", tall(DOUBLED, { label: "tissue" }));
    const { message } = await user.refused("--input", turned);
    assert.match(message, /'Zm00001d000051' \(lines 3 and 53\)/);
    const logged = {
      ...DOUBLED,
      values: DOUBLED.values.map((row) => row.map((value) => Math.log2(value))),
    };
    const { remedy } = await user.refused(
      ...["--input", await user.save("l.csv", wide(logged))],
    );
    assert.match(remedy, /--duplicates max$/);
  }));

Deno.test("06: added up, the largest, or the first", () =>
  User.in(async (user) => {
    const mean = (gene: number) =>
      MAIZE.values.reduce((sum, row) => sum + row[gene], 0);
    const joined: Record<
      string,
      (row: readonly number[], gene: number) => number
    > = {
      sum: (row, gene) => Math.fround(row[gene]) + Math.fround(row[gene + 50]),
      first: (row, gene) => row[gene],
      max: (row, gene) => row[mean(gene) >= mean(gene + 50) ? gene : gene + 50],
    };
    const isLeft = (gene: number) => gene < 50 || gene > 57;
    for (const [flag, join] of Object.entries(joined)) {
      const expected = {
        ...MAIZE,
        genes: DOUBLED.genes.filter((_, gene) => isLeft(gene)),
        values: MAIZE.values.map((row) =>
          row.map((value, gene) => gene < 8 ? join(row, gene) : value)
            .filter((_, gene) => isLeft(gene))
        ),
      };
      for (const rows of [wide(DOUBLED), tall(DOUBLED, { label: "tissue" })]) {
        const input = await user.save("m.csv", rows);
        const prepared = await user.prepare(
          ...["--input", input, "--duplicates", flag, ...AS_IT_IS],
        );
        assertRead(prepared, expected);
        assert.match(
          prepared.said,
          /8 gene ids are there more than once \(16 in/,
        );
      }
    }
  }));

Deno.test("07: gene names that a spreadsheet made dates of are noted", () =>
  User.in(async (user) => {
    const dates = ["1-Mar", "Sep-02", "2-Sep", "01/03/2024", "2024-03-01"];
    const more = ["44256", "1.Mrz", "2.31E+13"];
    for (const names of [MAIZE.genes, MAIZE.genes.map((_, at) => `AB${at}C`)]) {
      const matrix = {
        ...MAIZE,
        genes: names.map((name, at) => [...dates, ...more][at] ?? name),
      };
      const input = await user.save("m.csv", wide(matrix));
      const prepared = await user.prepare("--input", input, ...AS_IT_IS);
      assertRead(prepared, matrix);
      assert.match(
        prepared.said,
        /note: 8 gene names look like dates that a spreadsheet made of a name such as MARCH1 or SEPT2: '1-Mar', 'Sep-02', '2-Sep', '01\/03\/2024', '2024-03-01' and 3 more; they are used as they are/,
      );
    }
  }));

Deno.test("15: counters of reads are no genes, whoever wrote them", () =>
  User.in(async (user) => {
    const counters = [
      ["__no_feature", "__ambiguous", "__too_low_aQual", "__not_aligned"],
      ["N_unmapped", "N_multimapping", "N_noFeature", "N_ambiguous"],
      ["Unassigned_Unmapped", "Unassigned_NoFeatures"],
    ];
    for (const names of counters) {
      const matrix = {
        ...MAIZE,
        genes: [...MAIZE.genes, ...names],
        values: MAIZE.values.map((row) => [...row, ...names.map(() => 5)]),
      };
      for (const rows of [wide(matrix), tall(matrix, { label: "tissue" })]) {
        const input = await user.save("m.csv", rows);
        const prepared = await user.prepare("--input", input, ...AS_IT_IS);
        assertRead(prepared, MAIZE);
        assert.match(
          prepared.said,
          /count reads and are no genes; they are left/,
        );
      }
    }
  }));

Deno.test("versions: a table of genes without them, and ids without them", () =>
  User.in(async (user) => {
    const idOf = (index: number) =>
      `ENSG${String(index + 100).padStart(11, "0")}`;
    const human = made({
      geneId: (index) => `${idOf(index)}.${1 + index % 9}`,
    });
    const input = await user.save("m.tsv", write(wide(human), "\t"));
    const features = await user.save("genes.csv", [
      ["gene_id", "gene_name", "description"],
      ...human.genes.map((
        _,
        index,
      ) => [idOf(index), `N${index}`, "some enzyme"]),
    ]);
    const files_ = ["--input", input, "--features", features];
    for (
      const [flags, genes] of [
        [[], human.genes],
        [["--strip-versions"], human.genes.map((_, index) => idOf(index))],
      ] as const
    ) {
      const prepared = await user.prepare(...files_, ...flags, ...AS_IT_IS);
      assertRead(prepared, { ...human, genes });
      const rows = await readerOf(prepared.run).read(files.genes);
      assert.deepEqual(
        rows.map(({ name }) => name),
        human.genes.map((_, index) => `N${index}`),
      );
    }
    const other = await user.save("other.csv", [
      ["gene_id", "name"],
      ...MAIZE.genes.map((id) => [id, `n${id}`]),
    ]);
    const { said } = await user.prepare("--input", input, "--features", other);
    assert.match(
      said,
      /None of 120 genes is in the table of genes: the matrix/,
    );
    const samples = await user.save("s.csv", sheet(human));
    const { message } = await user.refused(
      ...["--input", input, "--features", samples],
    );
    assert.match(message, /genes in s\.csv: it has neither a column of names/);
  }));
