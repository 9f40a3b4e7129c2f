/**
 * Prints the folder in which temporary files are made, as `--allow-write` takes
 * it: by its name, and by its real path, where that is another.
 */

import { dirname } from "node:path";

const made = await Deno.makeTempDir();
const folder = dirname(made);
const real = dirname(await Deno.realPath(made));
await Deno.remove(made);
console.log([...new Set([folder, real])].join());
