/**
 * Makes every attempt here, in a worker, and in a worker of that, and prints
 * what came of each.
 */

import { NativeWorker } from "./native_worker.ts";
import "../../lib/sandbox.ts";
import { attemptAll, attemptUnlocked } from "./attempts.ts";
import { attemptInWorker } from "./attempt_in_worker.ts";

const inWorker = await attemptInWorker(NativeWorker, 1);
const inItsWorker = await attemptInWorker(NativeWorker, 2);
const here = await attemptAll();
const unlocked = await attemptUnlocked();
console.log(JSON.stringify({ here, inWorker, inItsWorker, unlocked }));
Deno.exit(0);
