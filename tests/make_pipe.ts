/** A named pipe, which makes whoever opens it wait. */

import assert from "node:assert/strict";

/** Deno itself makes none; not for Windows. */
export async function makePipe(path: string): Promise<void> {
  const script = `const { code } = await new Deno.Command("mkfifo", { args: ` +
    `Deno.args }).output(); Deno.exit(code);`;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-run=mkfifo",
      `data:text/javascript,${encodeURIComponent(script)}`,
      path,
    ],
  }).output();
  assert.ok(success, `mkfifo ${path}`);
}
