/** Makes every attempt in a worker, as the stages' work is done in workers. */

import { attemptAll } from "./attempts.ts";

const scope = globalThis as unknown as { postMessage(data: unknown): void };
scope.postMessage(await attemptAll());
