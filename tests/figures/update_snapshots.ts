/**
 * Draws the snapshots again, after a change that is wanted:
 * `deno run --allow-read --allow-write tests/figures/update_snapshots.ts`
 * Look at each changed image before you commit it.
 */

import { SNAPSHOTS, snapshotUrl } from "./examples.ts";

for (const [name, draw] of Object.entries(SNAPSHOTS)) {
  await Deno.writeTextFile(snapshotUrl(name), draw());
}
