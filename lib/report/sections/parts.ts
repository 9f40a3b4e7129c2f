/** Parts that several sections share. */

import { taskCommand } from "../commands.ts";
import { code, escapeText, figure, paragraphs } from "../markdown.ts";
import type { RunFiles } from "../run_files.ts";

/**
 * Links those of the figures that are there.
 *
 * @param wanted Pairs of a path and a description.
 */
export function figures(
  run: Pick<RunFiles, "figures">,
  wanted: readonly (readonly [path: string, description: string])[],
): string {
  return paragraphs(
    ...wanted.filter(([path]) => run.figures.has(path))
      .map(([path, description]) => figure(description, path)),
  );
}

/**
 * What the stages warned of, as a list.
 *
 * @param stages The stages whose warnings are wanted.
 */
export function warningsOf(
  run: Pick<RunFiles, "records">,
  stages: readonly string[],
): string {
  const warnings = run.records
    .filter(({ stage }) => stages.includes(stage))
    .flatMap((record) => record.warnings);
  return warnings.length === 0 ? "" : paragraphs(
    "Warnings:",
    warnings.map((warning) => `- ${escapeText(warning)}`).join("\n"),
  );
}

/**
 * A flag that this run was made without, for the start of a sentence on what
 * it would do. No folder is named, so that the report of the same run made
 * again is the same.
 *
 * @param flags With their values, in the form of `deno task all`.
 */
export function withFlag(flags: string): string {
  return `${code(flags)}, added to [the command at the ` +
    `end](#the-command-that-makes-it-again),`;
}

/**
 * A section whose stage has not run.
 *
 * @param title The section's heading.
 * @param stage The stage, which is its task's name, too.
 * @param folder The run's folder as a user types it.
 */
export function missingSection(
  title: string,
  stage: string,
  folder: string,
): string {
  return paragraphs(
    `## ${title}`,
    `This part is missing: the stage ${code(stage)} has not run. ` +
      `${code(taskCommand(stage, folder))} runs it; ` +
      `${code(taskCommand("report", folder))} then makes this report again.`,
  );
}
