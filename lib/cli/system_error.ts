/** What the operating system refused, in plain words. */

/** Whether nothing is of a path's name. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

/** What is wrong and what fixes it, by the system's code. */
const EXPLANATIONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ["the disk is full", "make room on it"],
  EDQUOT: ["your disk quota is used up", "make room on it"],
  EROFS: ["the disk is read-only", "make it writable, or give another --run"],
  EACCES: [
    "you have no permission for it",
    "give yourself permission to read and write there",
  ],
  EMFILE: ["too many files are open", "raise the limit (ulimit -n)"],
};

/**
 * Explains an error of the operating system.
 *
 * @returns What is wrong, with the file if it is known, and what fixes it;
 * `undefined` for any other error.
 */
export function explainSystemError(
  error: unknown,
): { what: string; remedy: string } | undefined {
  const code = String((error as { code?: unknown } | null)?.code);
  if (!Object.hasOwn(EXPLANATIONS, code)) return undefined;
  const [what, remedy] = EXPLANATIONS[code];
  const file = /'([^']+)'/.exec((error as Error).message)?.[1];
  return {
    what: file === undefined ? what : `${what} (${file})`,
    remedy: `${remedy}, then give the command again: it goes on after the ` +
      "stages that are finished",
  };
}
