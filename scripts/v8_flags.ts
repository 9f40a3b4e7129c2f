/** Prints the V8 flags for the tasks that train and explain, if there are any. */

import "../lib/sandbox.ts";
import { knowsWideVectors, V8_FLAGS } from "../lib/backend/v8_flags.ts";

if (knowsWideVectors()) console.log(`--v8-flags=${V8_FLAGS}`);
