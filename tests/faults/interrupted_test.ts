/** A process that dies in the midst of putting a stage into its place. */

import assert from "node:assert/strict";
import { recoverStage, StageFolder } from "../../lib/store/stage_folder.ts";
import { openCheckpointStore } from "../../lib/store/checkpoint_store.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";

const cnn = { name: "cnn" };

/** A stage that is whole but for its commit, and the checkpoints it was made of. */
async function almostWhole(run: string): Promise<StageFolder> {
  const folder = await StageFolder.open(run, cnn);
  const checkpoints = await openCheckpointStore(run, "cnn", "seed 42");
  checkpoints.write("network-1.1", Uint8Array.of(1));
  await Deno.writeTextFile(`${folder.path}/stage.json`, "{}");
  await folder.writeBeside("timings.json", "{}");
  return folder;
}

/** Lets the process die at the n-th call that changes the disk. */
async function dieAt(
  call: number,
  folder: StageFolder,
): Promise<{ died: boolean }> {
  const real = {
    rename: Deno.rename,
    remove: Deno.remove,
    mkdir: Deno.mkdir,
  };
  let calls = 0;
  const mortal =
    <Args extends unknown[]>(act: (...args: Args) => Promise<void>) =>
    (...args: Args) => {
      if (++calls >= call) throw new Error("the process is dead");
      return act(...args);
    };
  try {
    Deno.rename = mortal(real.rename);
    Deno.remove = mortal(real.remove);
    Deno.mkdir = mortal(real.mkdir);
    await folder.commit();
    return { died: false };
  } catch (error) {
    assert.match(String(error), /the process is dead/);
    return { died: true };
  } finally {
    Object.assign(Deno, real);
  }
}

for (const isSecond of [false, true]) {
  const title = isSecond ? "replaces an earlier one" : "is the first";
  Deno.test(`a commit that ${title} may be interrupted anywhere`, async () => {
    let deaths = 0;
    for (let call = 1;; call++) {
      let died = false;
      await withFolder(async (run) => {
        if (isSecond) {
          const earlier = await StageFolder.open(run, cnn);
          await Deno.writeTextFile(`${earlier.path}/stage.json`, "[]");
          await earlier.writeBeside("timings.json", "[]");
          await earlier.commit();
        }
        const folder = await almostWhole(run);
        ({ died } = await dieAt(call, folder));
        await recoverStage(run, cnn);
        const contents = await contentsOf(run);
        const names = await namesIn(run);
        if (contents["cnn/stage.json"] === "{}") {
          // It counts as done, and nothing but its files is left.
          assert.deepEqual(names, ["cnn", "timings.json"], `call ${call}`);
          assert.equal(await Deno.readTextFile(`${run}/timings.json`), "{}");
          assert.deepEqual(await namesIn(`${run}/cnn`), ["stage.json"]);
          return;
        }
        // It does not, and the checkpoints are there to go on from.
        assert.equal(contents["cnn/stage.json"], isSecond ? "[]" : undefined);
        assert.ok(names.includes(".cnn.kept"), `call ${call}: ${names}`);
        assert.ok(!names.some((name) => /partial|old|lock/.test(name)));
        const checkpoints = await openCheckpointStore(run, "cnn", "seed 42");
        assert.ok(checkpoints.isResumed);
      });
      if (!died) break;
      deaths++;
    }
    // Each of them a moment of its own.
    assert.ok(deaths >= 5, `${deaths} moments`);
  });
}

Deno.test("a checkpoint that cannot be written whole takes no room", () =>
  withFolder(async (run) => {
    const checkpoints = await openCheckpointStore(run, "cnn", "seed 42");
    const write = Deno.FsFile.prototype.writeSync;
    Deno.FsFile.prototype.writeSync = () => {
      throw Object.assign(new Error("No space left on device"), {
        code: "ENOSPC",
      });
    };
    try {
      assert.throws(
        () => checkpoints.write("network-1.1", Uint8Array.of(1)),
        /No space left/,
      );
    } finally {
      Deno.FsFile.prototype.writeSync = write;
    }
    assert.deepEqual(await namesIn(`${run}/.cnn.kept`), ["key"]);
    checkpoints.write("network-1.1", Uint8Array.of(2));
    assert.equal(checkpoints.read("network-1.1")?.[0], 2);
  }));
