/** Commands as a user types them into a POSIX shell. */

import type { ParameterValue } from "./parameters.ts";

/** How this process was started: with an installed Deno, or by npx. */
export const LAUNCHER = launcherOf(Deno.execPath(), Deno.version.deno);

/** What a user types before a task's name. */
export function launcherOf(path: string, version: string): string {
  return /[\\/]_npx[\\/]/.test(path)
    ? `npx -y deno@${version} task`
    : "deno task";
}

/** What the name of a task without V8's flags for speed ends with. */
const SAFE_TASK = ":safe";

/**
 * A command with its flags. The flag `safe` belongs to the program's start, so
 * it chooses the task.
 */
export function formatCommand(
  task: string,
  flags: Iterable<readonly [string, ParameterValue]>,
): string {
  const others = new Map(flags);
  const isSafe = others.get("safe") === true;
  others.delete("safe");
  const name = isSafe ? task + SAFE_TASK : task;
  return [`${LAUNCHER} ${name}`, ...formatFlags(others)].join(" ");
}

/** Flags with their values, a text each. */
export function formatFlags(
  flags: Iterable<readonly [string, ParameterValue]>,
): string[] {
  return [...flags].map(([flag, value]) => formatFlag(flag, value));
}

/** Quotes one word for a POSIX shell, if it needs it. */
export function quoteForShell(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}

function formatFlag(flag: string, value: ParameterValue): string {
  if (value === true) return `--${flag}`;
  const text = Array.isArray(value) ? value.join(",") : String(value);
  // A switch takes no word after it, no flag takes an empty one, and a word
  // that begins with a dash would be read as a flag.
  if (text === "") return `--${flag}=`;
  return value === false || text.startsWith("-")
    ? `--${flag}=${quoteForShell(text)}`
    : `--${flag} ${quoteForShell(text)}`;
}
