/**
 * Draws the kept images anew, after a wanted change:
 * `deno run --allow-read --allow-write tests/figures/update_snapshots.ts`
 * Look at each changed picture before it is committed.
 */

import { SNAPSHOTS, snapshotUrl } from "./examples.ts";

for (const [name, draw] of Object.entries(SNAPSHOTS)) {
  await Deno.writeTextFile(snapshotUrl(name), draw());
}
