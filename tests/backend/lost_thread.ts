/** A thread that takes chunks of a job and does not behave. */

import { WorkQueue } from "../../lib/backend/wasm/work_queue.ts";

/** What it does with its chunks in hand. */
export type Behaviour = "close" | "hang" | "leave" | "slow";

const scope = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<{ memory: SharedArrayBuffer; behavior: Behaviour }>,
  ) => void;
  postMessage(message: string): void;
  close(): void;
};

scope.onmessage = ({ data: { memory, behavior } }) => {
  const board = new WorkQueue(memory);
  const { job } = board;
  while (board.take(job) !== undefined) scope.postMessage("taken");
  const nap = (milliseconds: number) =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  switch (behavior) {
    case "close":
      return scope.close();
    case "hang":
      // Until the test has seen it, and no longer.
      nap(3000);
      return;
    case "leave":
      nap(300);
      return board.leave("no memory is left");
    case "slow":
      for (let chunk = 0; chunk < 2; chunk++) {
        nap(1500);
        board.report();
      }
  }
};
