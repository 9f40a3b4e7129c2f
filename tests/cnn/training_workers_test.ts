import assert from "node:assert/strict";
import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import {
  trainingWorkerBytes,
  trainingWorkers,
  type WorkersPlan,
} from "../../lib/cnn/training_workers.ts";

const DEFAULT_SIZES = { blocks: 1, width: 0.25, hidden: 64 };

function plan(changes: Partial<WorkersPlan> & { genes?: number } = {}) {
  const { genes = 2000, ...others } = changes;
  return {
    backend: { name: "wasm" as const },
    architecture: describeNetwork({ ...DEFAULT_SIZES, genes, tissues: 8 }),
    batch: 32,
    samples: 200,
    networks: 25,
    threads: 4,
    ...others,
  };
}

Deno.test("small networks have a worker each thread, but no more than networks", () => {
  assert.equal(trainingWorkers(plan()), 4);
  assert.equal(trainingWorkers(plan({ networks: 3 })), 3);
  assert.equal(trainingWorkers(plan({ networks: 1 })), 1);
  assert.equal(trainingWorkers(plan({ threads: 1 })), 1);
});

Deno.test("a large network has the threads to itself", () => {
  const architecture = describeNetwork({
    ...STUDY_SIZES,
    genes: 10_000,
    tissues: 8,
  });
  assert.equal(trainingWorkers(plan({ architecture })), 1);
});

Deno.test("other backends train in turn", () => {
  for (const name of ["cpu", "webgpu"] as const) {
    assert.equal(trainingWorkers(plan({ backend: { name } })), 1);
  }
});

Deno.test("all workers together stay below 2 GB, on any number of threads", () => {
  for (const genes of [500, 2000, 20_242, 45_741]) {
    for (const samples of [50, 390, 17_000]) {
      const wanted = plan({ genes, samples, threads: 64 });
      const workers = trainingWorkers(wanted);
      const each = trainingWorkerBytes(wanted);
      assert.ok(workers === 1 || workers * each <= 2e9, `${workers} x ${each}`);
      assert.ok(
        workers === wanted.networks || (workers + 1) * each > 2e9,
        `${workers} x ${each} leaves room for another`,
      );
    }
  }
});
