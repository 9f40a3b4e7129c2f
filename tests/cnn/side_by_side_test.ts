/** Networks that are trained at a time, compared with networks in turn. */

import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { cnnStage } from "../../lib/cnn/stage.ts";
import {
  clearCheckpoints,
  openCheckpointStore,
} from "../../lib/store/checkpoint_store.ts";
import { quickTraining, StudyFolder } from "./run_folder.ts";

const NETWORKS = { ...quickTraining, epochs: 3, ensemble: 2 };

/** Trains with checkpoints on the disk, which workers need. */
async function train(
  study: StudyFolder,
  threads: number,
  folder: string,
  {
    advance = (_samples: number, _note: string) => {},
    ...changes
  }: Partial<typeof NETWORKS> & {
    advance?: (samples: number, note: string) => void;
  } = {},
) {
  const context = await study.context(
    "cnn",
    { ...NETWORKS, ...changes },
    threads,
    folder,
  );
  return await cnnStage.run({
    ...context,
    checkpoints: () => openCheckpointStore(study.path, "cnn", "key"),
    progress: () => ({
      advance: (samples = 1, note = "") => advance(samples, note),
      note() {},
      close() {},
      [Symbol.dispose]() {},
    }),
  });
}

Deno.test("any number of threads gives the same bytes and warnings", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  const changes = {
    keep: "best",
    "batch-norm": "moving",
    columns: "member",
  } as const;
  const found: [string, number, string[]][] = [];
  for (const threads of [1, 2, 3]) {
    study.warnings.splice(0);
    let samples = 0;
    const { verdict } = await train(study, threads, `threads${threads}`, {
      ...changes,
      advance: (more) => samples += more,
    });
    await clearCheckpoints(study.path, "cnn");
    found.push([verdict, samples, [...study.warnings]]);
  }
  const [first, ...others] = found;
  assert.ok(first[2].length > 1, "the test shows nothing of the warnings");
  for (const other of others) assert.deepEqual(other, first);
  const files = await study.files("threads1");
  assert.ok(files.has("weights_fold2_member2.bin"));
  for (const threads of [2, 3]) {
    assert.deepEqual(await study.files(`threads${threads}`), files);
  }
});

Deno.test("stopped side by side, it goes on in any number of threads", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await train(study, 1, "whole");
  await clearCheckpoints(study.path, "cnn");
  const files = await study.files("whole");
  for (const threads of [1, 2]) {
    const seen = new Set<string>();
    const stopped = train(study, 2, "stopped", {
      advance: (_, note) => {
        seen.add(note);
        // By then one has finished.
        if (note.includes("2.1")) throw new Error("stop");
      },
    });
    await assert.rejects(stopped, { message: "stop" });
    assert.ok(seen.has("networks 1.1, 1.2"), [...seen].join("; "));
    const jumps: number[] = [];
    await train(study, threads, "resumed", {
      advance: (more) => jumps.push(more),
    });
    // What a finished network had trained is reported at once.
    assert.ok(Math.max(...jumps) > NETWORKS.batch + 1);
    assert.deepEqual(await study.files("resumed"), files);
    await clearCheckpoints(study.path, "cnn");
  }
});

Deno.test("a loss that diverges names the same network's epoch", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  const messages: string[] = [];
  for (const threads of [1, 2, 3]) {
    await assert.rejects(
      train(study, threads, "cnn", { "learning-rate": 1e6, decay: 0 }),
      (error) => {
        assert.ok(error instanceof RunError);
        assert.equal(error.remedy, "deno task cnn --learning-rate 100000");
        messages.push(error.message);
        return true;
      },
    );
    await clearCheckpoints(study.path, "cnn");
  }
  assert.equal(new Set(messages).size, 1, messages.join("\n"));
});
