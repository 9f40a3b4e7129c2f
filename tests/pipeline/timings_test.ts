/** What is taken over of the times that a run holds. */

import assert from "node:assert/strict";
import { formatTimings } from "../../lib/pipeline/timings.ts";
import { withFolder } from "./fake_pipeline.ts";

const stages = ["prepare", "add", "report"];

/** The times once `add` has taken two seconds. */
const timed = async (run: string) =>
  JSON.parse(await formatTimings(run, stages, "add", 2));

Deno.test("the other stages' seconds stay", () =>
  withFolder(async (run) => {
    assert.deepEqual(await timed(run), { add: { seconds: 2 } });
    await Deno.writeTextFile(
      `${run}/timings.json`,
      '{"prepare": {"seconds": 0}, "add": {"seconds": 9}}',
    );
    assert.deepEqual(await timed(run), {
      prepare: { seconds: 0 },
      add: { seconds: 2 },
    });
  }));

Deno.test("nothing but seconds of stages is taken over", () =>
  withFolder(async (run) => {
    for (
      const text of [
        '{"token": {"seconds": 1}, "secret": "hunter2"}',
        '{"prepare": {"seconds": "hunter2"}}',
        '{"prepare": {"seconds": -1}, "report": {"seconds": 1e999}}',
        '{"prepare": {"seconds": null}, "report": null}',
        '{"__proto__": {"seconds": 1}}',
        "{}",
        "",
      ]
    ) {
      await Deno.writeTextFile(`${run}/timings.json`, text);
      assert.deepEqual(await timed(run), { add: { seconds: 2 } }, text);
    }
    for (
      const text of [
        '{"__proto__": {"prepare": {"seconds": 1}}}',
        ...['[{"seconds": 1}]', '"prepare"', "null", "mine"],
      ]
    ) {
      await Deno.writeTextFile(`${run}/timings.json`, text);
      await assert.rejects(timed(run), /holds no times of stages/, text);
    }
    await Deno.writeTextFile(
      `${run}/timings.json`,
      '{"prepare": {"seconds": 1, "token": "hunter2"}}',
    );
    assert.deepEqual((await timed(run)).prepare, { seconds: 1 });
  }));

Deno.test({
  name: "a link to a file of somebody else's is not read",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (run) => {
      await Deno.writeTextFile(`${run}/other`, '{"prepare": {"seconds": 1}}');
      await Deno.symlink("other", `${run}/timings.json`);
      await assert.rejects(timed(run), /is a link and should be a file/);
    }),
});
