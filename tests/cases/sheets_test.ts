/** Sample sheets: other ids, rows not needed, samples that are not there. */

import assert from "node:assert/strict";
import { made, sheet, tall, wide, write } from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();
const GTEX = made({
  sampleId: (index) => `GTEX-${1000 + index}-00${index + 10}-SM-5${index}`,
});

Deno.test("48: the tissue comes from the sheet", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE, { label: null }));
    const alone = await user.refused("--input", input, "--label", "tissue");
    assert.equal(
      alone.message,
      "Cannot read m.csv: there is no column 'tissue'",
    );
    assert.equal(
      alone.remedy,
      "Give a sample sheet with the tissues: --samples FILE --label COLUMN",
    );
    const samples = await user.save(
      "sheet.csv",
      sheet(MAIZE, { more: { donor: (index) => `d${index % 7}` } }),
    );
    const files = ["--input", input, "--samples", samples];
    for (const flags of [["--label", "tissue"], []]) {
      const prepared = await user.prepare(...files, ...flags, ...AS_IT_IS);
      assertRead(prepared, MAIZE);
      assert.equal(prepared.input.label_from, "sheet");
    }
    const near = await user.refused(...files, "--label", "Tisue");
    assert.match(
      near.message,
      /no column 'Tisue', and the sample sheet has no/,
    );
    assert.match(
      (await user.paste(near)).said,
      /the tissue is 'tissue' of the/,
    );
    const far = await user.refused(...files, "--label", "organ");
    assert.match(far.remedy, /with --label: 'donor' and 'tissue'$/);
  }));

Deno.test("11: ids in other forms are matched one to one, and that is said", () =>
  User.in(async (user) => {
    const forms: [(id: string) => string, RegExp][] = [
      [
        (id) => id.replaceAll("-", "."),
        /'-' written as '\.': 48 of 48 samples/,
      ],
      [(id) => id.toLowerCase(), /by upper and lower case: 48 of 48/],
      [(id) => `${id}_R1`, /by '_R1' at the end: 48 of 48/],
      [(id) => `/data/${id}.bam`, /by '\/data\/' in front, '\.bam' at the end/],
      [(id) => ` ${id}  `, /^$/],
    ];
    for (
      const [name, table] of [["t", tall(GTEX)], [
        "w",
        wide(GTEX, { label: null }),
      ]] as const
    ) {
      const input = await user.save(`${name}.csv`, table);
      for (const [write, note] of forms) {
        const samples = await user.save("sheet.csv", sheet(GTEX, { write }));
        const prepared = await user.prepare(
          ...["--input", input, "--samples", samples, ...AS_IT_IS],
        );
        assertRead(prepared, GTEX);
        assert.match(prepared.input.notes.join("|"), note);
      }
    }
  }));

Deno.test("11: numeric ids, with an X, without zeros, with a word in front", () =>
  User.in(async (user) => {
    const numbers = made({ sampleId: (index) => String(index + 1) });
    const input = await user.save("m.csv", wide(numbers, { label: null }));
    const forms: [(id: string) => string, RegExp][] = [
      [(id) => id, /column 'Run' has the sample ids: 48 of 48/],
      [(id) => id.padStart(3, "0"), /by zeros in front of numbers: 48 of 48/],
      [(id) => `X${id}`, /by an X in front/],
      [(id) => `Sample ${id}`, /by 'Sample ' in front/],
    ];
    for (const [write, note] of forms) {
      // In another order, the ids last and called otherwise.
      const [header, ...rows] = sheet(numbers, { write, id: "Run" });
      const turned = [header, ...rows.reverse()].map((row) => row.toReversed());
      const samples = await user.save("sheet.csv", turned);
      const prepared = await user.prepare(
        ...["--input", input, "--samples", samples, ...AS_IT_IS],
      );
      assertRead(prepared, numbers);
      assert.match(prepared.input.notes.join("|"), note);
    }
  }));

Deno.test("11: TCGA's barcodes are cut after the patient or the sample", () =>
  User.in(async (user) => {
    const tcga = made({
      sampleId: (index) =>
        `TCGA-${10 + index % 40}-${4000 + index}-01A-11R-A00`,
    });
    const input = await user.save("m.tsv", write(tall(tcga), "\t"));
    for (const length of [12, 15, 16]) {
      const cut = (id: string) => id.slice(0, length);
      const samples = await user.save("s.csv", sheet(tcga, { write: cut }));
      assertRead(
        await user.prepare(
          ...["--input", input, "--samples", samples, ...AS_IT_IS],
        ),
        tcga,
      );
    }
  }));

Deno.test("11: only the rows of the matrix's samples are looked at", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE, { label: null }));
    const rows = sheet(MAIZE);
    const more = [
      ...rows,
      rows[1], // the same once more
      ["", ""],
      ["SRR9999", ""],
      ["SRR9999", "leaf"],
    ];
    const forms: [string, string][] = [
      ["sheet.csv", write(more)],
      ["bom.csv", `\uFEFF${write(more, ";", "\r\n")}`],
      ["sheet.tsv", write(more, "\t")],
    ];
    for (const [name, content] of forms) {
      const samples = await user.save(name, content);
      const prepared = await user.prepare(
        ...["--input", input, "--samples", samples, ...AS_IT_IS],
      );
      assertRead(prepared, MAIZE);
      assert.match(
        prepared.said,
        /: [23] rows are about no sample of the matrix and not used/,
      );
    }
    // A second row that says something else does matter.
    await user.save("sheet.csv", [...rows, ["SRR1000", "root"]]);
    const { message, remedy } = await user.refused(
      ...["--input", input, "--samples", `${user.folder}/sheet.csv`],
    );
    assert.match(
      message,
      /column 'tissue' of sheet\.csv cannot be the label: 1 sample \('SRR1000'\) has several rows that differ in it$/,
    );
    assert.match(remedy, /^Correct the sheet/);
  }));

Deno.test("11: the id column is found by its content, or named", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(GTEX, { label: null }));
    const rows = sheet(GTEX, {
      id: "SAMPID",
      label: "SMTS",
      more: { sample_id: (index) => String(index), donor: () => "d" },
    });
    const samples = await user.save("sheet.tsv", write(rows, "\t"));
    const files = ["--input", input, "--samples", samples];
    const found = await user.prepare(...files, ...AS_IT_IS);
    assertRead(found, GTEX);
    assert.match(found.said, /column 'SAMPID' has the sample ids: 48 of 48/);
    const named = await user.prepare(
      ...[...files, "--sample-column", "SAMPID", ...AS_IT_IS],
    );
    assert.deepEqual(named.input.notes, []);
    const wrong = await user.refused(...files, "--sample-column", "donor");
    assert.match(wrong.message, /it has none of the matrix's samples/);
    assert.match((await user.paste(wrong)).said, /48 samples/);
  }));

Deno.test("11: another study's sheet is refused with ids of both", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(GTEX, { label: null }));
    const samples = await user.save("sheet.csv", sheet(MAIZE));
    const { message, remedy } = await user.refused(
      ...["--input", input, "--samples", samples],
    );
    assert.match(
      message,
      /the matrix has 'GTEX-1000-0010-SM-50', .* the sheet's column 'sample_id' has 'SRR1000', 'SRR1001'$/,
    );
    assert.equal(
      remedy,
      "Write the sample ids in the sheet as they are in the matrix",
    );
    // With two samples in common it is no better.
    const shifted = made({ sampleId: (index) => `SRR${1046 + index}` });
    const { message: few } = await user.refused(
      ...["--input", await user.save("m.csv", wide(MAIZE, { label: null }))],
      ...["--samples", await user.save("sheet.csv", sheet(shifted))],
    );
    assert.match(few, /sheet\.csv has only 2 of the matrix's 48 samples/);
  }));

Deno.test("sheets as repositories have them: run tables, GEO, turned ones", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE, { label: null }));
    const refuse = async (rows: (string | number)[][]) =>
      await user.refused(
        ...["--input", input, "--samples", await user.save("s.csv", rows)],
      );
    const table = [
      ["Run", "Assay Type", "BioSample", "source_name", "tissue"],
      ...MAIZE.samples.map((id, row) => [
        ...[id, "RNA-Seq", `SAMN${row}`, `young ${MAIZE.tissues[row]}`],
        MAIZE.tissues[row],
      ]),
    ];
    assertRead(
      await user.prepare(
        ...["--input", input, "--samples", await user.save("s.csv", table)],
        ...AS_IT_IS,
      ),
      MAIZE,
    );
    const geo = await refuse([
      ["title", "geo_accession", "tissue:ch1"],
      ...MAIZE.samples.map((id, row) => [`r${row}`, id, MAIZE.tissues[row]]),
    ]);
    assert.match(geo.message, /with words that repeat is 'tissue:ch1'$/);
    assert.deepEqual((await user.paste(geo)).data.tissues, MAIZE.tissues);
    const turned = await refuse([
      ["sample_id", ...MAIZE.samples],
      ["tissue", ...MAIZE.tissues],
    ]);
    assert.match(
      turned.message,
      /it has a column for each sample and 1 row, and/,
    );
    assert.match(turned.remedy, /^Turn it: /);
    // The numbers of rows predict nothing, though tissues stand in order.
    const numbered = sheet(MAIZE).map((row, index) => [
      index === 0 ? "" : String(index),
      ...row,
    ]);
    const { said } = await user.prepare(
      ...["--input", input, "--samples", await user.save("s.csv", numbered)],
    );
    assert.doesNotMatch(said, /predicts/);
  }));

Deno.test("tissues of matrix and sheet: in another spelling, or other ones", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE));
    const other = (tissueOf: (tissue: string, row: number) => string) =>
      user.save(
        "s.csv",
        sheet({ ...MAIZE, tissues: MAIZE.tissues.map(tissueOf) }),
      );
    const upper = await other((tissue) => tissue.toUpperCase());
    assertRead(
      await user.prepare("--input", input, "--samples", upper, ...AS_IT_IS),
      MAIZE,
    );
    const stem = await other((tissue, row) => row < 3 ? "stem" : tissue);
    const refused = await user.refused("--input", input, "--samples", stem);
    assert.match(
      refused.message,
      /differ for 3 samples, such as 'SRR1000' \('lea/,
    );
    const { data } = await user.paste(refused);
    assert.equal(data.tissues[0], "stem");
  }));

Deno.test("samples that the sheet lacks: 1, 5 or 30 of 48", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE, { label: null }));
    const [header, ...rows] = sheet(MAIZE);
    for (const [lacking, flag] of [[1, "ignore"], [5, "ignore"], [30, "mis"]]) {
      const samples = await user.save("s.csv", [
        header,
        ...rows.slice(Number(lacking)),
      ]);
      const refused = await user.refused(
        ...["--input", input, "--samples", samples],
      );
      assert.match(
        refused.message,
        new RegExp(
          `${lacking} of the matrix's 48 samples ha.* no row in s\\.csv`,
        ),
      );
      assert.match(refused.remedy, new RegExp(`--${flag}`));
      const { data } = await user.paste(refused);
      assert.deepEqual(data.sampleIds, MAIZE.samples.slice(Number(lacking)));
    }
  }));

Deno.test("tissues of a sheet under any name, and as numbers", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", tall(MAIZE));
    const files = (samples: string) => ["--input", input, "--samples", samples];
    for (const label of ["Tissue", "organ", "SMTSD", "body_site"]) {
      const samples = await user.save("s.csv", sheet(MAIZE, { label }));
      assertRead(await user.prepare(...files(samples), ...AS_IT_IS), MAIZE);
    }
    const donor = (index: number) => `d${index % 7}`;
    const two = await user.save(
      "s.csv",
      sheet(MAIZE, { label: "state", more: { donor } }),
    );
    const refused = await user.refused(...files(two));
    assert.match(refused.message, /words that repeat are 'donor' and 'state'$/);
    assert.match((await user.paste(refused)).said, /the tissue is 'state' of/);
    const numbers = {
      ...MAIZE,
      tissues: MAIZE.tissues.map((text) => String(text.length)),
    };
    const clusters = await user.save(
      "s.csv",
      sheet(numbers, {
        label: "cluster",
      }),
    );
    const unnamed = await user.refused(...files(clusters));
    assert.match(unnamed.message, /of numbers that repeat it has 'cluster'$/);
    const named = await user.paste(unnamed);
    assert.deepEqual(named.data.tissues, numbers.tissues);
  }));

Deno.test("files that stand for one another are told", () =>
  User.in(async (user) => {
    const matrix = await user.save("m.csv", tall(MAIZE));
    const samples = await user.save(
      "s.csv",
      sheet(MAIZE, { more: { age: (index) => String(20 + index % 9) } }),
    );
    const genes = await user.save("g.csv", [
      ["gene_id", "name"],
      ...MAIZE.genes.map((id) => [id, `n${id}`]),
    ]);
    const cases: [string[], RegExp, RegExp][] = [
      [
        ["--input", matrix, "--samples", genes],
        /g\.csv: it is a table of genes and no sample sheet: its column 'gene_id' has the genes of the matrix \('Zm00001d000001'\)$/,
        /^Give it with --features .*g\.csv, and a table .* with --samples FILE$/,
      ],
      [
        ["--input", matrix, "--samples", matrix],
        /it is given as the matrix and as the sample sheet/,
        /--samples FILE$/,
      ],
      [
        ["--input", samples, "--samples", matrix],
        /s\.csv: it looks like a sample sheet: its only column of numbers, 'age'/,
        /matrix with --input and the sample sheet with --samples$/,
      ],
      [
        ["--input", samples],
        /it looks like a sample sheet/,
        /matrix with --input and the sample sheet with --samples$/,
      ],
      [
        ["--input", genes],
        /no column holds numbers; 'name' holds words$/,
        /sample sheet goes with --samples, a table of genes with --features$/,
      ],
    ];
    for (const [flags, message, remedy] of cases) {
      const refused = await user.refused(...flags);
      assert.match(refused.message, message);
      assert.match(refused.remedy, remedy);
    }
    // Such a matrix with samples in rows is a sheet of itself.
    const own = await user.save("w.csv", wide(MAIZE));
    assertRead(
      await user.prepare("--input", own, "--samples", own, ...AS_IT_IS),
      MAIZE,
    );
  }));

Deno.test("groups of the sheet, of the matrix, and what is none", () =>
  User.in(async (user) => {
    const donor = (index: number) => `d${index % 8}`;
    const input = await user.save("m.csv", wide(MAIZE));
    const samples = await user.save(
      "s.csv",
      sheet(MAIZE, { more: { donor, age: (index) => String(20 + index % 5) } }),
    );
    const files = ["--input", input, "--samples", samples];
    const { data } = await user.prepare(...files, "--group", "donor");
    assert.deepEqual(data.groups, MAIZE.samples.map((_, row) => donor(row)));
    const [near, tissue] = [
      await user.refused(...files, "--group", "Donor"),
      await user.refused(...files, "--group", "tissue"),
    ];
    assert.match(near.message, /no column 'Donor'; its columns are donor, age/);
    assert.match(near.remedy, /Did you mean --group 'donor'\?/);
    assert.match(tissue.message, /'tissue' is the tissue itself/);
    assert.match((await user.paste(tissue)).said, /48 samples/);
    // A column of the matrix: words, or numbers, which are a gene there.
    const [header, ...rows] = wide(MAIZE);
    const withDonor = (of: (row: number) => string | number) => [
      [header[0], "donor", ...header.slice(1)],
      ...rows.map((row, index) => [row[0], of(index), ...row.slice(1)]),
    ];
    const own = await user.save("own.csv", withDonor(donor));
    const grouped = await user.prepare("--input", own, "--group", "donor");
    assert.deepEqual(grouped.data.groups, data.groups);
    await user.save("own.csv", withDonor((index) => index % 8));
    const number = await user.refused("--input", own, "--group", "donor");
    assert.match(
      number.message,
      /column 'donor' of own\.csv holds numbers and/,
    );
    const pasted = await user.paste(number);
    assert.deepEqual(pasted.data.groups.slice(0, 3), ["0", "1", "2"]);
    assert.ok(!pasted.data.genes.includes("donor"));
  }));

Deno.test("a table without the ids of its rows is refused, not read", () =>
  User.in(async (user) => {
    for (const counts of [false, true]) {
      const matrix = made({ sampleId: (index) => `S${index + 1}`, counts });
      const cut = (rows: ReturnType<typeof wide>) =>
        rows.map((row) => row.slice(1));
      const samples = await user.save("s.csv", sheet(matrix));
      const high = await user.save("high.csv", cut(tall(matrix)));
      const genes = await user.refused("--input", high, "--samples", samples);
      assert.match(
        genes.message,
        /its first column, 'S1', holds numbers .* ids of the rows are missing$/,
      );
      const flat = await user.save("wide.csv", cut(wide(matrix)));
      const own = await user.refused("--input", flat);
      assert.match(own.message, /column, 'Zm00001d000001', holds numbers/);
      const bare = await user.save(
        "bare.csv",
        cut(wide(matrix, { label: null })),
      );
      const beside = await user.refused("--input", bare, "--samples", samples);
      assert.match(beside.message, /column, 'Zm00001d000001', holds numbers/);
    }
  }));

Deno.test("merged cells of tissues in the sheet are to be filled down", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE, { label: null }));
    const rows = sheet(MAIZE);
    const samples = await user.save(
      "s.csv",
      rows.map((row, at) =>
        at > 1 && row[1] === rows[at - 1][1] ? [row[0], ""] : row
      ),
    );
    for (const label of [[], ["--label", "tissue"]]) {
      const { message, remedy } = await user.refused(
        ...["--input", input, "--samples", samples, ...label],
      );
      assert.match(
        message,
        /44 samples of 48 have none .*; the cells look merged/,
      );
      assert.match(remedy, /^Fill each tissue down/);
    }
  }));
