/** A thread that takes chunks of a job and fails in one of several ways. */

import { WorkQueue } from "../../lib/backend/wasm/work_queue.ts";

/** What it does after it has taken its chunks. */
export type Behavior = "close" | "hang" | "end" | "slow";

const scope = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<{ memory: SharedArrayBuffer; behavior: Behavior }>,
  ) => void;
  postMessage(message: string): void;
  close(): void;
};

scope.onmessage = ({ data: { memory, behavior } }) => {
  const queue = new WorkQueue(memory);
  const { job } = queue;
  while (queue.take(job) !== undefined) scope.postMessage("taken");
  const sleep = (milliseconds: number) =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  switch (behavior) {
    case "close":
      return scope.close();
    case "hang":
      // Longer than the test waits.
      sleep(3000);
      return;
    case "end":
      sleep(300);
      return queue.reportEnd("no memory is left");
    case "slow":
      for (let chunk = 0; chunk < 2; chunk++) {
        sleep(600);
        queue.report();
      }
  }
};
