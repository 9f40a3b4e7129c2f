/** CONTRIBUTING.md shows what the extension tests do. */

import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));
const [, howTo] = (await read("CONTRIBUTING.md")).split("\n## How to add\n");

Deno.test("each extension point names an example, which has its code", async () => {
  const points = howTo.split("\n### ").slice(1);
  assert.equal(points.length, 8);
  for (const point of points) {
    const [, path] = /Example:\s`(tests\/[\w/.]+)`/.exec(point) ?? [];
    assert.ok(path, point);
    const folder = path.slice(0, path.lastIndexOf("/"));
    let code = "";
    for await (const { name } of Deno.readDir(new URL(folder, root))) {
      if (name.endsWith(".ts")) code += await read(`${folder}/${name}`);
    }
    const snippets = [...point.matchAll(/```ts\n([^]*?)```/g)];
    assert.ok(snippets.length > 0, point);
    const flat = (text: string) => text.replace(/^\s+/gm, "");
    for (const [, snippet] of snippets) {
      assert.ok(flat(code).includes(flat(snippet).trimEnd()), snippet);
    }
  }
});
