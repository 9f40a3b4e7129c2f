/** The stage on a made-up run: planted terms are found, and nothing else. */

import assert from "node:assert/strict";
import * as files from "../../lib/enrichment/outputs.ts";
import { enrichmentSection } from "../../lib/enrichment/section.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { verifyCommand } from "../../lib/pipeline/verify/verify_command.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import { said } from "../said.ts";
import {
  CohortRun,
  geneId,
  GENES,
  markersOf,
  runOn,
  TISSUES,
} from "../external/two_cohorts.ts";

const all = Array.from({ length: GENES }, (_, gene) => geneId(gene));

/** Six markers a tissue, a term of them, its parent, and terms by chance. */
const OBO = [
  "format-version: 1.2",
  ...[
    ["GO:0008150", "biological_process", ""],
    ...TISSUES.map((
      tissue,
      index,
    ) => [`GO:100000${index}`, tissue, "GO:0008150"]),
    ["GO:2000000", "a finer heart", "GO:1000000"],
    ["GO:3000000", "anything", "GO:0008150"],
  ].map(([id, name, parent]) =>
    `\n[Term]\nid: ${id}\nname: ${name}\nnamespace: biological_process\n` +
    (parent ? `is_a: ${parent}\n` : "") +
    (name === "liver" ? "alt_id: GO:1000091\n" : "")
  ),
  "\n[Term]\nid: GO:9999999\nname: gone\nis_obsolete: true\n",
].join("\n");

const row = (gene: string, term: string, qualifier = "") =>
  [
    "DB",
    gene,
    "",
    qualifier,
    term,
    "R",
    "IEA",
    "",
    "P",
    "",
    "",
    "protein",
    "taxon:1",
    "20200101",
    "DB",
  ]
    .join("\t");

const GAF = [
  "!gaf-version: 2.0",
  ...markersOf(0).map((gene) => row(gene, "GO:2000000")),
  ...markersOf(1).map((gene) => row(gene, "GO:1000091")),
  ...markersOf(2).map((gene) => row(gene, "GO:1000002")),
  ...all.filter((_, index) => index % 2 === 0 && index < 58)
    .map((gene) => row(gene, "GO:3000000")),
  row(all[40], "GO:1000000", "NOT"),
  row(all[41], "GO:9999999"),
  row(all[42], "GO:7777777"),
].join("\n");

const FLAGS = ["--top", "6", "--min-genes", "3", "--max-genes", "40"];

async function withFiles(run: CohortRun, obo = OBO, gaf = GAF) {
  return [
    ...["--gaf", await run.write("made.gaf", gaf)],
    ...["--obo", await run.write("made.obo", obo)],
  ];
}

async function written(run: CohortRun): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(`${run.path}/enrichment`)) {
    names.push(name);
  }
  return names.sort();
}

async function report(run: CohortRun) {
  const record = JSON.parse(
    await Deno.readTextFile(`${run.path}/enrichment/stage.json`),
  );
  const whole = new RunReport({
    folder: "reports/made",
    pipeline,
    sections: new Map(),
    records: [record],
    outdated: [],
    simulated: false,
  });
  const found = { annotation: (await run.read(files.summary)).annotation };
  return {
    text: enrichmentSection.write(found, whole),
    verdict: said(enrichmentSection, found, whole).join("\n"),
    warnings: record.warnings as string[],
    citations: enrichmentSection.citations!(found),
  };
}

Deno.test("each tissue's planted term is found, with its genes and numbers", async () => {
  await using run = await CohortRun.copy();
  const { status, text } = await runOn(
    ...["enrichment", run.path] as const,
    ...FLAGS,
    ...await withFiles(run),
  );
  assert.equal(status, 0, text);
  assert.match(text, /first 6 genes: [23] of 3 by SHAP, 3 of 3 by fold change/);
  const rows = await run.read(files.terms);
  const byFoldChange = rows.filter(({ method }) => method === "fold_change");
  for (const [index, tissue] of TISSUES.entries()) {
    const own = byFoldChange.filter((row) => row.tissue === tissue);
    const found = own.find(({ name }) =>
      name === (index === 0 ? "a finer heart" : tissue)
    )!;
    assert.deepEqual(found.genes.split(";").sort(), markersOf(index));
    assert.equal(found.namespace, "biological_process");
    assert.deepEqual([found.n, found.K, found.k], [6, 6, 6]);
    assert.ok(found.adjusted_p < 1e-4 && found.fold > 5, `${found.fold}`);
    assert.equal(found.folded_into, null);
    const chance = own.find(({ name }) => name === "anything")!;
    assert.ok(chance.adjusted_p > 0.05);
  }
  // The parent has the same genes, and says less.
  const parent = byFoldChange.find(({ name }) => name === "heart")!;
  assert.equal(parent.folded_into, "GO:2000000");
  const { annotation } = await run.read(files.summary);
  const [source] = annotation!.sources;
  assert.deepEqual(
    [
      source.negated,
      source.obsolete_terms,
      source.unknown_terms,
      source.alternative_terms,
    ],
    [1, 1, 1, 1],
  );
  assert.equal(annotation!.genes, GENES);
  assert.deepEqual(
    annotation!.methods.map(({ method }) => method),
    ["shap", "fold_change"],
  );
  const [heart] = annotation!.methods[1].tissues;
  assert.deepEqual(
    [heart.genes, heart.annotated, heart.enriched, heart.kept],
    [6, 6, 2, 1],
  );
  assert.deepEqual(await written(run), [
    ...["stage.json", "summary.json", "terms.csv", "terms_1.svg"],
  ]);
  const { verdict, text: section, warnings, citations } = await report(run);
  assert.match(
    verdict,
    /first 6 genes by SHAP (?:all|2) of the 3 tissues have an enriched term \(by fold change all\)/,
  );
  assert.match(verdict, /\| heart \| a finer heart \| a finer heart \|/);
  assert.match(section, /1 row with NOT, 1 obsolete term, 1 term that the ont/);
  assert.match(section, /a finer heart \(6 of 6; 6 of \d+; [\d.]+ times; p = /);
  assert.ok(
    warnings.some((line) => /1 term left out, which the ontology/.test(line)),
  );
  assert.equal(citations.length, 2);
  const svg = await Deno.readTextFile(`${run.path}/enrichment/terms_1.svg`);
  assert.match(svg, /a finer heart/);
});

Deno.test("without an annotation it says so in a line, and costs nothing", async () => {
  await using run = await CohortRun.copy();
  const { status, text } = await runOn("enrichment", run.path);
  assert.equal(status, 0, text);
  assert.match(text, /no annotation was given/);
  assert.deepEqual(await written(run), ["stage.json", "summary.json"]);
  const record = JSON.parse(
    await Deno.readTextFile(`${run.path}/enrichment/stage.json`),
  );
  assert.deepEqual(record.inputs, {});
  const found = await report(run);
  assert.equal(found.verdict, "");
  assert.match(found.text, /^No annotation was given: [^\n]*$/);
  assert.deepEqual(found.citations, []);
});

Deno.test("neither the order of methods nor that of rows changes anything", async () => {
  await using run = await CohortRun.copy();
  const texts = [];
  for (
    const [gaf, methods] of [
      [GAF, "welch_t,shap"],
      [GAF.split("\n").reverse().join("\n"), "shap,welch_t"],
    ]
  ) {
    const { status, text } = await runOn(
      ...["enrichment", run.path, ...FLAGS, "--methods", methods] as const,
      ...await withFiles(run, OBO, gaf),
    );
    assert.equal(status, 0, text);
    texts.push(
      await Deno.readTextFile(`${run.path}/enrichment/terms.csv`) +
        await Deno.readTextFile(`${run.path}/enrichment/terms_1.svg`),
    );
  }
  assert.equal(texts[0], texts[1]);
});

Deno.test("sets of files are namespaces of their own, beside a GAF or alone", async () => {
  await using run = await CohortRun.copy();
  const gmt = TISSUES.map((tissue, index) =>
    `${tissue} set\tof ${tissue}\t${markersOf(index).join("\t")}\n`
  ).join("");
  const pairs = "term\tgene\n" +
    markersOf(2).map((gene) => `S\t${gene}.3\n`).join("");
  const { status, text } = await runOn(
    ...["enrichment", run.path, ...FLAGS] as const,
    ...["--sets", await run.write("mine.gmt", gmt)],
    ...["--sets", await run.write("pairs.tsv", pairs)],
  );
  assert.equal(status, 0, text);
  assert.match(text, /pairs\.tsv: its gene ids are matched without versions/);
  const { annotation } = await run.read(files.summary);
  assert.equal(annotation!.ontology, null);
  assert.deepEqual(
    annotation!.namespaces.map(({ namespace, annotated, of_size }) => [
      namespace,
      annotated,
      of_size,
    ]),
    [["mine", 18, 3], ["pairs", 6, 1]],
  );
  const rows = await run.read(files.terms);
  const skin = rows.filter(({ method, tissue }) =>
    method === "fold_change" && tissue === "skin"
  );
  assert.deepEqual(skin.map(({ term, k }) => [term, k]), [["skin set", 6], [
    "S",
    6,
  ]]);
});

Deno.test("what cannot be used is refused in a line, before anything is written", async () => {
  await using run = await CohortRun.copy();
  const good = await withFiles(run);
  const refused = async (expected: RegExp, ...flags: string[]) => {
    const { status, text } = await runOn("enrichment", run.path, ...flags);
    assert.equal(status, 2, text);
    assert.match(text, expected);
    await assert.rejects(written(run), Deno.errors.NotFound);
  };
  await refused(/--enrichment.obo is given and no file/, ...good.slice(2));
  await refused(
    /it is fold and should be one or more of shap, /,
    ...good,
    "--methods",
    "fold",
  );
  await refused(
    /min-genes is 50 and should be at most/,
    ...good,
    "--min-genes",
    "50",
    "--max-genes",
    "40",
  );
  await refused(
    /gone\.gaf: there is no such file/,
    "--gaf",
    `${run.folder}/gone.gaf`,
  );
  await refused(
    /is a folder and must be a file|is a directory/,
    "--gaf",
    run.folder,
  );
  const strange = await run.write(
    "strange.gaf",
    GAF.replaceAll("ENSG", "GRMZM"),
  );
  await refused(
    /none of the matrix's 60 genes, whose ids look like 'ENSG\d+', ('ENSG\d+', ){4}…; its own look like 'GRMZM\d+'/,
    ...["--gaf", strange],
  );
  const looped = await run.write(
    "looped.obo",
    OBO + "\n[Term]\nid: A\nis_a: B\n\n[Term]\nid: B\nis_a: A\n",
  );
  await refused(
    /cycle and should have none/,
    ...good.slice(0, 2),
    "--obo",
    looped,
  );
});

Deno.test("the files are recorded, and a run is verified with them only", async () => {
  await using run = await CohortRun.copy();
  const { status, text } = await runOn(
    ...["enrichment", run.path, ...FLAGS] as const,
    ...await withFiles(run),
  );
  assert.equal(status, 0, text);
  const record = JSON.parse(
    await Deno.readTextFile(`${run.path}/enrichment/stage.json`),
  );
  for (const name of ["gaf:made.gaf", "obo:made.obo"]) {
    assert.match(record.inputs[name], /^[0-9a-f]{64}$/, name);
  }
  const verify = async () => {
    const lines: string[] = [];
    const add = (line: string) => lines.push(line);
    const status = await verifyCommand(
      pipeline,
      ["--run", run.path, "--data", run.folder, "--threads", "1"],
      { out: add, err: add },
    );
    return { status, text: lines.join("\n") };
  };
  const same = await verify();
  assert.match(same.text, /enrichment +terms\.csv +same/);
  assert.match(same.text, /enrichment +summary\.json +same/);
  assert.doesNotMatch(same.text, /differs|Cannot/);
  await run.write("made.gaf", GAF + "\n" + row(all[50], "GO:1000002"));
  const other = await verify();
  assert.equal(other.status, 1, other.text);
  assert.match(other.text, /enrichment.*made\.gaf is not the file that it/s);
});
