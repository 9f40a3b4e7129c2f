/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import { code, escapeText } from "./markdown.ts";
import type { RunReport } from "./run_report.ts";
import { openingParts, type Points, pointTitles } from "./section.ts";

/** Scores that not every reader knows, and what they are. */
const SCORES = [
  {
    name: "macro F1",
    meaning: "the F1 score averaged over the tissues; 1 is perfect",
  },
  {
    name: "AMI",
    meaning: "adjusted mutual information of clusters and tissues; 0 is " +
      "chance, 1 perfect",
  },
];

/** The verdict in Markdown. */
export interface Verdict {
  /** The results in one sentence; empty without any. */
  readonly opening: string;
  /** What stands below it as a list: first the warnings, then the points. */
  readonly items: readonly string[];
}

/**
 * The verdict: the results in one short sentence, then what is out of date,
 * missing or worthless, then a sentence each on what the results rest on.
 */
export function verdict(run: RunReport): Verdict {
  return {
    opening: opening(run),
    items: SCORES.reduce(explainScore, [...warnings(run), ...points(run)]),
  };
}

/** What the stages say beyond the verdict, a Markdown paragraph each. */
export function details(run: RunReport): string[] {
  return run.sections().flatMap(({ section, found }) =>
    found === undefined ? [] : section.details?.(found, run) ?? []
  );
}

function opening(run: RunReport): string {
  const openings = finished(run).map(({ section, found }) =>
    section.opening?.(found) ?? {}
  );
  const clauses = openingParts
    .flatMap((part) => openings.map((opening) => opening[part] ?? ""))
    .filter((clause) => clause !== "");
  return clauses.length === 0
    ? ""
    : `**In short:** ${clauses.map(escapeText).join("; ")}.`;
}

function warnings(run: RunReport): string[] {
  const { folder, outdated, pipeline } = run.facts;
  return [
    ...outdated.map(({ stage, behind }) =>
      `**Out of date:** ${escapeText(stage)} is older than ` +
      `${behind.map(escapeText).join(" and ")}, on which it depends. ` +
      `${code(taskCommand(stage, folder))} brings it up to date.`
    ),
    ...run.sections().flatMap(({ name, section, found }) =>
      found !== undefined
        ? section.warning?.(found, run) || []
        : name === pipeline.simulator
        ? []
        : missing(name, folder)
    ),
  ];
}

/** A sentence a point, and one on what was not looked at. */
function points(run: RunReport): string[] {
  const known = finished(run);
  const said = known.map(({ section, found }): Points =>
    section.points?.(found, run) ?? {}
  );
  const titles = Object.entries(pointTitles) as [keyof Points, string][];
  return [
    ...titles.map(([point, title]) => ({
      title,
      text: said.map((clauses) => clauses[point] ?? "")
        .filter((clause) => clause !== "").join("; "),
    })),
    {
      title: "Not looked at",
      text: known.flatMap(({ section, found }) =>
        section.notLookedAt?.(found) ?? []
      ).join(", "),
    },
  ].filter(({ text }) => text !== "")
    .map(({ title, text }) => `**${title}:** ${text}.`);
}

/** Says what a score is where it is first named, a word of its own. */
function explainScore(
  items: string[],
  { name, meaning }: typeof SCORES[number],
): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  const first = items.findIndex((item) => word.test(item));
  return items.map((item, index) =>
    index === first ? item.replace(word, `${name} (${meaning})`) : item
  );
}

/** The sections whose stages have run. */
function finished(run: RunReport) {
  return run.sections().filter(({ found }) => found !== undefined);
}

function missing(stage: string, folder: string): string {
  return `**Missing:** the stage ${escapeText(stage)} has not run; ` +
    `${code(taskCommand(stage, folder))} runs it.`;
}
