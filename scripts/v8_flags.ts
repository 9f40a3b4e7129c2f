/**
 * Prints the V8 flags for the tasks that train and explain, if there are any. It
 * may do nothing and runs no package, so that it needs neither configuration nor
 * sandbox and costs no more than Deno's own start.
 */

import { knowsWideVectors, V8_FLAGS } from "../lib/backend/v8_flags.ts";

if (knowsWideVectors()) console.log(`--v8-flags=${V8_FLAGS}`);
