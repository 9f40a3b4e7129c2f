/** Makes every attempt in a worker, as the stages' work is done in workers. */

import { NativeWorker } from "./native_worker.ts";
import "../../lib/sandbox.ts";
import { attemptAll } from "./attempts.ts";
import { attemptInWorker } from "./attempt_in_worker.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<number>) => void;
  postMessage(data: unknown): void;
};

scope.onmessage = async ({ data: depth }) =>
  scope.postMessage(
    depth > 1
      ? await attemptInWorker(NativeWorker, depth - 1)
      : await attemptAll(),
  );
