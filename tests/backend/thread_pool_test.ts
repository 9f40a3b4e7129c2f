/** The thread pool, its queue and its shared memory. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { matMul } from "../../lib/backend/ops.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import { hasWideVectors } from "../../lib/backend/v8_flags.ts";
import { WorkQueue } from "../../lib/backend/wasm/work_queue.ts";
import { loadedKernels } from "../../lib/backend/wasm/kernel_module.ts";
import { rangesOf } from "../../lib/backend/wasm/parallel_for.ts";
import { declareMemoryShared } from "../../lib/backend/wasm/shared_memory.ts";
import { ThreadPool } from "../../lib/backend/wasm/thread_pool.ts";
import type { Behavior } from "./faulty_thread.ts";

Deno.test("a queue gives every chunk once and then none", () => {
  const queue = new WorkQueue(WorkQueue.createMemory());
  for (const job of [1, 2]) {
    queue.post(7, [[10, 11], [20, 21], [30, 31]]);
    assert.equal(queue.job, job);
    assert.equal(queue.take(job - 1), undefined, "a job that is over");
    const taken = [];
    let chunk = queue.take(job);
    while (chunk !== undefined) {
      assert.equal(chunk.kernel, 7);
      taken.push(chunk.arguments.join());
      queue.report();
      chunk = queue.take(job);
    }
    assert.deepEqual(taken, ["10,11", "20,21", "30,31"]);
    assert.equal(queue.finish(), undefined);
  }
});

Deno.test("a queue reports a failed chunk for its job only", () => {
  const queue = new WorkQueue(WorkQueue.createMemory());
  for (const failure of ["out of bounds", undefined]) {
    queue.post(0, [[1], [2]]);
    queue.take(queue.job);
    queue.report(failure);
    queue.take(queue.job);
    queue.report();
    assert.equal(queue.finish(), failure);
  }
  queue.close();
  assert.equal(queue.next(queue.job), undefined);
});

Deno.test("a queue keeps the first failure and shortens its message", () => {
  const queue = new WorkQueue(WorkQueue.createMemory());
  queue.post(0, [[1], [2]]);
  queue.take(queue.job);
  queue.report("x".repeat(5000));
  queue.take(queue.job);
  queue.report("later");
  assert.equal(queue.finish(), "x".repeat(1024));
});

/** Lets a thread take both chunks of a job and then behave as given. */
async function startFaultyThread(
  behavior: Behavior,
  timeoutSeconds?: number,
): Promise<{ queue: WorkQueue; worker: Worker }> {
  const memory = WorkQueue.createMemory();
  const queue = new WorkQueue(memory, timeoutSeconds);
  queue.post(0, [[1], [2]]);
  const worker = new Worker(new URL("./faulty_thread.ts", import.meta.url), {
    type: "module",
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.postMessage({ memory, behavior });
  await promise;
  return { queue, worker };
}

for (const behavior of ["close", "hang"] as const) {
  Deno.test(`waiting for a thread times out: ${behavior}`, async () => {
    const { queue, worker } = await startFaultyThread(behavior, 0.3);
    const start = performance.now();
    assert.throws(
      () => queue.finish(),
      /a thread has not finished its chunk for 0\.3 seconds/,
    );
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds >= 0.3 && seconds < 5, `${seconds} s`);
    worker.terminate();
  });
}

Deno.test("a thread that ends wakes the waiting one and says why", async () => {
  const { queue, worker } = await startFaultyThread("end");
  const start = performance.now();
  assert.throws(() => queue.finish(), /a thread has ended: no memory is left/);
  // Long before the timeout.
  assert.ok(performance.now() - start < 10_000);
  assert.throws(() => queue.post(0, [[1]]), /a thread has ended/);
  worker.terminate();
});

Deno.test("a slow thread does not time out", async () => {
  const { queue, worker } = await startFaultyThread("slow", 1);
  assert.equal(queue.finish(), undefined);
  worker.terminate();
});

Deno.test("a queue refuses a job that is too large", () => {
  const queue = new WorkQueue(WorkQueue.createMemory());
  const many = Array.from({ length: 5000 }, () => [1]);
  assert.throws(() => queue.post(0, many), /5000 chunks.*room for 4095/);
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

/** A test in which a kernel gets addresses outside the memory. */
function trapTest(name: string, fn: () => Promise<void>): void {
  // Without V8's bounds checks they end the process.
  const ignore = hasWideVectors();
  Deno.test({
    name: name + (ignore ? " (skipped: V8 checks no bounds)" : ""),
    ignore,
    fn,
  });
}

trapTest("a trap in a thread is an error, and the pool can go on", async () => {
  await openBackend("wasm");
  const pool = await ThreadPool.open(2);
  try {
    // Addresses at the end of 4 GiB, which are not allocated.
    const outside = [2 ** 32 - 64, 2 ** 32 - 64, 2 ** 32 - 64, 2 ** 32 - 64];
    const chunks = Array.from({ length: 8 }, () => [...outside, 1000, 4]);
    assert.throws(
      () => pool.run("scaleShiftRelu", chunks, [0, 0]),
      (error) => {
        assert.ok(error instanceof Error && error.cause instanceof Error);
        assert.match(error.message, /scaleShiftRelu: it trapped \(.*bounds/);
        assert.match(error.cause.message, /bounds/);
        return true;
      },
    );
    // Without pixels the kernel accesses no memory.
    const idle = chunks.map(() => [...outside, 0, 4]);
    pool.run("scaleShiftRelu", idle, [0, 0]);
  } finally {
    pool.close();
  }
});

trapTest("a trap in a thread beside the calling one is reported", async () => {
  await openBackend("wasm");
  const pool = await ThreadPool.open(2);
  const { functions } = loadedKernels();
  const real = functions.scaleShiftRelu;
  const outside = 2 ** 32 - 64;
  const chunks = [0, 1].map(
    () => [outside, outside, outside, outside, 1000, 4],
  );
  try {
    // The calling thread traps on nothing, and leaves a chunk to the other.
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
      () => pool.run("scaleShiftRelu", chunks, [0, 0]),
      (error) => {
        assert.ok(error instanceof Error && error.cause instanceof Error);
        assert.match(error.cause.message, /bounds/);
        return true;
      },
    );
  } finally {
    Object.defineProperty(loadedKernels(), "functions", { value: functions });
    assert.equal(loadedKernels().functions.scaleShiftRelu, real);
    pool.close();
  }
});

Deno.test("an error in the work ends the threads and is thrown", async () => {
  await openBackend("wasm");
  await assert.rejects(
    withThreads(2, () => Promise.reject(new Error("of its own"))),
    /of its own/,
  );
  // Without the threads the backend goes on.
  const product = matMul(tf.ones([3, 2]), tf.ones([2, 3]));
  assert.equal((await product.data())[0], 2);
});

Deno.test("a memory without a bound cannot be shared; no memory changes nothing", () => {
  const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  assert.deepEqual(declareMemoryShared(empty), empty);
  const unbounded = Uint8Array.of(...empty, 5, 3, 1, 0, 1);
  assert.throws(() => declareMemoryShared(unbounded), /no upper bound/);
});
