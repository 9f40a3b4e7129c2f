/** The page on the faults, in Markdown. */

import { describeVersions } from "../../lib/store/record.ts";
import type { Fault, Tally } from "./fault.ts";

/** What a fault came to, as it is kept from one time to the next. */
export interface Result extends Tally {
  /** Of the random moments. */
  readonly seed: number;
  readonly deno: string;
  readonly system: string;
}

/** The last result of each fault, by its id. */
export type Results = Readonly<Record<string, Result>>;

/** Stamps what was counted. */
export function stampTally(tally: Tally, seed: number): Result {
  return {
    ...tally,
    seed,
    deno: describeVersions().deno,
    system: Deno.build.os,
  };
}

/** Trials that were not survived. */
export function lostIn({ tried, survived }: Tally): number {
  return tried - survived;
}

/**
 * Formats the page.
 *
 * @param faults All faults, in the order of the page.
 * @param results What is known of them.
 */
export function formatPage(faults: readonly Fault[], results: Results): string {
  const tried = faults.filter(({ id }) => Object.hasOwn(results, id))
    .map((fault) => ({ fault, tally: results[fault.id] }));
  const lost = tried.reduce((sum, { tally }) => sum + lostIn(tally), 0);
  const trials = tried.reduce((sum, { tally }) => sum + tally.tried, 0);
  const formatAll = (key: "seed" | "deno" | "system") =>
    [...new Set(tried.map(({ tally }) => tally[key]))].join(", ");
  const rows = tried.map(({ fault, tally }) =>
    [
      fault.fault,
      String(tally.tried),
      String(tally.survived),
      String(lostIn(tally)),
      tally.seen.join("; "),
    ].map((cell) => cell.replaceAll("|", "\\|"))
  );
  const losses = tried.flatMap(({ fault, tally }) =>
    tally.losses.map((loss) => `- ${fault.id}: ${loss}`)
  );
  return [
    "# Faults that the suite survives",
    "",
    `Made by \`bench/faults.ts\` (seed ${formatAll("seed")}, Deno ` +
    `${formatAll("deno")}, ${formatAll("system")}). Of ${trials} faults ` +
    `${lost} ${lost === 1 ? "was" : "were"} not survived. Each row is the ` +
    "last run of that fault, with the suite of that time.",
    "",
    "| fault | tried | survived | lost | observations |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    "## Required behavior",
    "",
    ...tried.map(({ fault }) => `- **${fault.fault}**: ${fault.must}.`),
    ...(losses.length === 0 ? [] : ["", "## Losses", "", ...losses]),
    "",
  ].join("\n");
}
