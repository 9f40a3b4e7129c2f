/** The lines that the bench of faults breaks are there. */

import assert from "node:assert/strict";
import { patchesOf as divergedPatches } from "../../bench/faults/diverged.ts";
import { patchesOf as workerPatches } from "../../bench/faults/workers.ts";

const project = new URL("../../", import.meta.url);

Deno.test("every line that the bench breaks is in its file", async () => {
  const patches = [...divergedPatches(), ...workerPatches()];
  assert.ok(patches.length > 10);
  for (const [file, from] of patches) {
    const text = await Deno.readTextFile(new URL(file, project));
    assert.ok(text.includes(from), `${file} lacks ${from}`);
  }
});
