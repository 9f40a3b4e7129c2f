/** What the console says at the end: the answer, and where to read more. */

import { COLUMNS, wrap } from "../cli/terminal.ts";
import { escapeControls } from "../cli/text.ts";
import { exists } from "../store/files.ts";
import { readOwnFile } from "../store/own_file.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * The verdict's first sentence and the paths of the results.
 *
 * @returns Lines; empty if the run has none of these files.
 */
export async function conclude(
  { results }: Pipeline,
  runFolder: string,
): Promise<string> {
  const files: string[] = [];
  for (const [what, file] of Object.entries(results.files)) {
    const path = `${runFolder}/${file}`;
    if (await exists(path)) files.push(`  ${what}: ${path}`);
  }
  const sentence = await firstSentence(`${runFolder}/${results.verdict}`);
  const lines = [...sentence, ...files];
  return lines.length === 0 ? "" : `\n${lines.join("\n")}`;
}

async function firstSentence(path: string): Promise<string[]> {
  try {
    const { verdict } = JSON.parse(await readOwnFile(path) ?? "");
    const [sentence] = /^.+?[.!?](?=\s|$)/s.exec(withoutMarkdown(verdict[0])) ??
      [];
    return sentence === undefined ? [] : wrap(sentence, COLUMNS);
  } catch {
    return []; // The run has no verdict yet.
  }
}

/** The verdict is Markdown, in which any name of the user's may stand. */
function withoutMarkdown(text: string): string {
  const plain = text.replaceAll("**", "").replaceAll("`", "")
    .replace(
      /&(?:#(\d+)|lt|gt|amp);/g,
      (entity, code) =>
        code === undefined
          ? { "&lt;": "<", "&gt;": ">", "&amp;": "&" }[entity as string]!
          : String.fromCodePoint(Number(code)),
    )
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
  return escapeControls(plain);
}
