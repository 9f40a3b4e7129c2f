/** Has every attempt made in a worker. */

import type { Outcome } from "./attempts.ts";

/** @param depth 1 for a worker, 2 for a worker that this one starts. */
export function attemptInWorker(
  NativeWorker: typeof Worker,
  depth: number,
): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const url = new URL("./attempt_worker.ts", import.meta.url);
    const worker = new NativeWorker(url, { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(depth);
  });
}
