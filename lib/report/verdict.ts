/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import { code, escapeText } from "./markdown.ts";
import type { RunReport } from "./run_report.ts";

/**
 * The verdict, a sentence each in Markdown: the results in one sentence, what
 * is out of date or missing, then what each stage says of its results.
 */
export function verdict(run: RunReport): string[] {
  const { folder, outdated, pipeline } = run.facts;
  return [
    ...headline(run),
    ...outdated.map(({ stage, behind }) =>
      `**Out of date:** ${escapeText(stage)} is older than ` +
      `${behind.map(escapeText).join(" and ")}, on which it depends. ` +
      `${code(taskCommand(stage, folder))} brings it up to date.`
    ),
    ...run.sections().flatMap(({ name, section, found }) =>
      found !== undefined
        ? section.sentence?.(found, run) || []
        : name === pipeline.simulator
        ? []
        : missing(name, folder)
    ),
  ];
}

/** What the stages say beyond the verdict, a Markdown paragraph each. */
export function details(run: RunReport): string[] {
  return run.sections().flatMap(({ section, found }) =>
    found === undefined ? [] : section.details?.(found, run) ?? []
  );
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
