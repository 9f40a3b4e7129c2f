import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { matMul } from "../../lib/backend/ops.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import { WorkQueue } from "../../lib/backend/wasm/work_queue.ts";
import { loadedKernels } from "../../lib/backend/wasm/kernel_module.ts";
import { rangesOf } from "../../lib/backend/wasm/parallel_for.ts";
import { declareMemoryShared } from "../../lib/backend/wasm/shared_memory.ts";
import { ThreadPool } from "../../lib/backend/wasm/thread_pool.ts";
import type { Behaviour } from "./lost_thread.ts";

Deno.test("a board hands out every chunk once and then none", () => {
  const board = new WorkQueue(WorkQueue.memory());
  for (const job of [1, 2]) {
    board.post(7, [[10, 11], [20, 21], [30, 31]]);
    assert.equal(board.job, job);
    assert.equal(board.take(job - 1), undefined, "a job that is over");
    const taken = [];
    let chunk = board.take(job);
    while (chunk !== undefined) {
      assert.equal(chunk.kernel, 7);
      taken.push(chunk.arguments.join());
      board.report();
      chunk = board.take(job);
    }
    assert.deepEqual(taken, ["10,11", "20,21", "30,31"]);
    assert.equal(board.finish(), undefined);
  }
});

Deno.test("a board tells of a failed chunk, and forgets it with the job", () => {
  const board = new WorkQueue(WorkQueue.memory());
  for (const failure of ["out of bounds", undefined]) {
    board.post(0, [[1], [2]]);
    board.take(board.job);
    board.report(failure);
    board.take(board.job);
    board.report();
    assert.equal(board.finish(), failure);
  }
  board.close();
  assert.equal(board.next(board.job), undefined);
});

Deno.test("a board keeps the first failure, however long its text is", () => {
  const board = new WorkQueue(WorkQueue.memory());
  board.post(0, [[1], [2]]);
  board.take(board.job);
  board.report("x".repeat(5000));
  board.take(board.job);
  board.report("later");
  assert.equal(board.finish(), "x".repeat(1024));
});

/** Lets a thread take both chunks of a job and end as it is told to. */
async function threadThat(
  behavior: Behaviour,
  patience?: number,
): Promise<{ board: WorkQueue; worker: Worker }> {
  const memory = WorkQueue.memory();
  const board = new WorkQueue(memory, patience);
  board.post(0, [[1], [2]]);
  const worker = new Worker(new URL("./lost_thread.ts", import.meta.url), {
    type: "module",
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.postMessage({ memory, behavior });
  await promise;
  return { board, worker };
}

for (const behavior of ["close", "hang"] as const) {
  Deno.test(`nobody waits for ever for a thread that: ${behavior}`, async () => {
    const { board, worker } = await threadThat(behavior, 0.3);
    const start = performance.now();
    assert.throws(
      () => board.finish(),
      /a thread has not finished its chunk for 0\.3 seconds/,
    );
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds >= 0.3 && seconds < 5, `${seconds} s`);
    worker.terminate();
  });
}

Deno.test("a thread that leaves wakes the one that waits, with its reason", async () => {
  const { board, worker } = await threadThat("leave");
  const start = performance.now();
  assert.throws(() => board.finish(), /a thread has ended: no memory is left/);
  // Far sooner than it would take to lose patience.
  assert.ok(performance.now() - start < 10_000);
  assert.throws(() => board.post(0, [[1]]), /a thread has ended/);
  worker.terminate();
});

Deno.test("one that is slow but comes back is waited for", async () => {
  const { board, worker } = await threadThat("slow", 5);
  assert.equal(board.finish(), undefined);
  worker.terminate();
});

Deno.test("a board refuses a job that it has no room for", () => {
  const board = new WorkQueue(WorkQueue.memory());
  const many = Array.from({ length: 5000 }, () => [1]);
  assert.throws(() => board.post(0, many), /5000 chunks.*room for 4095/);
});

Deno.test("ranges cover every row once", () => {
  for (const rows of [0, 1, 7, 8, 9, 1000]) {
    for (const [width, multiple, size] of [[1, 1, 8], [3, 4, 16], [99, 4, 8]]) {
      let next = 0;
      for (const { first, count } of rangesOf(rows, width, multiple, size)) {
        assert.equal(first, next);
        assert.equal(first % multiple, 0);
        assert.ok(count > 0);
        next += count;
      }
      assert.equal(next, rows);
    }
  }
});

Deno.test("a trap in a thread is an error, and the team works on", async () => {
  await openBackend("wasm");
  const team = await ThreadPool.open(2);
  try {
    // Addresses at the end of 4 GiB, which nobody has allocated.
    const outside = [2 ** 32 - 64, 2 ** 32 - 64, 2 ** 32 - 64, 2 ** 32 - 64];
    const chunks = Array.from({ length: 8 }, () => [...outside, 1000, 4]);
    assert.throws(
      () => team.run("scaleShiftRelu", chunks, [0, 0]),
      (error) => {
        assert.ok(error instanceof Error && error.cause instanceof Error);
        assert.match(error.message, /scaleShiftRelu: it trapped \(.*bounds/);
        assert.match(error.cause.message, /bounds/);
        return true;
      },
    );
    // No pixels: nothing to do, and nothing to trap on.
    const idle = chunks.map(() => [...outside, 0, 4]);
    team.run("scaleShiftRelu", idle, [0, 0]);
  } finally {
    team.close();
  }
});

Deno.test("a trap in a thread beside the calling one is told, too", async () => {
  await openBackend("wasm");
  const team = await ThreadPool.open(2);
  const { functions } = loadedKernels();
  const real = functions.scaleShiftRelu;
  const outside = 2 ** 32 - 64;
  const chunks = [0, 1].map(
    () => [outside, outside, outside, outside, 1000, 4],
  );
  try {
    // The calling thread finds nothing wrong, and leaves a chunk to the other.
    Object.defineProperty(loadedKernels(), "functions", {
      configurable: true,
      value: {
        ...functions,
        scaleShiftRelu: () => {
          const end = performance.now() + 500;
          while (performance.now() < end);
        },
      },
    });
    assert.throws(
      () => team.run("scaleShiftRelu", chunks, [0, 0]),
      (error) => {
        assert.ok(error instanceof Error && error.cause instanceof Error);
        assert.match(error.cause.message, /bounds/);
        return true;
      },
    );
  } finally {
    Object.defineProperty(loadedKernels(), "functions", { value: functions });
    assert.equal(loadedKernels().functions.scaleShiftRelu, real);
    team.close();
  }
});

Deno.test("an error in the work ends the threads and is passed on", async () => {
  await openBackend("wasm");
  await assert.rejects(
    withThreads(2, () => Promise.reject(new Error("of its own"))),
    /of its own/,
  );
  // Without the threads the backend goes on.
  const product = matMul(tf.ones([3, 2]), tf.ones([2, 3]));
  assert.equal((await product.data())[0], 2);
});

Deno.test("a memory without bound cannot be shared; none is left alone", () => {
  const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  assert.deepEqual(declareMemoryShared(empty), empty);
  const unbounded = Uint8Array.of(...empty, 5, 3, 1, 0, 1);
  assert.throws(() => declareMemoryShared(unbounded), /no upper bound/);
});
