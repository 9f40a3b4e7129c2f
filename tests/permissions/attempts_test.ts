/** With the permissions of the tasks nothing gets out but into reports/. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./attempts.ts";
import { stateOf } from "./folder_state.ts";
import { runFlags } from "./task_flags.ts";

const program = fileURLToPath(new URL("./attempt.ts", import.meta.url));

/** What Deno says instead of loading a module. */
const refusals: Record<string, RegExp> = {
  import: /--cached-only is specified/,
  // The second where the cache lacks the registry's answer about it.
  lock: /The lockfile is out of date|--cached-only is specified/,
};

/** What is said where the sandbox has taken something away. */
const taken =
  /is not defined|of undefined|is not a function|Cannot convert undefined|called on non-object|own workers only|not a constructor|not extensible|max 0/;

Deno.test("a task cannot use the network, write elsewhere, start programs, load libraries, read the environment or store anything", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/reports`);
    await Deno.mkdir(`${folder}/outside`);
    await Deno.writeTextFile(`${folder}/reports/file`, "in");
    await Deno.writeTextFile(`${folder}/outside/file`, "out");
    const before = await stateOf(folder);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...runFlags("all"), program],
      cwd: folder,
      // Were a prompt shown, it would be answered by nobody.
      stdin: "null",
      // Were loading allowed, it would lead nowhere.
      env: { HTTPS_PROXY: "http://127.0.0.1:40009" },
    }).output();
    const decoder = new TextDecoder();
    assert.equal(code, 0, decoder.decode(stderr));
    const { here, inWorker, inItsWorker, unlocked }: {
      here: Outcome[];
      inWorker: Outcome[];
      inItsWorker: Outcome[];
      unlocked: Outcome;
    } = JSON.parse(decoder.decode(stdout));

    assert.deepEqual(inWorker, here, "a worker may do what its owner may");
    assert.deepEqual(inItsWorker, here, "so may a worker of a worker");
    for (const outcome of [...here, unlocked]) assertRefused(outcome);
    for (
      const kind of [
        "net",
        "write",
        "run",
        "ffi",
        "env",
        "sys",
        "import",
        "store",
      ]
    ) {
      assert.ok(here.some((outcome) => outcome.kind === kind), kind);
    }

    const after = await stateOf(folder);
    assert.ok(after.delete("reports/mine"), "what is allowed was not done");
    assert.deepEqual(after, before);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function assertRefused({ kind, name, error, message }: Outcome): void {
  const words = `${kind}, ${name}: ${error ?? "done"}, ${message}`;
  if (kind === "allowed") {
    assert.equal(error, undefined, words);
  } else if (kind in refusals) {
    assert.match(message ?? "", refusals[kind], words);
  } else if (kind === "store") {
    assert.match(message ?? "", taken, words);
  } else if (name === "node:dns") {
    // It answers as Node does.
    assert.match(message ?? "", /EPERM/, words);
  } else {
    assert.equal(error, "NotCapable", words);
  }
}
