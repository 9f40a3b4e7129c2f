/** A package that `deno.lock` does not list is not even downloaded. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };
import { ProjectCopy } from "./project_copy.ts";

const registry = fileURLToPath(new URL("./registry.ts", import.meta.url));

Deno.test("deno task refuses an import that was added to deno.json", async () => {
  await using copy = await ProjectCopy.make();
  const folder = `${copy.around}/project`;
  // What is asked of another registry would be kept for all.
  const npm = `${copy.around}/cache/npm`;
  const shared = await Deno.readLink(npm);
  await Deno.remove(npm);
  await Deno.mkdir(npm);
  for await (const { name } of Deno.readDir(shared)) {
    await Deno.symlink(`${shared}/${name}`, `${npm}/${name}`);
  }
  await using server = new Deno.Command(Deno.execPath(), {
    args: ["run", "--cached-only", "--frozen", "--allow-net=127.0.0.1"]
      .concat(registry),
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const port = (await lines.read()).value?.trim();
  const imports = { ...manifest.imports, "one": "npm:@added/one@1.0.0" };
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({ ...manifest, imports }),
  );
  await Deno.writeTextFile(
    `${folder}/.npmrc`,
    `@added:registry=http://127.0.0.1:${port}/\n`,
  );
  const lock = await Deno.readTextFile(`${folder}/deno.lock`);

  const { code, out, err } = await copy.runTask("all", "--dry-run");

  // A cache that was filled by the lock file lacks what the registry says of
  // the packages: that is asked for first, and nobody answers here.
  assert.match(err, /The lockfile is out of date|error sending request/);
  assert.deepEqual([code, out], [1, ""]);
  assert.equal(await Deno.readTextFile(`${folder}/deno.lock`), lock);
  const asked = (await lines.read()).value;
  assert.equal(asked, "/@added/one\n", "what the registry was asked for");
  server.kill();
  assert.equal((await lines.read()).value, undefined, "nothing else");
});
