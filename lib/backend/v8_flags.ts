/**
 * The V8 flags that the tasks that train and explain give to Deno. With them V8
 * joins pairs of 128-bit instructions of a wasm module into 256-bit ones, which
 * it can only do where no bounds check lies between them. Each lane computes the
 * same IEEE operation, so no byte of a result changes.
 */

/** The name under which {@linkcode V8_FLAGS} show in every thread. */
const MARK = "wideVectors";

/**
 * The flags, separated by commas. V8 does not say which flags it runs with; the
 * last one defines a global function, otherwise unused, by which a thread knows
 * that it was started with all of them.
 */
export const V8_FLAGS = [
  "--no-wasm-bounds-checks",
  "--experimental-wasm-revectorize",
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
