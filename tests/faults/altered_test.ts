/** Each file of a run altered, cut short and deleted by hand. */

import assert from "node:assert/strict";
import {
  command,
  contentsOf,
  moveByRemedy,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

const harms: Readonly<Record<string, (path: string) => Promise<void>>> = {
  async altered(path) {
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(/.$/m, "~"));
  },
  "cut short": async (path) =>
    await Deno.truncate(path, Math.floor((await Deno.stat(path)).size / 2)),
  deleted: (path) => Deno.remove(path),
};

/** The stage that reads a file and finds it is not what it was. */
const readers: Readonly<Record<string, string>> = {
  "simulate/numbers.txt": "prepare",
  "prepare/kept.txt": "add",
  "add/sum.txt": "report",
};

for (const [harm, doHarm] of Object.entries(harms)) {
  Deno.test(`a file ${harm} by hand is found and made again`, () =>
    withFolder(async (folder) => {
      const run = `${folder}/run`;
      const all = () => command("all", `--run ${run}`);
      assert.equal((await all()).status, 0);
      const whole = await contentsOf(run);
      for (const file of Object.keys(whole)) {
        // The run's own settings: no stage makes them.
        if (file === "config.json") continue;
        await doHarm(`${run}/${file}`);
        const reader = readers[file];
        if (reader !== undefined) {
          const { status, err } = await command(reader, `--run ${run}`);
          assert.equal(status, 2);
          const [message, remedy] = err.split("\n");
          assert.ok(message.includes(`${run}/${file} was `), message);
          const [, task, flags] = /^ {2}try: deno task (\w+) (.+)$/
            .exec(remedy) ?? [];
          assert.equal(task, file.split("/")[0]);
          assert.equal((await command(task, flags)).status, 0);
          assert.deepEqual(await contentsOf(run), whole, file);
        }
        let again = await all();
        if (again.status === 2) {
          // What was changed may be worth something to the user.
          assert.match(
            `${file} ${harm}: ${again.err}`,
            /^report(\.md (altered|cut short): .*report\.md was changed by hand|\/stage\.json \w.*report\.md is in no record of a stage) and would be replaced/,
          );
          await moveByRemedy(again.err);
          again = await all();
        }
        assert.equal(again.status, 0, again.err);
        assert.deepEqual(await contentsOf(run), whole, file);
      }
    }));
}

Deno.test("no word of a stage's record can be changed unseen", () =>
  withFolder(async (run) => {
    assert.equal((await command("all", `--run ${run}`)).status, 0);
    const path = `${run}/add/stage.json`;
    const text = await Deno.readTextFile(path);
    // A digit of a seed, a version, a warning: the stage's own bytes stay.
    for (let index = 0; index < text.length; index += 7) {
      const other = text[index] === "0" ? "1" : "0";
      await Deno.writeTextFile(
        path,
        text.slice(0, index) + other + text.slice(index + 1),
      );
      const { out } = await command("all", `--run ${run} --dry-run`);
      assert.match(
        out,
        /^add +would run/m,
        `at ${index}: ${text.slice(index, index + 9)}`,
      );
    }
    assert.equal((await command("all", `--run ${run}`)).status, 0);
    assert.equal(await Deno.readTextFile(path), text);
    // Without its seal it is no record.
    const { sha256: _, ...record } = JSON.parse(text);
    await Deno.writeTextFile(path, JSON.stringify(record));
    const { out } = await command("all", `--run ${run} --dry-run`);
    assert.match(out, /^add +would run: its stage\.json cannot be read/m);
  }));
