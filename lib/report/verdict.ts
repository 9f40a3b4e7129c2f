/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import { code, escapeText } from "./markdown.ts";
import type { RunReport } from "./run_report.ts";
import { type Opening, openingParts } from "./section.ts";

/**
 * The verdict, a sentence each in Markdown: the results in one sentence, what
 * is out of date, then what each stage says of its results, the one that leads
 * first, and which stages are missing.
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
    ...run.sections().toSorted((a, b) =>
      Number(b.section.leads ?? false) - Number(a.section.leads ?? false)
    ).flatMap(({ name, section, found }) =>
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

/** The results in one sentence, at whose end is what was not looked at. */
function headline(run: RunReport): string[] {
  const known = run.sections().filter(({ found }) => found !== undefined);
  const openings = known.map(({ section, found }): Opening => {
    const said = section.headline?.(found) ?? {};
    return typeof said === "string" ? { judged: said } : said;
  });
  const clauses = openingParts
    .flatMap((part) => openings.map((opening) => opening[part] ?? ""))
    .filter((clause) => clause !== "");
  const absent = known
    .flatMap(({ section, found }) => section.notLookedAt?.(found) ?? []);
  const parts = [
    ...clauses.map(escapeText),
    ...absent.length === 0 ? [] : [`**not looked at:** ${absent.join(", ")}`],
  ];
  return clauses.length === 0 ? [] : [`**In short:** ${parts.join("; ")}.`];
}

function missing(stage: string, folder: string): string {
  return `**Missing:** the stage ${escapeText(stage)} has not run; ` +
    `${code(taskCommand(stage, folder))} runs it.`;
}
