/** Says once a process that it computes more slowly than it could. */

import type { Backend } from "./backend.ts";
import { hasWideVectors, knowsWideVectors } from "./v8_flags.ts";

let isSaid = false;

/**
 * Says that V8's flags for speed are off and why, if the backend would use them
 * and it has not been said before.
 */
export function noteSpeed(
  { name }: Pick<Backend, "name">,
  say: (line: string) => void,
): void {
  if (name !== "wasm" || hasWideVectors() || isSaid) return;
  isSaid = true;
  say(
    "note: this takes about 1.6 times as long as with V8's flags for speed, " +
      (knowsWideVectors()
        ? "which the tasks without :safe set"
        : "which V8 has on x86-64 only, except on macOS"),
  );
}
