/**
 * Loaded before the tests of `deno task test`: symbolic links are made by a
 * process of their own. Deno makes them only for who may write anywhere, and
 * the tests may not.
 */

import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./make_link.ts", import.meta.url));

Deno.symlink = async (target, path, options) => {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--cached-only", "--frozen", "--allow-read", "--allow-write"]
      .concat(program, [target, path].map(textOf), options?.type ?? []),
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stdout));
};

function textOf(path: string | URL): string {
  return path instanceof URL ? fileURLToPath(path) : path;
}
