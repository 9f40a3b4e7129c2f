/** Words and flags as a user types them into a POSIX shell. */

import type { ParameterValue } from "./parameters.ts";

/**
 * Quotes one word for a POSIX shell, if it needs it.
 */
export function quoteForShell(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A flag with its value.
 */
export function flagText(flag: string, value: ParameterValue): string {
  if (value === true) return `--${flag}`;
  const text = Array.isArray(value) ? value.join(",") : String(value);
  // A switch takes no word after it, no flag takes an empty one, and a word
  // that begins with a dash would be read as a flag.
  if (text === "") return `--${flag}=`;
  return value === false || text.startsWith("-")
    ? `--${flag}=${quoteForShell(text)}`
    : `--${flag} ${quoteForShell(text)}`;
}
