/**
 * The V8 flags that the tasks that train and explain give to Deno. With them V8
 * joins pairs of 128-bit instructions of a wasm module into 256-bit ones, which
 * it can only do where no bounds check lies between them. Each lane computes the
 * same IEEE operation, so no byte of a result changes.
 */

/** The name under which {@linkcode V8_FLAGS} show in every thread. */
const MARK = "wideVectors";

/**
 * The flags, separated by commas. Those for tiers make V8 optimize a function
 * soon and while it waits, so that a check at the start can see the optimized
 * code. V8 does not say which flags it runs with; the last one defines a global
 * function, otherwise unused, by which a thread knows that it has all of them.
 */
export const V8_FLAGS = [
  "--no-wasm-bounds-checks",
  "--experimental-wasm-revectorize",
  "--wasm-sync-tier-up",
  "--wasm-tiering-budget=30000",
  `--expose-cputracemark-as=${MARK}`,
].join(",");

/**
 * Whether this platform's V8 knows {@linkcode V8_FLAGS}: x86-64, except on
 * macOS. Elsewhere an unknown flag ends Deno.
 */
export function knowsWideVectors(
  { arch, os }: Pick<typeof Deno.build, "arch" | "os"> = Deno.build,
): boolean {
  return arch === "x86_64" && os !== "darwin";
}

/** Whether this process runs with {@linkcode V8_FLAGS}, in any thread. */
export function hasWideVectors(): boolean {
  return Object.hasOwn(globalThis, MARK);
}
