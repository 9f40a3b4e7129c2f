/** Commands as a user types them. */

/**
 * Quotes one word for a POSIX shell, if it needs it.
 *
 * @example
 * ```ts
 * import { quoteForShell } from "./commands.ts";
 * console.assert(quoteForShell("data/a.csv") === "data/a.csv");
 * console.assert(quoteForShell("it's") === "'it'\\''s'");
 * ```
 */
export function quoteForShell(word: string): string {
  return /^[\w./:=,+@-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that runs one task on a run.
 *
 * @param task The task's name, such as `clusters`.
 * @param folder The run's folder; the default one is left out.
 *
 * @example
 * ```ts
 * import { taskCommand } from "./commands.ts";
 * console.assert(
 *   taskCommand("shap", "reports/maize") ===
 *     "deno task shap --run reports/maize",
 * );
 * ```
 */
export function taskCommand(task: string, folder: string): string {
  return folder === "reports/demo"
    ? `deno task ${task}`
    : `deno task ${task} --run ${quoteForShell(folder)}`;
}
