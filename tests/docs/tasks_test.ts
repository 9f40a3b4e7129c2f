/** The tasks of go-task are those of `deno.json`. */

import assert from "node:assert/strict";
import { load } from "js-yaml";
import manifest from "../../deno.json" with { type: "json" };

/** The part of `Taskfile.yml` that is compared. */
interface Taskfile {
  readonly tasks: Readonly<
    Record<string, { readonly desc: string; readonly cmd: string }>
  >;
}

Deno.test("Taskfile.yml has every task of deno.json", async () => {
  const text = await Deno.readTextFile(
    new URL("../../Taskfile.yml", import.meta.url),
  );
  const { default: _, ...tasks } = (load(text) as Taskfile).tasks;
  const described = Object.entries(tasks).map(([name, { desc, cmd }]) => {
    assert.equal(cmd, `{{.DENO}} task ${name} {{.CLI_ARGS}}`);
    return [name, desc];
  });
  assert.deepEqual(
    Object.fromEntries(described),
    Object.fromEntries(
      Object.entries(manifest.tasks).map(([name, { description }]) => [
        name,
        description,
      ]),
    ),
  );
});
