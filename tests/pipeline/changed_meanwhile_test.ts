/** A stage is made from one state of the earlier stages. */

import assert from "node:assert/strict";
import { exists } from "../../lib/store/files.ts";
import { hashText } from "../../lib/store/hash.ts";
import { readRecord, sealRecord } from "../../lib/store/record.ts";
import {
  add,
  command,
  fakePipeline,
  prepare,
  report,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

Deno.test("a stage whose input was made again meanwhile is refused", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const interrupted = {
      ...add,
      run: async (context: Parameters<typeof add.run>[0]) => {
        const outcome = await add.run(context);
        // As another command would on a file system without locks.
        const record = (await readRecord(run, "prepare"))!;
        const outputs = { ...record.outputs, "kept.txt": hashText("1\n2") };
        await Deno.writeTextFile(`${run}/prepare/kept.txt`, "1\n2");
        await Deno.writeTextFile(
          `${run}/prepare/stage.json`,
          sealRecord({ ...record, outputs }),
        );
        return outcome;
      },
    };
    const { status, err } = await command(
      "all",
      `--run ${run}`,
      fakePipeline([simulate, prepare, interrupted, report]),
    );
    assert.equal(status, 1);
    assert.match(
      err,
      /Cannot finish add: prepare\/kept\.txt was made again by another command/,
    );
    assert.equal(await exists(`${run}/add`), false);
  }));
