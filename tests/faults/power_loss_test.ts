/** What a disk may have lost of a run, the next command makes again. */

import assert from "node:assert/strict";
import { remains } from "../../bench/faults/power_loss.ts";
import {
  command,
  contentsOf,
  moveByRemedy,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

/** What is lost: every file of a stage, all but its record, or that alone. */
const parts: Readonly<Record<string, (name: string) => boolean>> = {
  "every file": () => true,
  "every file but the record": (name) => !name.endsWith("stage.json"),
  "the record": (name) => name.endsWith("stage.json"),
};

const harms: typeof remains = {
  ...remains,
  missing: (path) => Deno.remove(path),
};

for (const [harm, doHarm] of Object.entries(harms)) {
  Deno.test(`files of a stage that are ${harm} are made again`, () =>
    withFolder(async (folder) => {
      const run = `${folder}/run`;
      const all = () => command("all", `--run ${run}`);
      assert.equal((await all()).status, 0);
      const whole = await contentsOf(run);
      for (const stage of ["simulate", "prepare", "add", "report"]) {
        for (const [part, isLost] of Object.entries(parts)) {
          const lost = Object.keys(whole).filter((name) =>
            name.startsWith(`${stage}/`) && isLost(name)
          );
          assert.ok(lost.length > 0, `${stage}: ${part}`);
          for (const name of lost) await doHarm(`${run}/${name}`);
          let { status, err } = await all();
          if (stage === "report" && part !== "every file but the record") {
            // Without its record the report may be anybody's.
            assert.match(err, /run\/report\.md is in no record of a stage/);
            await moveByRemedy(err);
            ({ status, err } = await all());
          }
          assert.equal(status, 0, `${stage}, ${part}: ${err}`);
          assert.deepEqual(await contentsOf(run), whole, `${stage}, ${part}`);
        }
      }
    }));
}
