/** A thread that takes pieces of a job and does not behave. */

import { JobBoard } from "../../lib/backend/wasm/job_board.ts";

/** What it does with its pieces in hand. */
export type Behaviour = "close" | "hang" | "leave" | "slow";

const scope = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<{ memory: SharedArrayBuffer; behaviour: Behaviour }>,
  ) => void;
  postMessage(message: string): void;
  close(): void;
};

scope.onmessage = ({ data: { memory, behaviour } }) => {
  const board = new JobBoard(memory);
  const { job } = board;
  while (board.take(job) !== undefined) scope.postMessage("taken");
  const nap = (milliseconds: number) =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  switch (behaviour) {
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
      for (let piece = 0; piece < 2; piece++) {
        nap(1500);
        board.report();
      }
  }
};
