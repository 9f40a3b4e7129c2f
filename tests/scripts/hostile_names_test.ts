/** Names made to break tables, pages, paths, shells and programs. */

import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { DOMParser } from "linkedom";
import { assertSound } from "../figures/sound.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript } from "./run_script.ts";
import { inParallel, quickest } from "./small_matrix.ts";

const tissues = [
  ...["../../x", "\u001b[31mred", "C:\\x", "__proto__", "constructor", "rank"],
  ...["=1+1", "<b>bold</b>", "| * _ [x](y) #", 'a,"b"', "line\nbreak"],
  ...["![i](https://example.org/i.png)", "\u202eturned", "🫀 <!--"],
];

const names = [
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"],
  ...["=cmd|' /C calc'!A0", "+1", "-1", "@x", "NA", "007", "1e5", "TRUE", "#N"],
  ...["../../x", "/etc/passwd", "C:\\x", "..", "a/b", "CON", "rank", "gene"],
  ...[
    "line\nbreak",
    "returns\r\nin",
    "lone\rreturn",
    "tab\tname",
    "a,b",
    "a;b",
    "a\\",
  ],
  ...['"', 'say "aah"', "'single'", "`tick`", "$(touch pwned)", "$&$1", "%s%d"],
  ...["<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "]]>"],
  ...["&amp;", "-->", "| * _ [x](y) #", "|", "# head", "1. item", "--- a"],
  ...["![x](https://example.org/x.png)", "www.example.org", "~~no~~", "[^1]"],
  ...["\\|", "<!--", "🧬 gene", "e\u0301", "\u00e9", "\u202eturned"],
  ...["\u001b[31mred", "zero\u200bwidth", "line\u2028parted", "bell\u0007"],
  ...["{{x}}", "${x}", "x".repeat(300)],
];

/** Eight samples a tissue; the first of them have the same names as the genes. */
const samples = tissues.flatMap((tissue, own) =>
  Array.from({ length: 8 }, (_, index) => {
    const row = own * 8 + index;
    const name = names[row % names.length];
    const id = row < names.length ? name : `${name}-${row}`;
    return { id, tissue, own, index, group: names[(index % 4) * 11] };
  })
);

const toTable = (rows: readonly (readonly string[])[]) =>
  rows.map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n"
  ).join("");

const LABEL = 'the "label" <i>\n|';

/** Each tissue has its own high genes; blanks stand around the sample ids. */
const matrix = toTable([
  ["id", LABEL, ...names],
  ...samples.map(({ id, tissue, own, index }) => [
    ` ${id}\n`,
    tissue,
    ...names.map((_, gene) =>
      String((gene % tissues.length === own ? 90 : 0) + (index * 7 + gene) % 10)
    ),
  ]),
]);
const sheet = toTable([
  ["__proto__", "sample_id"],
  ...samples.map(({ id, group }) => [group, id]),
]);

/** The elements of all figures of the suite. */
const DRAWN = new Set(
  "svg title desc g rect text tspan line path circle clipPath".split(" "),
);

/** The cells under each header of a table, as any reader of CSV has them. */
function columnsOf(text: string): Map<string, string[]> {
  const [header, ...rows] = parse(text) as string[][];
  return new Map(
    header.map((name, index) => [name, rows.map((row) => row[index])]),
  );
}

function checkTables(files: Readonly<Record<string, string>>): void {
  const prepared = columnsOf(files["prepare/samples.csv"]);
  for (
    const [column, expected] of [
      ["sample_id", samples.map(({ id }) => id)],
      ["tissue", samples.map(({ tissue }) => tissue)],
      ["group", samples.map(({ group }) => group)],
    ] as const
  ) assert.deepEqual(prepared.get(column), expected);
  assert.deepEqual(columnsOf(files["prepare/genes.csv"]).get("gene"), names);

  const known = new Map([
    ["sample_id", new Set(samples.map(({ id }) => id))],
    ["tissue", new Set(tissues)],
    ["predicted", new Set(tissues)],
    ["gene", new Set(names)],
  ]);
  for (const [file, text] of Object.entries(files)) {
    if (!file.endsWith(".csv")) continue;
    assert.doesNotMatch(text, /\[object|function |\bundefined\b/, file);
    for (const [column, cells] of columnsOf(text)) {
      for (const cell of cells) {
        if (cell !== "" || column !== "tissue") {
          assert.ok(known.get(column)?.has(cell) ?? true, `${file}: ${cell}`);
        }
      }
    }
  }
  const ranks = columnsOf(files["shap/ranks.csv"]);
  assert.ok(ranks.size > 2, "some tissues are ranked");
  for (const [column, cells] of ranks) {
    if (column === "rank") continue;
    assert.ok(tissues.includes(column.replace(" (tissue)", "")), column);
    assert.deepEqual([...cells].sort(), [...names].sort(), column);
  }
}

function checkFigure(name: string, svg: string): void {
  assertSound(svg, name);
  const page = new DOMParser().parseFromString(svg, "image/svg+xml");
  for (const { tagName } of page.querySelectorAll("*")) {
    assert.ok(DRAWN.has(tagName), `${name}: <${tagName}>`);
  }
  assert.doesNotMatch(svg, /\[object|function |undefined|\u202e/, name);
}

function checkReport(report: string): void {
  const text = report.replace(/^(`{3,})[^]*?^\1$/gm, "");
  assert.doesNotMatch(text, /[^\P{Cc}\n]|\u202e/u);
  const tags = [...text.matchAll(/<[^>\n]*/g)].map(([tag]) => tag);
  for (const tag of tags) {
    assert.match(tag, /^<\/?(details|summary|code)$/);
  }
  assert.equal(
    tags.filter((tag) => tag === "<code").length,
    tags.filter((tag) => tag === "</code").length,
  );
  // An escaped bracket makes no link.
  for (const [, to] of text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)) {
    assert.doesNotMatch(to, /example|^y$/);
  }
  // Nor does an address, unless in a code span, where none becomes a link.
  const plain = text.replace(/`[^`\n]+`/g, "");
  assert.doesNotMatch(plain, /www\.example|:\/\/example/);
  assert.doesNotMatch(text, /\[object|function \w*\(/);
  const tables = text.split(/\n\n+/).filter((block) => block.startsWith("|"));
  assert.ok(tables.length > 5);
  for (const table of tables) {
    const widths = table.trim().split("\n").map((row) =>
      row.replaceAll("\\\\", "").replaceAll("\\|", "").split("|").length
    );
    assert.equal(new Set(widths).size, 1, table);
  }
}

Deno.test("hostile names go through every stage, exactly and harmlessly", () =>
  withFolder(async (folder) => {
    const given = `${folder}/in`;
    await Deno.mkdir(given);
    const input = `${given}/m 'x' <b>|\`$(touch pwned)\`.csv`;
    await Deno.writeTextFile(input, matrix);
    await Deno.writeTextFile(`${given}/sheet.csv`, sheet);
    const sets = ["__proto__.csv", "constructor.csv", "<b> & .. ;.csv"]
      .map((name) => `${given}/${name}`);
    for (const path of sets) {
      const genes = ["gene", ...names.slice(0, 30), "\u001b[2J"];
      await Deno.writeTextFile(path, toTable(genes.map((gene) => [gene])));
    }
    const before = await contentsOf(given);
    const runName = "it's $(touch pwned) <b>";
    const run = `${folder}/runs/${runName}`;
    const { code, out, err } = await runScript(
      folder,
      "all",
      ...[
        "--run",
        run,
        "--input",
        input,
        "--seed",
        "3",
        "--shap.direction",
        "both",
      ],
      ...["--label", LABEL, "--samples", `${given}/sheet.csv`],
      ...["--group", "__proto__", "--clusters.sets", sets.join(",")],
      ...quickest.map((word, index) =>
        quickest[index - 1] === "--cnn.epochs" ? "12" : word
      ),
    );
    assert.equal(code, 0, err);
    assert.match(
      out,
      new RegExp(
        `${samples.length} samples x ${names.length} genes, ${tissues.length} ti`,
      ),
    );
    assert.match(out, /in 4 groups kept whole/);
    assert.doesNotMatch(out + err, /[^\P{Cc}\n]/u, "nothing steers a terminal");

    assert.deepEqual(await namesIn(folder), ["in", "runs"]);
    assert.deepEqual(await namesIn(`${folder}/runs`), [runName]);
    assert.deepEqual(await contentsOf(given), before);
    const files = await contentsOf(run);
    for (const [name, text] of Object.entries(files)) {
      assert.match(name, /^(\w+\/)?[\w.-]+$/);
      if (name.endsWith(".svg")) checkFigure(name, text);
      if (name.endsWith(".json")) assert.ok(JSON.parse(text), name);
    }
    for (const set of ["__proto__", "constructor", "_b_.._"]) {
      assert.ok(Object.hasOwn(files, `clusters/embedding_${set}.svg`), set);
    }
    const { textContent } = new DOMParser().parseFromString(
      files["prepare/samples_per_tissue.svg"],
      "image/svg+xml",
    ).documentElement!;
    for (const tissue of ["__proto__", "<b>bold</b>", "=1+1", "line break"]) {
      assert.ok(textContent!.includes(tissue), tissue);
    }
    checkTables(files);
    checkReport(files["report.md"]);
  }));

/** Names that are none, and what is said of them. */
const refused: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["half a character", Uint8Array.of(0xed, 0xa0, 0xbd), /line 2 .* not UTF-8/],
  ["a NUL", "a\0b", /line 1 .* not UTF-8/],
  ["blanks", " \u00a0\t", /1 sample id is empty; the first is line 2$/],
  [
    "the other's but for blanks",
    '"b\n"',
    /more than once: 'b' \(lines 2 and 4\)$/,
  ],
  ["a novel", "x".repeat(1001), /'x{40}…' has more than 1000 characters/],
];

Deno.test("a sample id that is none is refused in one line", () =>
  withFolder(async (folder) => {
    await inParallel(refused, async ([what, id, says], index) => {
      const own = `${folder}/${index}`;
      await Deno.mkdir(own);
      const bytes = new TextEncoder();
      await Deno.writeFile(
        `${own}/m.csv`,
        Uint8Array.of(
          ...bytes.encode("id,g1,tissue\n"),
          ...typeof id === "string" ? bytes.encode(id) : id,
          ...bytes.encode(",1,leaf\nb,2,root\nc,3,leaf\nd,4,root\n"),
        ),
      );
      const { code, out, err } = await runScript(
        folder,
        "prepare",
        ...["--run", `${own}/run`, "--input", `${own}/m.csv`],
      );
      assert.equal(code, 2, `${what}: ${err}`);
      assert.equal(out, "");
      const [line, ...rest] = err.trimEnd().split("\n");
      assert.match(line, /^Cannot read [^:]+m\.csv: /, what);
      assert.match(line, says, what);
      assert.ok(rest.length <= 1 && (rest[0] ?? "  try: ").startsWith("  try"));
      assert.deepEqual(await namesIn(own), ["m.csv"]);
    });
  }));
