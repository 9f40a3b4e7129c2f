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

for (const target of ["../kept.txt", "/dev/zero"]) {
  Deno.test(`an earlier stage's file that became a link to ${target} is not read`, () =>
    withFolder(async (folder) => {
      const run = `${folder}/run`;
      const path = `${run}/prepare/kept.txt`;
      const relinked = {
        ...add,
        run: async (context: Parameters<typeof add.run>[0]) => {
          await Deno.rename(path, `${run}/kept.txt`);
          await Deno.symlink(target, path);
          return await add.run(context);
        },
      };
      const { status, err } = await command(
        "all",
        `--run ${run}`,
        fakePipeline([simulate, prepare, relinked, report]),
      );
      assert.equal(status, 2);
      assert.match(err, /kept\.txt is a link and should be a file/);
    }));
}
