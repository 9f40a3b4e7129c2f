/** Makes every attempt, here and in a worker, and prints what came of each. */

import { attemptAll, attemptUnlocked, type Outcome } from "./attempts.ts";

const inWorker = await new Promise<Outcome[]>((resolve, reject) => {
  const url = new URL("./attempt_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
});
const here = await attemptAll();
const unlocked = await attemptUnlocked();
console.log(JSON.stringify({ here, inWorker, unlocked }));
Deno.exit(0);
