/** From what the network sees back to expression values. */

import type { TransformOptions } from "./transform.ts";

/** What is needed to take a transform back. */
export type UndoneTransform = Pick<
  TransformOptions,
  "transform" | "pseudocount" | "shift"
>;

/**
 * Takes back what `transformExpression` did to a value, but for the division: a
 * normalized value stays normalized.
 *
 * @returns A value that was logged comes back at least as 0, for float32 may
 * have rounded it a little lower.
 */
export function undoTransform(
  { transform, pseudocount = 1, shift = 0 }: UndoneTransform,
): (value: number) => number {
  return transform === "none"
    ? (value) => value
    : (value) => Math.max(0, 2 ** (value - shift) - pseudocount);
}
