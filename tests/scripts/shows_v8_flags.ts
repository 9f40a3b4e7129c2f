/** Prints whether its own thread and a worker of it have V8's flags for speed. */

import { hasWideVectors } from "../../lib/backend/v8_flags.ts";

const scope = globalThis as { postMessage?: (answer: boolean) => void };
if (scope.postMessage !== undefined) {
  scope.postMessage(hasWideVectors());
} else {
  const worker = new Worker(import.meta.url, { type: "module" });
  worker.onmessage = ({ data }) => {
    console.log(JSON.stringify([hasWideVectors(), data]));
    worker.terminate();
  };
}
