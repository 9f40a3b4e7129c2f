/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import { code, escapeText } from "./markdown.ts";
import type { RunReport } from "./run_report.ts";

/**
 * The verdict, a Markdown paragraph each: the results in one sentence, what is
 * out of date, then what each stage says of its results or that it is missing.
 */
export function verdict(run: RunReport): string[] {
  const { folder, outdated, pipeline } = run.facts;
  const said = run.sections().flatMap(({ name, section, found }) =>
    found !== undefined
      ? section.verdict?.(found, run) ?? []
      : name === pipeline.simulator
      ? []
      : [missing(name, folder)]
  );
  return [
    ...headline(run),
    ...outdated.map(({ stage, behind }) =>
      `**Out of date:** ${escapeText(stage)} is older than ` +
      `${behind.map(escapeText).join(" and ")}, on which it depends. ` +
      `${code(taskCommand(stage, folder))} brings it up to date.`
    ),
    ...said,
  ];
}

function headline(run: RunReport): string[] {
  const clauses = run.sections().flatMap(({ section, found }) =>
    found && section.headline?.(found) || []
  );
  return clauses.length === 0
    ? []
    : [`**In short:** ${escapeText(clauses.join("; "))}.`];
}

function missing(stage: string, folder: string): string {
  return `**Missing:** the stage ${escapeText(stage)} has not run; ` +
    `${code(taskCommand(stage, folder))} runs it.`;
}
