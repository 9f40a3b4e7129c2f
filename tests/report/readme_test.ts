/** The documentation says what the code and the published demo say. */

import assert from "node:assert/strict";
import { findings } from "../../lib/report/findings.ts";
import {
  count,
  fixed,
  percent,
  significant,
} from "../../lib/report/numbers.ts";
import { meanRecovery, recoveryByTissue } from "../../lib/report/recovery.ts";
import { inputParameters } from "../../lib/prepare/parameters.ts";
import { readTable } from "../../lib/store/csv.ts";
import { commonParameters } from "../../lib/cli/common_flags.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));
const readme = await read("README.md");

/** The text of one section, up to the next heading of its depth. */
function section(title: string): string {
  const [, body] = readme.split(`\n## ${title}\n`);
  assert.ok(body, `README has a section ${title}`);
  return body.split("\n## ")[0];
}

/** The cells of the first table in a text, the heading left out. */
function tableIn(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
}

/** The code blocks of a language. */
function blocks(text: string, language: string): string[] {
  const fenced = new RegExp("```" + language + "\\n([^]*?)```", "g");
  return [...text.matchAll(fenced)].map(([, body]) => body);
}

type Summary = ReturnType<typeof findings>;

Deno.test("the demo's results are those of the published run", async () => {
  const summary: Summary = JSON.parse(
    await read("reports/demo/report/summary.json"),
  );
  const { network, gene_set: set, ttest } = summary;
  assert.ok(network && set && ttest);
  const rows = async (path: string) => readTable(await read(path));
  const ranks = await rows("reports/demo/shap/ranks.csv");
  const tissues = Object.keys(ranks[0]).filter((name) => name !== "rank");
  const planted = meanRecovery(recoveryByTissue(
    await rows("reports/demo/simulate/truth.csv"),
    new Map(tissues.map((name) => [name, ranks.map((row) => row[name])])),
    await rows("reports/demo/shap/shap_genes.csv"),
  ));
  assert.deepEqual(tableIn(readme.split("\n## ")[0]), [
    ["macro F1 of the network", fixed(network.macro_f1)],
    [
      "macro F1 of nearest centroids",
      fixed(network.nearest_centroid_macro_f1),
    ],
    [
      "macro F1 of five nearest neighbors",
      fixed(network.five_nearest_neighbors_macro_f1),
    ],
    ["genes in the SHAP set", `${count(set.genes)} of ${count(set.of)}`],
    ["V-measure of the SHAP set", fixed(ttest.statistic)],
    [
      `V-measure of ${count(ttest.sets)} random sets of its size`,
      `${fixed(ttest.null_mean)} ± ${fixed(ttest.null_sd)}`,
    ],
    [
      "one-tailed p of the t-test, and empirical p",
      `${significant(ttest.p_t)}, ${significant(ttest.p_empirical)}`,
    ],
    [
      `planted genes in the SHAP set (${percent(set.share)} by chance)`,
      percent(planted?.recall_in_set),
    ],
    [
      "genes of the set that were not planted",
      percent(set.planted?.true_false_discovery_rate),
    ],
    [
      "genes of the set that are there by chance, by the decoys",
      percent(set.decoys?.false_discovery_rate),
    ],
    [
      "tests that the set passes",
      `${ttest.held} of ${ttest.tests?.length}`,
    ],
  ]);
});

Deno.test("every task is in README", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  for (const task of Object.keys(tasks)) {
    const named = new RegExp(`deno task ${task}\\b|^\\| \`${task}\` `, "m");
    assert.match(readme, named, task);
  }
});

Deno.test("README's flags are those of all commands and of the input", () => {
  const [common] = section("Flags").split("\n### ");
  const cells = tableIn(common).map(([flags]) => flags).join(" ");
  const named = [...cells.matchAll(/`--([\w-]+)/g)].map(([, flag]) => flag);
  const known = { ...commonParameters, ...inputParameters };
  assert.deepEqual(named.sort(), Object.keys(known).sort());
});

Deno.test("every dotted flag in README is a stage's", () => {
  const named = [...readme.matchAll(/--([a-z]+)\.([a-z-]+)/g)];
  assert.ok(named.length > 0);
  for (const [flag, stage, name] of named) {
    const declared = pipeline.stages.find((each) => each.name === stage);
    assert.ok(declared && Object.hasOwn(declared.parameters, name), flag);
  }
});

Deno.test("README's stages write what they are said to write", async () => {
  const rows = tableIn(section("Stages"));
  const names = rows.map(([name]) => name.replaceAll("`", ""));
  assert.deepEqual(names, pipeline.stages.map(({ name }) => name));
  for (const [index, [, , written]] of rows.entries()) {
    const { outputs } = JSON.parse(
      await read(`reports/demo/${names[index]}/stage.json`),
    );
    const files = [...written.matchAll(/`([\w.-]+)`/g)].map(([, file]) => file);
    assert.ok(files.length > 0);
    for (const file of files) {
      assert.ok(
        Object.hasOwn(outputs, file) || Object.hasOwn(outputs, `../${file}`),
        `${names[index]}/${file}`,
      );
    }
  }
});

Deno.test("README's layout is the tree", async () => {
  const [layout] = blocks(section("Layout"), "text");
  const named = [...layout.matchAll(/^ {2}(\w+)\/ /gm)].map(([, name]) => name);
  const folders: string[] = [];
  for await (
    const { name, isDirectory } of Deno.readDir(new URL("lib", root))
  ) {
    if (isDirectory) folders.push(name);
  }
  assert.deepEqual(named.sort(), folders.sort());
});

Deno.test("every dependency is in README with its reason", async () => {
  const { imports } = JSON.parse(await read("deno.json"));
  const rows = tableIn(section("Dependencies"));
  for (const row of rows) assert.ok(row.every((cell) => cell !== ""));
  const named = rows.flatMap(([names]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  );
  const pinned = Object.keys(imports).map((name) => name.replace(/\/$/, ""));
  assert.deepEqual(named.sort(), pinned.sort());
});

Deno.test("golden numbers come from the packages that README names", async () => {
  const sentence = section("Tests").replaceAll(/\s+/g, " ")
    .match(/Golden numbers come from ([^;]+);/)?.[1];
  assert.ok(sentence);
  const modules: Record<string, string> = {
    NumPy: "numpy",
    SciPy: "scipy",
    "scikit-learn": "sklearn",
    Keras: "keras",
    shap: "shap",
    "umap-learn": "umap",
  };
  const imported = new Set<string>();
  const fixtures = new URL("tests/fixtures/", root);
  for await (const folder of Deno.readDir(fixtures)) {
    if (!folder.isDirectory) continue;
    const within = new URL(`${folder.name}/`, fixtures);
    for await (const { name } of Deno.readDir(within)) {
      if (!name.endsWith(".py")) continue;
      const script = await Deno.readTextFile(new URL(name, within));
      for (const [, module] of script.matchAll(/^(?:import|from) (\w+)/gm)) {
        imported.add(module);
      }
    }
  }
  const named = sentence.split(/, | and /);
  const expected = Object.keys(modules).filter((name) =>
    imported.has(modules[name])
  );
  assert.deepEqual(named.sort(), expected.sort());
});

Deno.test("README and data/README read the matrix alike in R", async () => {
  const [here] = blocks(readme, "r");
  const [there] = blocks(await read("data/README.md"), "r");
  assert.ok(here.includes("readBin"));
  assert.equal(here, there);
});
