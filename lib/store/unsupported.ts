/** What a file system cannot do, told by its error. */

const CODES = new Set(["ENOLCK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** The same by the system's numbers: Deno gives some errors no code. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  linux: [37, 38, 95],
  darwin: [45, 77, 78, 102],
  windows: [1, 50],
};

/** Whether the file system has no locks, or no way to write at once. */
export function isUnsupported(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return CODES.has(code);
  const number = /\(os error (\d+)\)/.exec(error.message)?.[1];
  return NUMBERS[Deno.build.os]?.includes(Number(number)) ?? false;
}
