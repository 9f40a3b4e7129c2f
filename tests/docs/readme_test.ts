/** The documentation says what the code and the published demo say. */

import assert from "node:assert/strict";
import { commonParameters } from "../../lib/cli/common_flags.ts";
import { fixed, percent, significant } from "../../lib/cli/numbers.ts";
import { withCommas } from "../../lib/cli/text.ts";
import type { RivalName } from "../../lib/cnn/rivals.ts";
import type { Comparison } from "../../lib/cnn/section/findings.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { inputParameters } from "../../lib/prepare/parameters.ts";
import type { summarizeFindings } from "../../lib/rankings/section/findings.ts";
import type { summarizeShap } from "../../lib/shap/section/findings.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));
const readme = await read("README.md");

/** The text of one section, up to the next heading of its depth. */
function section(title: string, page = readme): string {
  const [, body] = page.split(`\n## ${title}\n`);
  assert.ok(body, `there is a section ${title}`);
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

/** What the table of results needs of `report/summary.json`. */
interface Summary {
  readonly cnn: Comparison & Record<`${RivalName}_macro_f1`, number>;
  readonly shap: ReturnType<typeof summarizeShap>;
  readonly genesets: ReturnType<typeof summarizeFindings>;
  readonly ttest: { readonly tests: readonly SpaceTest[] };
}

Deno.test("the demo's results are those of the published run", async () => {
  const { cnn, shap, genesets, ttest }: Summary = JSON.parse(
    await read("reports/example/report/summary.json"),
  );
  const [main] = ttest.tests;
  const matched = ttest.tests.find(({ null_model, space }) =>
    null_model === "matched" && space === main.space
  )!;
  const [results] = section("Try it").split("\n### ");
  assert.deepEqual(tableIn(results), [
    ["macro F1 of the network", fixed(cnn.macro_f1)],
    ["macro F1 of ridge regression", fixed(cnn.ridge_macro_f1)],
    ["macro F1 of nearest centroids", fixed(cnn.nearest_centroid_macro_f1)],
    [
      "macro F1 of five nearest neighbors",
      fixed(cnn.five_nearest_neighbors_macro_f1),
    ],
    [
      "genes in the SHAP set",
      `${withCommas(shap.genes)} of ${withCommas(shap.genes_in_matrix)}`,
    ],
    ["AMI of the SHAP set, in UMAP space", fixed(main.statistic)],
    [
      `AMI of ${withCommas(main.sets)} random sets of its size (mean ± sd)`,
      `${fixed(main.null_mean)} ± ${fixed(main.null_sd)}`,
    ],
    [
      "p of this difference, adjusted for three spaces",
      significant(main.p_adjusted),
    ],
    [
      "the same against similarly expressed random genes",
      significant(matched.p_adjusted),
    ],
    [
      `planted genes that are in the SHAP set (${
        percent(shap.share)
      } by chance)`,
      percent(genesets.shap_set!.recall),
    ],
    [
      "genes of the set that were not planted (false discoveries)",
      percent(genesets.shap_set!.true_false_discovery_rate),
    ],
    [
      "noise rate of the ranking (not the share of wrong genes)",
      percent(shap.decoys!.noise_rate),
    ],
  ]);
});

Deno.test("every task is in README", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  for (const task of Object.keys(tasks)) {
    const named = task.endsWith(":safe")
      ? new RegExp(`\`${task}\``)
      : new RegExp(`deno task ${task}\\b|^\\| \`${task}\` `, "m");
    assert.match(readme, named, task);
  }
});

Deno.test("README's flags are those of all commands and of the input", () => {
  const [common] = section("Flags").split("\n### ");
  const [, reading] = section("Your own data").split("file is not tidy\n");
  const cells = [...tableIn(common), ...tableIn(reading)]
    .map(([flags]) => flags).join(" ");
  const named = [...cells.matchAll(/`--([\w-]+)/g)].map(([, flag]) => flag);
  const known = Object.keys({ ...commonParameters, ...inputParameters });
  known.push(...pipeline.stages.flatMap((stage) => stage.plainFlags ?? []));
  assert.deepEqual(named.sort(), known.sort());
});

Deno.test("every dotted flag in README is a stage's", () => {
  const named = [...readme.matchAll(/--([a-z]+)\.([a-z-]+)/g)];
  assert.ok(named.length > 0);
  for (const [flag, stage, name] of named) {
    const declared = pipeline.stages.find((each) => each.name === stage);
    assert.ok(declared && Object.hasOwn(declared.parameters, name), flag);
  }
});

Deno.test("README's defaults are those of the flags", () => {
  const [, table] = readme.split("\n### The flags that matter most");
  const rows = tableIn(table.split("\n### ")[0]);
  assert.ok(rows.length > 10);
  for (const [flag, written, meaning] of rows) {
    const [, stage, name] = flag.match(/^`--(?:([a-z]+)\.)?([a-z-]+) /)!;
    const parameters = stage === undefined
      ? inputParameters
      : pipeline.stages.find((each) => each.name === stage)!.parameters;
    const { default: value } = Object.entries(parameters)
      .find(([key]) => key === name)![1];
    const items = String(value).split(",");
    if (items.length === 1 || written !== "all") {
      assert.equal(written, String(value), flag);
    } else {
      assert.ok(items.every((item) => meaning.includes(`\`${item}\``)), flag);
    }
  }
});

Deno.test("README's stages are those of the pipeline", () => {
  const rows = tableIn(section("Stages"));
  assert.deepEqual(
    rows.map(([name]) => name),
    pipeline.stages.map(({ name }) => `\`${name}\``),
  );
  for (const row of rows) assert.ok(row.every((cell) => cell !== ""));
});

Deno.test("README's files are declared by the stages", () => {
  const [, files] = readme.split("\n### Where the results are\n");
  const named = tableIn(files.split("\n## ")[0])
    .map(([file]) => file.replaceAll("`", ""));
  const declared = pipeline.stages.flatMap(({ outputs = [] }) => outputs)
    .map(({ file }) => file);
  const unknown = named.filter((file) => !declared.includes(file));
  assert.deepEqual(unknown, ["*/*.svg"]);
  assert.ok(named.length > unknown.length);
});

Deno.test("the layout in CONTRIBUTING is the tree", async () => {
  const contributing = await read("CONTRIBUTING.md");
  const [layout] = blocks(section("Layout", contributing), "text");
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
    edgeR: "edgeR",
  };
  const imported = new Set<string>();
  const fixtures = new URL("tests/fixtures/", root);
  for await (const folder of Deno.readDir(fixtures)) {
    if (!folder.isDirectory) continue;
    const within = new URL(`${folder.name}/`, fixtures);
    for await (const { name } of Deno.readDir(within)) {
      if (!/\.(py|R)$/.test(name)) continue;
      const script = await Deno.readTextFile(new URL(name, within));
      const loaded = /^(?:import|from) (\w+)|\blibrary\((\w+)\)/gm;
      for (const [, python, r] of script.matchAll(loaded)) {
        imported.add(python ?? r);
      }
    }
  }
  const named = sentence.split(/, | and /);
  const expected = Object.keys(modules).filter((name) =>
    imported.has(modules[name])
  );
  assert.deepEqual(named.sort(), expected.sort());
});

Deno.test("README and data/README read the matrix in R by the same code", async () => {
  const reading = (text: string) =>
    blocks(text, "r").find((block) => block.includes("readBin"));
  const here = reading(readme);
  const there = reading(await read("data/README.md"));
  assert.ok(here);
  assert.equal(here, there);
});
