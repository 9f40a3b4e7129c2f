/** Odd input that must simply work, and names that must do no harm. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { parseRows } from "../tables.ts";
import { findXmlFault } from "../figures/well_formed.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript } from "./run_script.ts";
import { inParallel, matrix, quickest } from "./small_matrix.ts";

const genes = ["__proto__", "constructor", "=cmd", "toString", "g,1", "x y"];

/** Names that mean something to a file system, a table, a page or a program. */
const tissues = [
  "../../x",
  "a,b",
  'say "aah"',
  "🫀 heart",
  "a|b",
  "<b>bold</b>",
  "rank",
  "__proto__",
];

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** 12 samples of each tissue, whose own gene is high; one of a ninth tissue. */
const odd = [
  ["sample_id", ...genes.map(quoted), "tissue"],
  ...tissues.flatMap((tissue, own) =>
    Array.from({ length: 12 }, (_, index) => [
      `s${own}_${index}`,
      ...genes.map((_, gene) =>
        String(((own >> (gene % 3)) & 1) * 100 + ((index * 7 + gene * 3) % 10))
      ),
      quoted(tissue),
    ])
  ),
  ["lone", ...genes.map(() => "5"), "only one"],
].map((cells) => cells.join(",")).join("\r\n") + "\r\n";

Deno.test("odd names go through every stage and harm nothing", () =>
  withFolder(async (folder) => {
    const input = `${folder}/odd.csv`;
    await Deno.writeTextFile(input, `\uFEFF${odd}`);
    const run = `${folder}/runs/a`;
    const { code, out, err } = await runScript(
      folder,
      "all",
      ...["--run", run, "--input", input, "--seed", "3"],
      ...quickest.map((word, index) =>
        quickest[index - 1] === "--cnn.epochs" ? "40" : word
      ),
    );
    assert.equal(code, 0, err);
    assert.match(out, /97 samples x 6 genes, 9 tissues/);
    assert.match(err, /Tissue 'only one' has a single sample: it is in the/);
    assert.deepEqual(await namesIn(folder), ["odd.csv", "runs"]);
    assert.deepEqual(await namesIn(`${folder}/runs`), ["a"]);

    const files = await contentsOf(run);
    for (const name of Object.keys(files)) {
      assert.match(
        name,
        /^(\w+\/)?[\w-]+\.\w+$/,
        "no name comes from the input",
      );
      if (name.endsWith(".svg")) {
        assert.equal(findXmlFault(files[name]), null, name);
      }
      if (/\.(svg|md)$/.test(name)) {
        assert.ok(!files[name].includes("<b>bold"), name);
      }
    }
    const samples = parseRows(files["prepare/samples.csv"]);
    assert.deepEqual(
      new Set(samples.map(({ tissue }) => tissue)),
      new Set([...tissues, "only one"]),
    );
    assert.deepEqual(
      parseRows(files["prepare/genes.csv"]).map(({ gene }) => gene),
      genes,
    );
    const [header] = files["shap/ranks.csv"].split("\n");
    assert.match(header, /^rank,/);
    const chosen = parseRows(files["shap/shap_genes.csv"]);
    assert.ok(chosen.every(({ gene }) => genes.includes(gene)));
    // Every row of a table in the report has as many cells as its header.
    const tables = files["report.md"].split(/\n\n+/)
      .filter((block) => block.startsWith("|"));
    assert.ok(tables.length > 0);
    for (const table of tables) {
      const widths = table.trim().split("\n").map((row) =>
        row.replaceAll("\\|", "").split("|").length
      );
      assert.equal(new Set(widths).size, 1, table);
    }
  }));

Deno.test("however a matrix is written down, the data are the same", () =>
  withFolder(async (folder) => {
    const tabs = matrix.replaceAll(",", "\t");
    const bytes = (text: string) => new TextEncoder().encode(text);
    const written: [string, Uint8Array][] = [
      ["plain.csv", bytes(matrix)],
      ["mark.csv", bytes(`\uFEFF${matrix}`)],
      ["crlf.csv", bytes(matrix.replaceAll("\n", "\r\n"))],
      ["quoted.csv", bytes(matrix.replaceAll(/[^,\n]+/g, '"$&"'))],
      ["tabs.tsv", bytes(tabs)],
      ["packed.csv.gz", gzipSync(matrix)],
      ["packed.tsv.gz", gzipSync(tabs)],
      ["no_end.csv", bytes(matrix.trimEnd())],
    ];
    const prepared = new Map<string, Record<string, string>>();
    await inParallel(written, async ([name, content]) => {
      await Deno.writeFile(`${folder}/${name}`, content);
      const run = `${folder}/${name}.run`;
      const { code, err } = await runScript(
        folder,
        "prepare",
        ...["--run", run, "--input", `${folder}/${name}`],
      );
      assert.equal(code, 0, `${name}: ${err}`);
      const { "stage.json": _, ...files } = await contentsOf(`${run}/prepare`);
      const read = files["input.json"];
      prepared.set(name, {
        ...files,
        "input.json": read.replace('"format": "TSV"', '"format": "CSV"'),
      });
    });
    for (const [name] of written) {
      assert.deepEqual(prepared.get(name), prepared.get("plain.csv"), name);
    }
  }));
