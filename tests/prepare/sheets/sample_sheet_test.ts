/** Sample sheets as people have them, matched to the samples of a matrix. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { RawAxis } from "../../../lib/prepare/input/raw_matrix.ts";
import { refuseGeneTable } from "../../../lib/prepare/sheets/gene_table.ts";
import { textsOf } from "../../../lib/prepare/sheets/matched_sheet.ts";
import {
  matchSampleSheet,
  type SheetOptions,
} from "../../../lib/prepare/sheets/sample_sheet.ts";
import { inFolder } from "./in_folder.ts";
import { refusal, writeInput } from "../user_files.ts";

const GENES = ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8"];

function axis(ids: readonly string[]): RawAxis {
  return { title: "", ids, annotations: [], locate: String };
}

/** A matrix with samples in rows, without its values. */
function samplesInRows(...ids: string[]) {
  return { rows: axis(ids), columns: axis(GENES) };
}

function match(
  content: string | Uint8Array,
  samples: readonly string[],
  { name = "sheet.csv", turned = false, ...options }: SheetOptions & {
    name?: string;
    turned?: boolean;
  } = {},
) {
  return inFolder(async (folder) => {
    const path = await writeInput(`${folder}/${name}`, content);
    const { rows, columns } = samplesInRows(...samples);
    const sheet = await matchSampleSheet(
      path,
      turned ? { rows: columns, columns: rows } : { rows, columns },
      options,
    );
    return {
      ...sheet,
      notes: sheet.notes.map((note) => note.replace(`${folder}/`, "")),
    };
  });
}

async function refuses(
  content: string | Uint8Array,
  samples: readonly string[],
  message: RegExp,
  remedy: RegExp,
  options: Parameters<typeof match>[2] = {},
) {
  await assert.rejects(
    match(content, samples, options),
    refusal(message, remedy),
  );
}

const ABC = ["a", "b", "c"];

Deno.test("CSV and TSV, plain or gzipped, the columns in any order", async () => {
  const csv = 'donor,sample_id,tissue\nd1,b,"x, y"\nd2,a,leaf\nd3,c,\n';
  const files: [string | Uint8Array, string][] = [
    [csv, "sheet.csv"],
    [gzipSync(csv), "sheet.csv.gz"],
    [`\uFEFF${csv.replaceAll("\n", "\r\n")}`, "sheet.txt"],
    ["donor\tsample_id\ttissue\nd1\tb\tx, y\nd2\ta\tleaf\nd3\tc\t\n", "s.tsv"],
    ["donor;sample_id;tissue\nd1;b;x, y\nd2;a;leaf\nd3;c;\n", "s.csv"],
  ];
  for (const [content, name] of files) {
    const sheet = await match(content, ABC, { name });
    assert.equal(sheet.idColumn, "sample_id");
    assert.equal(sheet.samplesIn, "rows");
    assert.deepEqual(sheet.matched, [true, true, true]);
    assert.deepEqual(sheet.facts, [
      { name: "donor", texts: ["d2", "d1", "d3"] },
      { name: "tissue", texts: ["leaf", "x, y", ""] },
    ]);
    assert.deepEqual(sheet.notes, []);
  }
});

Deno.test("the column of ids is the one with the samples", async () => {
  const sheet = await match("id,SAMPID,SMTS\n1,a,leaf\n2,b,root\n3,c,x\n", ABC);
  assert.equal(sheet.idColumn, "SAMPID");
  assert.deepEqual(sheet.notes, [
    "sheet.csv: column 'SAMPID' has the sample ids: 3 of 3 samples matched",
  ]);
  // More of them count more; of as many, a name that says so.
  const more = await match("sample_id,x\na,b\nz,a\ny,c\n", ABC);
  assert.equal(more.idColumn, "x");
  const called = await match("file,other,sample\na,b,c\nb,c,a\nc,a,b\n", ABC);
  assert.equal(called.idColumn, "sample");
  assert.deepEqual(called.facts[0], { name: "file", texts: ["b", "c", "a"] });
  const first = await match("x,y\na,b\nb,a\n", ["a", "b"]);
  assert.equal(first.idColumn, "x");
  // Named by the user.
  const named = await match("sample_id,x\na,b\nb,a\n", ["a", "b"], {
    sampleColumn: "x",
  });
  assert.equal(named.idColumn, "x");
  assert.deepEqual(named.notes, []);
});

Deno.test("samples may be the matrix's columns, or are said to be", async () => {
  const sheet = "sample_id,gene\na,g1\nb,g2\nc,g9\n";
  const turned = await match(sheet, ABC, { turned: true });
  assert.equal(turned.samplesIn, "columns");
  assert.deepEqual(turned.facts, [{ name: "gene", texts: ["g1", "g2", "g9"] }]);
  const told = await match(sheet, ABC, { sampleSide: "columns" });
  assert.equal(told.idColumn, "gene");
  assert.deepEqual(told.matched, GENES.map((_, index) => index < 2));
  assert.equal(told.facts[0].texts[1], "b");
  assert.equal(told.facts[0].texts[5], "");
});

Deno.test("ids of both sides are refused unless the side is said", async () => {
  const sheet = "id,tissue\n1,leaf\n2,root\n3,leaf\n";
  const square = {
    rows: axis(["1", "2", "3"]),
    columns: axis(["3", "2", "1"]),
  };
  await inFolder(async (folder) => {
    const path = await writeInput(`${folder}/sheet.csv`, sheet);
    await assert.rejects(
      matchSampleSheet(path, square),
      refusal(
        /its column 'id' are those of the matrix's rows and of its columns, and/,
        /--orient genes-in-rows or --orient samples-in-rows$/,
      ),
    );
    for (const sampleSide of ["rows", "columns"] as const) {
      const { samplesIn } = await matchSampleSheet(path, square, {
        sampleSide,
      });
      assert.equal(samplesIn, sampleSide);
    }
    // The side of which it has all ids is clear.
    const long = { ...square, rows: axis(["1", "2", "3", "4"]) };
    assert.equal((await matchSampleSheet(path, long)).samplesIn, "columns");
  });
});

Deno.test("a side that has none of the ids gives way to the other", async () => {
  const sheet = "sample_id,t\na,x\nb,y\nc,x\n";
  const found = await match(sheet, ABC, { sampleSide: "columns" });
  assert.equal(found.samplesIn, "rows");
  await refuses(
    "sample_id,t\na,x\nz,y\n",
    ABC,
    /it has none of the matrix's samples: the matrix has 'g1', 'g2', \.\.\. in its columns \(8\), the/,
    /Write the sample ids/,
    { sampleSide: "columns" },
  );
});

Deno.test("a table of genes is no sample sheet", () => {
  const raw = {
    rows: axis(["ENSG00000000003", "ENSG00000000005", "x"]),
    columns: axis(ABC),
  };
  const sheet = {
    path: "genes.csv",
    idColumn: "id",
    samplesIn: "rows",
    matched: [true, true, false],
    facts: [],
    unusable: [],
    notes: [],
  } as const;
  assert.throws(
    () => refuseGeneTable(sheet, raw, "m.csv"),
    refusal(
      /^Cannot read genes\.csv: it is a table of genes .* column 'id' has the genes of the matrix \('ENSG00000000003'\)$/,
      /^Give it with --features genes\.csv, and .* with --samples FILE$/,
    ),
  );
  assert.throws(
    () => refuseGeneTable(sheet, raw, "genes.csv"),
    refusal(/given as the matrix and as the sample sheet/, /--samples FILE$/),
  );
  // Ids of any look under a name of genes; samples; a text about samples.
  const turned = { ...sheet, samplesIn: "columns" } as const;
  assert.throws(
    () => refuseGeneTable({ ...turned, idColumn: "symbol" }, raw, "m.csv"),
    refusal(/has the genes of the matrix \('a'\)/),
  );
  refuseGeneTable(turned, raw, "m.csv");
  const few = { ...sheet, matched: [true, false, false] };
  refuseGeneTable(few, raw, "m.csv");
});

Deno.test("ids written differently are matched one to one and that is said", async () => {
  const samples = ["GTEX-1-SM-1", "GTEX-1-SM-2", "GTEX-2-SM-3"];
  const dots = samples.map((id) => `${id.replaceAll("-", ".")},x\n`).join("");
  const sheet = await match(`sample_id,donor\n${dots}`, samples);
  assert.deepEqual(sheet.matched, [true, true, true]);
  assert.deepEqual(sheet.notes, [
    "sheet.csv: the ids in column 'sample_id' differ from the matrix's by " +
    "'-' written as '.': 3 of 3 samples matched " +
    "('GTEX.1.SM.1' = 'GTEX-1-SM-1')",
  ]);
  const files = samples.map((id) => `${id},/data/${id}.bam,x\n`).join("");
  const within = await match(
    `name,path,tissue\n${files}`,
    samples.map((id) => `${id}.bam`),
  );
  assert.equal(within.idColumn, "name");
  assert.match(within.notes[0], /by '\.bam' at the end: 3 of 3 samples/);
  // Numbers count within ids only in a column of ids.
  const numbered = "sample,tissue,row\n3,leaf,1\n1,root,2\n2,x,3\n";
  const byNumber = await match(numbered, ["S1", "S2", "S3"]);
  assert.equal(byNumber.idColumn, "sample");
  assert.deepEqual(byNumber.facts[0].texts, ["root", "x", "leaf"]);
  await refuses(
    "tissue,row\nleaf,1\nroot,2\nx,3\n",
    ["S1", "S2", "S3"],
    /it has none of the matrix's samples/,
    /--sample-column row/,
  );
});

Deno.test("samples that the sheet lacks are told to the caller", async () => {
  const sheet = await match("sample_id,t\nc,leaf\n", ABC);
  assert.deepEqual(sheet.matched, [false, false, true]);
  assert.deepEqual(sheet.facts, [{ name: "t", texts: ["", "", "leaf"] }]);
  // The matrix's own faults are not the sheet's.
  const doubled = await match("sample_id,t\na,leaf\n", ["a", "", "a"]);
  assert.deepEqual(doubled.matched, [true, false, true]);
});

Deno.test("rows about other samples are not looked at", async () => {
  const sheet = await match(
    "sample_id,donor\nz,\nz,1\nz,2\n,\na,d\nb,d\nc,e\nA-1,x\n",
    ABC,
  );
  assert.deepEqual(sheet.facts, [{ name: "donor", texts: ["d", "d", "e"] }]);
  assert.deepEqual(sheet.notes, [
    "sheet.csv: 5 rows are about no sample of the matrix and not used",
  ]);
});

Deno.test("equal rows count once, and columns that differ cannot be used", async () => {
  const equal = await match("sample_id,t\na,x\na,x\nb,y\nc,y\na,x\n", ABC);
  assert.deepEqual(equal.facts, [{ name: "t", texts: ["x", "y", "y"] }]);
  assert.deepEqual(equal.notes, []);
  const sheet = await match(
    "sample_id,tissue,lane,file\na,x,1,p\na,x,2,q\nb,y,1,r\nb,y,1,s\nc,y,1,t\n",
    ABC,
  );
  assert.deepEqual(sheet.facts, [{ name: "tissue", texts: ["x", "y", "y"] }]);
  assert.deepEqual(sheet.unusable, [
    { name: "lane", why: "1 sample ('a') has several rows that differ in it" },
    {
      name: "file",
      why: "2 samples ('a', 'b') have several rows that differ in it",
    },
  ]);
  assert.deepEqual(sheet.notes, [
    "sheet.csv: 2 columns cannot be used ('lane', 'file'); 'lane': 1 sample " +
    "('a') has several rows that differ in it",
  ]);
  assert.deepEqual(textsOf(sheet, "tissue", "--label"), ["x", "y", "y"]);
  assert.throws(
    () => textsOf(sheet, "lane", "--group"),
    refusal(/column 'lane' cannot be used: 1 sample/, /with --group/),
  );
  assert.throws(
    () => textsOf(sheet, "tissues", "--label"),
    refusal(/no column 'tissues'; its columns are tissue$/, /--label 'tissue'/),
  );
  assert.throws(
    () => textsOf(sheet, "donor", "--group"),
    refusal(/no column 'donor'/, /Name one of them with --group/),
  );
  assert.throws(
    () => textsOf(sheet, "sample_id", "--group"),
    refusal(/has the sample ids/, /another column with --group/),
  );
});

Deno.test("columns without a name and with one name", async () => {
  const sheet = await match(",,t,t,u,u\na,1,x,x,1,1\nb,2,y,y,1,2\n", [
    "a",
    "b",
  ]);
  assert.equal(sheet.idColumn, "column 1");
  assert.deepEqual(sheet.facts, [
    { name: "column 2", texts: ["1", "2"] },
    { name: "t", texts: ["x", "y"] },
  ]);
  assert.deepEqual(sheet.unusable, [
    { name: "u", why: "2 columns have this name, and they differ" },
  ]);
  const long = await match(`t,sample_id\n${"x".repeat(2000)},a\n`, ["a"]);
  assert.match(long.unusable[0].why, /more than 1000 characters/);
});

Deno.test("rows may end in empty cells and begin as R's do", async () => {
  const facts = [{ name: "t", texts: ["x", "y"] }];
  for (
    const content of [
      "sample_id,t\na,x,\nb,y,,\n",
      "sample_id,t,\na,x,\nb,y,\n",
      "sample_id,t,,\na,x\nb,y\n",
      '"t"\n"a" "x"\n"b" "y"\n',
      "# exported\n# today\nsample_id\tt\na\tx\nb\ty\n",
    ]
  ) {
    const sheet = await match(content, ["a", "b"], { name: "sheet.txt" });
    assert.deepEqual(sheet.facts, facts, content);
    assert.deepEqual(sheet.matched, [true, true]);
  }
  await refuses(
    "sample_id,t\na,x\nb,y,z\n",
    ["a", "b"],
    /line 3 has 3 cells where the header has 2/,
    /between double quotes/,
  );
  await refuses("sample_id,t\na,x\nb\n", ["a", "b"], /line 3 has 1 cell/, /./);
});

Deno.test("a sheet of other samples is refused with ids of both", async () => {
  await refuses(
    "donor,sample_id\nd1,S1\nd2,S2\nd3,S3\n",
    ["GTEX-1", "GTEX-2"],
    /has none of .* the matrix has 'GTEX-1', 'GTEX-2' in its rows \(2\) and 'g1', 'g2', \.\.\. in its columns \(8\), the sheet's column 'sample_id' has 'S1', 'S2'$/,
    /^Write the sample ids in the sheet as they are in the matrix$/,
  );
  // The column that was named is not the right one.
  const sheet = "sample_id,donor\na,d1\nb,d2\n";
  const options = { sampleColumn: "donor" };
  await refuses(
    sheet,
    ["a", "b"],
    /column 'donor' has 'd1', 'd2'/,
    /--sample-column sample_id/,
    options,
  );
  await refuses(
    sheet,
    ["a", "b"],
    /no column 'sampel_id'; its columns are sample_id, donor/,
    /Did you mean --sample-column 'sample_id'/,
    { sampleColumn: "sampel_id" },
  );
  await refuses(
    "id,id\na,b\n",
    ["a"],
    /2 of its columns are called 'id'/,
    /Rename/,
    { sampleColumn: "id" },
  );
});

Deno.test("ids that are alike and not one to one are refused", async () => {
  await refuses(
    "sample_id,t\na.1,x\nb.1,x\n",
    ["a-1", "a 1", "b-1"],
    /2 ids of the matrix's rows have no id of their own in column 'sample_id': 'a 1', 'a-1' could be 'a\.1'/,
    /Write the sample ids/,
  );
  await refuses(
    "patient,t\nTCGA-02-0001,x\n",
    ["TCGA-02-0001-01A", "TCGA-02-0001-11A"],
    /2 ids of the .* in column 'patient': 'TCGA-02-0001-01A', .* could be 'TCGA-02-0001'/,
    /Write the sample ids/,
    { sampleColumn: "patient" },
  );
});

Deno.test("what is no sheet is refused with what it is", async () => {
  const cases: [string | Uint8Array, RegExp, RegExp?][] = [
    ["", /the file is empty/],
    ["sample_id,t\n", /no row below its header/],
    ["\n\n", /nothing but empty lines/],
    [
      "a,leaf\nb,root\nc,x\n",
      /first line should name .* sample 'a'/,
      /sample_id,tissue/,
    ],
    [Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /an Excel workbook/, /as CSV/],
    [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), /an Excel workbook/, /as CSV/],
    ["<!DOCTYPE html>\n<html></html>", /a web page/, /Download/],
    ["a,b\n1,\0\n", /not UTF-8 text/],
    [`${"x,".repeat(30_000)}\n${"1,".repeat(30_000)}\n`, /30,00[01] columns/],
  ];
  for (const [content, message, remedy] of cases) {
    await assert.rejects(match(content, ABC), refusal(message, remedy));
  }
  await inFolder(async (folder) => {
    const raw = samplesInRows("a");
    await assert.rejects(
      matchSampleSheet(folder, raw),
      refusal(/is a folder and must be a file/),
    );
    await assert.rejects(
      matchSampleSheet(`${folder}/none.csv`, raw),
      refusal(/no such file/),
    );
    await assert.rejects(
      matchSampleSheet("/dev/zero", raw),
      refusal(/is a device and must be a file/),
    );
  });
});

Deno.test("a large sheet of a small matrix takes little memory", () =>
  inFolder(async (folder) => {
    const path = `${folder}/sheet.tsv`;
    const names = Array.from({ length: 60 }, (_, n) => `SM${n}`);
    using file = await Deno.create(path);
    const writer = file.writable.getWriter();
    const encoder = new TextEncoder();
    await writer.write(encoder.encode(`SAMPID\t${names.join("\t")}\n`));
    for (let part = 0; part < 20; part++) {
      let text = "";
      for (let row = 0; row < 1000; row++) {
        const number = part * 1000 + row;
        text += `GTEX-${number}-SM${
          names.map((name) => `\t${name} ${number % 977}`).join("")
        }\n`;
      }
      await writer.write(encoder.encode(text));
    }
    writer.releaseLock();
    const samples = Array.from({ length: 100 }, (_, n) => `GTEX.${190 * n}.SM`);
    const before = Deno.memoryUsage().rss;
    const sheet = await matchSampleSheet(path, samplesInRows(...samples));
    assert.ok(sheet.matched.every(Boolean));
    assert.equal(sheet.facts.length, 60);
    assert.match(sheet.notes[1], /19,900 rows are about no sample/);
    assert.ok(Deno.memoryUsage().rss - before < 150e6);
  }));

Deno.test("sheet: samples are called so where they are known to be samples", () =>
  refuses(
    "sample_id,tissue\na.1,leaf\nb,root\n",
    ["a 1", "a-1", "b"],
    /2 samples of the matrix have no id of their own/,
    /./,
    { sampleSide: "rows" },
  ));

Deno.test("sheet: comments of cBioPortal describe the columns below", async () => {
  const header = "PATIENT_ID\tSAMPLE_ID\tCANCER_TYPE\n";
  const rows = "P1\tP1-01\tLung Cancer\nP2\tP2-01\tBreast Cancer\n";
  for (
    const comments of [
      "#Patient Identifier\tSample Identifier\tCancer Type\n" +
      "#Patient\tSample\tThe type\n#STRING\tSTRING\tSTRING\n#1\t1\t1\n",
      "#1\t1\t1\n",
      "#a\tb\tc\n#d\te\tf\n",
    ]
  ) {
    const { facts, idColumn } = await match(
      comments + header + rows,
      ["P1-01", "P2-01"],
      { name: "clinical.txt" },
    );
    assert.equal(idColumn, "SAMPLE_ID");
    assert.deepEqual(facts.at(-1), {
      name: "CANCER_TYPE",
      texts: ["Lung Cancer", "Breast Cancer"],
    });
  }
  // The only comment, or one in front of numbers, is the header as before.
  for (
    const text of [
      "#sample_id\ttissue\nP1-01\tleaf\nP2-01\troot\n",
      "#a\tb\n#sample_id\ttissue\nP1-01\t1\nP2-01\t2\n",
    ]
  ) {
    const { idColumn, facts } = await match(text, ["P1-01", "P2-01"]);
    assert.deepEqual([idColumn, facts[0].name], ["sample_id", "tissue"]);
  }
});

Deno.test("sheet: a sample that stands above the ids of the rows is noticed", () =>
  inFolder(async (folder) => {
    const path = await writeInput(
      `${folder}/s.csv`,
      "id,tissue\nS1,leaf\nS2,root\nS3,leaf\n",
    );
    for (const [title, has] of [["S1", true], ["gene", false], ["", false]]) {
      const { hasRowTitle } = await matchSampleSheet(path, {
        rows: { ...axis(GENES), title: String(title) },
        columns: axis(["S2", "S3"]),
      });
      assert.equal(hasRowTitle, has);
    }
  }));
