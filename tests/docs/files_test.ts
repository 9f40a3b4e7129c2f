/** `docs/files.md` is what the declarations of the files say. */

import assert from "node:assert/strict";
import { describeFiles } from "../../lib/pipeline/describe_files.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";

Deno.test("docs/files.md is up to date: deno task docs writes it", async () => {
  const page = new URL("../../docs/files.md", import.meta.url);
  assert.equal(
    await Deno.readTextFile(page),
    describeFiles(pipeline.stages),
  );
});
