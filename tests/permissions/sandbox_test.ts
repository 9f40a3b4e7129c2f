/** Every thread begins with the sandbox. */

import assert from "node:assert/strict";
import { callsOf, type Task, tasks } from "./task_flags.ts";

const root = new URL("../../", import.meta.url);
const lib = new URL("lib/", root);
const sandbox = new URL("sandbox.ts", lib).href;

/** The modules below a folder. */
async function filesBelow(folder: URL): Promise<URL[]> {
  const found: URL[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      found.push(...await filesBelow(new URL(`${name}/`, folder)));
    } else if (name.endsWith(".ts")) found.push(new URL(name, folder));
  }
  return found;
}

async function assertBeginsWithSandbox(url: URL): Promise<void> {
  const text = await Deno.readTextFile(url);
  const first = text.match(/^import\s(?:[^"]*from\s)?"([^"]+)";/m);
  assert.ok(first, url.href);
  assert.equal(new URL(first[1], url).href, sandbox, url.href);
}

Deno.test("what a task runs imports the sandbox first", async () => {
  const free: readonly Task[] = ["bench", "faults", "ok", "test"];
  for (const task of tasks) {
    if (free.includes(task)) continue;
    const [{ rest: [script] }] = callsOf(task);
    await assertBeginsWithSandbox(new URL(script, root));
  }
});

Deno.test("what prints V8's flags needs no sandbox: it runs no package", async () => {
  const script = await Deno.readTextFile(new URL("scripts/v8_flags.ts", root));
  assert.deepEqual(
    [...script.matchAll(/^import .* from "([^"]+)";/gm)].map(([, path]) =>
      path
    ),
    ["../lib/backend/v8_flags.ts"],
  );
  const flags = await Deno.readTextFile(new URL("backend/v8_flags.ts", lib));
  assert.doesNotMatch(flags, /\bimport\b/);
});

Deno.test("so does every worker, and the sandbox lists it", async () => {
  const listed = [...(await Deno.readTextFile(new URL(sandbox)))
    .matchAll(/^ {2}"(\.\/[^"]+\.ts)",$/gm)]
    .map(([, path]) => new URL(path, lib).href).sort();
  const started: string[] = [];
  for (const file of await filesBelow(lib)) {
    const text = await Deno.readTextFile(file);
    for (
      const [, path] of text.matchAll(
        /new Worker\(\s*new URL\("([^"]+)",\s*import\.meta\.url\)/g,
      )
    ) started.push(new URL(path, file).href);
  }
  assert.deepEqual(started.sort(), listed);
  for (const worker of started) await assertBeginsWithSandbox(new URL(worker));
});
