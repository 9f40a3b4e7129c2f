import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { codeHash } from "../../lib/pipeline/code_hash.ts";
import { withFolder } from "./fake_pipeline.ts";

const files: Record<string, string> = {
  "deno.lock": '{ "version": "5" }\n',
  "lib/stage.ts": 'import { half } from "./half.ts";\n' +
    'import type { Kind } from "./kind.ts";\n' +
    'import {\n  type Kind as Other,\n} from "./kind.ts";\n' +
    'import data from "../data.json" with { type: "json" };\n' +
    'const module = new URL("./worker.ts", import.meta.url);\n' +
    'const folder = new URL("../", import.meta.url);\n',
  "lib/half.ts": 'export * from "./deep.ts";\nexport const half = 0.5;\n',
  "lib/deep.ts": 'export const late = () => import("./late.ts");\n',
  "lib/late.ts": "export const late = 1;\n",
  "lib/kind.ts": "export type Kind = 1;\n",
  "lib/worker.ts": 'import "./half.ts";\n',
  "lib/other.ts": "export const other = 1;\n",
  "data.json": "{}\n",
};

/** The stage's hash in a project whose files have been changed first. */
async function hashOf(changes: Record<string, string> = {}): Promise<string> {
  let hash = "";
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/lib`);
    for (const [name, text] of Object.entries({ ...files, ...changes })) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const project = pathToFileURL(`${folder}/`);
    hash = codeHash([new URL("lib/stage.ts", project).href], project);
  });
  return hash;
}

const before = await hashOf();

for (
  const name of [
    "deno.lock",
    "lib/stage.ts",
    "lib/half.ts",
    "lib/deep.ts",
    "lib/late.ts",
    "lib/worker.ts",
    "data.json",
  ]
) {
  Deno.test(`a change of ${name} changes the hash`, async () => {
    assert.notEqual(await hashOf({ [name]: `${files[name]}// new\n` }), before);
  });
}

for (const name of ["lib/kind.ts", "lib/other.ts"]) {
  Deno.test(`a change of ${name} leaves the hash`, async () => {
    assert.equal(await hashOf({ [name]: "export const other = 2;\n" }), before);
  });
}

Deno.test("neither the folder nor the line ends count", async () => {
  const windows = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replaceAll("\n", "\r\n"),
    ]),
  );
  assert.equal(await hashOf(windows), before);
});
