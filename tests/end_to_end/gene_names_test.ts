/** A whole run of a matrix whose genes have names in a file of their own. */

import assert from "node:assert/strict";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { RandomStream } from "../../lib/random.ts";
import { parseRows } from "../tables.ts";

const TISSUES = ["leaf", "root", "seed"];
const SAMPLES = 12;
const GENES = Array.from(
  { length: 60 },
  (_, gene) => `ENSG00000${String(100000 + gene)}`,
);
/** Genes 0 to 17 tell the tissues apart: gene g is high in tissue g % 3. */
const MARKERS = 18;
const LONG = "a gene of the tricarboxylic acid cycle, by its similarity to " +
  "another one that is | known";

/** Leaf's markers have one name, root's have long ones; one of seed has none. */
function nameOf(gene: number): string {
  if (gene % 3 === 0 && gene < MARKERS) return "U6";
  if (gene % 3 === 1 && gene < MARKERS) return `${LONG} ${gene}`;
  return gene === 2 ? "" : `NAME${gene}`;
}

const FLAGS = [
  "--folds 1 --cnn.width 0.0625 --cnn.epochs 15 --cnn.ensemble 2",
  "--shap.draws 20 --shap.min-samples 1 --shap.cutoff top --shap.top 6",
  "--clusters.random-sets 0 --clusters.spaces genes",
  "--ttest.sets 5 --checks.draws 2 --checks.epochs 1",
  "--panels.sets 5 --prepare.min-expression 3 --backend wasm --quiet",
].join(" ").split(" ");

async function writeInput(folder: string): Promise<void> {
  const stream = new RandomStream(7);
  const samples = Array.from(
    { length: TISSUES.length * SAMPLES },
    (_, sample) => ({ id: `s${sample}`, tissue: sample % TISSUES.length }),
  );
  const lines = GENES.map((gene, index) =>
    [
      gene,
      ...samples.map(({ tissue }) => {
        const isHigh = index < MARKERS && index % 3 === tissue;
        // The last gene is hardly expressed.
        const level = index === GENES.length - 1 ? 0.1 : isHigh ? 400 : 20;
        return (level * (0.5 + stream.uniform())).toFixed(2);
      }),
    ].join("\t")
  );
  const files = {
    "matrix.tsv": [["gene_id", ...samples.map(({ id }) => id)].join("\t")]
      .concat(lines),
    "sheet.csv": ["sample,tissue"].concat(
      samples.map(({ id, tissue }) => `${id},${TISSUES[tissue]}`),
    ),
    "features.csv": ["gene_id,gene_name,description"].concat(
      GENES.map((gene, index) => `${gene},"${nameOf(index)}",what ${index} is`),
    ),
    "known.csv": ["gene,tissue"].concat(
      Array.from(
        { length: MARKERS },
        (_, gene) => `"${nameOf(gene) || GENES[gene]}",${TISSUES[gene % 3]}`,
      ),
      `NAME${GENES.length - 1},leaf`,
    ),
    "mine.txt": ["NAME5", "NAME8", "NAME20", "U6"],
  };
  for (const [name, content] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, content.join("\n") + "\n");
  }
}

Deno.test("names stand beside the ids in tables, and in figures", async (t) => {
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  await writeInput(folder);
  const status = await runCommand(
    pipeline,
    "all",
    [
      ...["--run", `${folder}/run`],
      ...[
        "--input",
        `${folder}/matrix.tsv`,
        "--samples",
        `${folder}/sheet.csv`,
      ],
      ...["--features", `${folder}/features.csv`],
      ...["--truth", `${folder}/known.csv`],
      ...["--clusters.sets", `${folder}/mine.txt`],
      ...FLAGS,
    ],
    { out: write, err: write },
  );
  assert.equal(status, 0, lines.join("\n"));
  const text = (file: string) => Deno.readTextFile(`${folder}/run/${file}`);
  const columnOf = new Map(GENES.map((gene, index) => [gene, index]));

  await t.step("every table of genes has their names", async () => {
    for (
      const file of [
        "prepare/filtered_genes.csv",
        "shap/shap_genes.csv",
        "shap/tissue_genes.csv",
        "shap/consensus_genes.csv",
        "genesets/gene_table.csv",
        "genesets/fold_change.csv",
        "genesets/welch_t.csv",
        "genesets/ridge.csv",
        "genesets/frequencies.csv",
        "clusters/gene_set_genes.csv",
      ]
    ) {
      const content = await text(file);
      const header = content.slice(0, content.indexOf("\n")).split(",");
      assert.ok(header.includes("name"), file);
      const rows = parseRows(content);
      assert.ok(rows.length > 0, file);
      for (const { gene, name, description } of rows) {
        const index = columnOf.get(gene)!;
        assert.equal(name, nameOf(index), file);
        if (/consensus_genes|gene_table/.test(file)) {
          assert.equal(description, `what ${index} is`);
        }
      }
    }
    const ranks = parseRows(await text("shap/ranks.csv"));
    assert.ok(columnOf.has(ranks[0].leaf));
    const [set] = (await text("shap/tissue_genes.gmt")).split("\n");
    assert.match(set, /\tENSG00000100\d+\t/);
  });

  await t.step("figures have names, and no two genes one label", async () => {
    const svg = await text("shap/top_genes.svg");
    const labels = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, own]) => own)
      .filter((own) => /NAME|ENSG|U6|^a gene of/.test(own));
    assert.equal(labels.length, 9);
    assert.equal(new Set(labels).size, 9);
    assert.ok(labels.some((label) => /^NAME\d+$/.test(label)), labels.join());
    // Leaf's genes have one name, so they are shown with their ids.
    assert.equal(
      labels.filter((label) => /^U6 \(.*\d{3}\)$/.test(label)).length,
      3,
      labels.join(),
    );
    assert.match(svg, /^<svg [^>]* width="720"/);
    assert.ok(
      labels.some((label) => /^a gene.*….*\d{3}\)$/.test(label)),
      labels.join(),
    );
    assert.match(
      await text("shap/score_distribution.svg"),
      /leaf: U6( \(ENSG00000100\d+\))?/,
    );
  });

  await t.step("the report has names, cut and escaped", async () => {
    const report = await text("report.md");
    assert.match(report, /`NAME\d+`/);
    assert.match(report, /\| leaf \|.*`U6 \(ENSG00000100\d+\)`/);
    assert.match(
      report,
      /a gene of the tricarboxylic acid cycle,… \(ENSG/,
    );
    assert.ok(!report.includes(LONG.slice(0, 42)));
    assert.match(report, /tissues, matched by the genes' names; names must be/);
  });

  await t.step("files may give genes by name", async () => {
    const { truth } = JSON.parse(await text("genesets/genesets.json"));
    assert.deepEqual(
      [truth.matched_by, truth.ambiguous_names, truth.genes_filtered],
      ["name", 1, 1],
    );
    // Those of root and seed; leaf's have one name.
    assert.equal(truth.used, 12);
    const own = parseRows(await text("clusters/gene_set_genes.csv"))
      .filter(({ gene_set }) => gene_set === "mine");
    assert.deepEqual(own.map(({ name }) => name), ["NAME5", "NAME8", "NAME20"]);
    const warnings = async (stage: string) =>
      JSON.parse(await text(`${stage}/stage.json`)).warnings.join("\n");
    assert.match(
      await warnings("genesets"),
      /known genes of known\.csv are matched by name: 13 of 14 genes matched \('NAME11' = 'ENSG00000100011'\)/,
    );
    assert.match(
      await warnings("clusters"),
      /mine: its genes are matched by name: 3 of 4 genes/,
    );
  });
  await Deno.remove(folder, { recursive: true });
});
