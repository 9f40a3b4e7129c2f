/** Which code of this project each stage depends on. */

import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { codeFiles, codeHash } from "../../lib/pipeline/code_hash.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { walk } from "../../lib/store/files.ts";
import { withFolder } from "./fake_pipeline.ts";

const project = new URL("../../", import.meta.url);

/** Every file that a stage runs, from the project's folder. */
function filesOf(name: string): string[] {
  const { module, plugins = [] } = pipeline.stages.find((stage) =>
    stage.name === name
  )!;
  return [...codeFiles([module, ...plugins])]
    .map((url) => url.slice(project.href.length));
}

Deno.test("no words of the report are code of the stages before it", () => {
  const stages = pipeline.stages.filter(({ name }) => name !== "report");
  assert.ok(stages.length > 0);
  for (const { name } of stages) {
    const words = filesOf(name).filter((file) =>
      file.startsWith("lib/report/") && !file.startsWith("lib/report/figures/")
    );
    assert.deepEqual(words, [], name);
  }
});

Deno.test("the sections of all stages are code of the report", () => {
  const files = filesOf("report");
  for (const { name, module } of pipeline.stages) {
    if (name === "report") continue;
    const section = new URL("section.ts", module).href
      .slice(project.href.length);
    assert.ok(files.includes(section), section);
  }
});

Deno.test("kernels and workers are code of the stages that run them", () => {
  const kernels = "lib/backend/kernels/kernels.wasm";
  assert.ok(filesOf("cnn").includes(kernels));
  assert.ok(!filesOf("clusters").includes(kernels));
  assert.ok(filesOf("clusters").includes("lib/ml/kernels/kernels.wasm"));
  assert.ok(filesOf("shap").includes("lib/shap/explain_worker.ts"));
  assert.ok(filesOf("shap").includes("lib/backend/wasm/thread_worker.ts"));
});

/** Each stage's hash in a copy of the project, after a change of one file. */
async function hashesAfter(file: string, change: (text: string) => string) {
  const hashes: Record<string, string> = {};
  await withFolder(async (folder) => {
    const copy = async (name: string) => {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.copyFile(new URL(name, project), path);
    };
    const root = fileURLToPath(project);
    for await (const path of walk(`${root}lib`)) {
      await copy(path.slice(root.length));
    }
    for (const name of ["deno.lock", "deno.json"]) await copy(name);
    const path = `${folder}/${file}`;
    await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
    const there = pathToFileURL(`${folder}/`);
    for (const { name, module } of pipeline.stages) {
      const moved = new URL(module.slice(project.href.length), there);
      hashes[name] = codeHash([moved.href], there);
    }
  });
  return hashes;
}

Deno.test("a change of the cutoff is a change of shap, not of what is before", async () => {
  const [file] = filesOf("shap").filter((name) =>
    /\bUNIQUE_SHARE = /.test(Deno.readTextFileSync(new URL(name, project)))
  );
  const before = await hashesAfter(file, (text) => text);
  const after = await hashesAfter(
    file,
    (text) => text.replace(/\bUNIQUE_SHARE = [\d.]+/, "UNIQUE_SHARE = 0.9"),
  );
  const changed = Object.keys(after)
    .filter((name) => after[name] !== before[name]);
  assert.ok(changed.includes("shap"));
  for (const name of ["simulate", "prepare", "cnn"]) {
    assert.ok(!changed.includes(name), name);
    assert.equal(
      before[name],
      codeHash([pipeline.stages.find((stage) => stage.name === name)!.module]),
      "the same in any folder",
    );
  }
});
