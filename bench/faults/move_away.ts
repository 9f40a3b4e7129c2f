/** What a command would replace and did not write is moved away first. */

import { runProgram, type Said } from "./suite.ts";

/** Whether a command has refused to replace a file beside the stages. */
export function wouldReplace({ err }: Said): boolean {
  return /^Cannot make report.* would be replaced/m.test(err);
}

/**
 * Gives the command that the message names.
 *
 * @param folder Where the refused command was given, if not here.
 * @returns What went wrong.
 */
export async function moveAway(
  { err }: Said,
  folder?: string,
): Promise<string[]> {
  const [, remedy] = /^ {2}try: (mv .+)$/m.exec(err) ?? [];
  if (remedy === undefined) return ["no command was named that moves it away"];
  // Of these programs the task may run `env` alone.
  const where = folder === undefined ? [] : ["-C", folder];
  const failed = await runProgram("env", ...where, "sh", "-c", remedy);
  return failed === undefined ? [] : [`${remedy}: ${failed}`];
}
