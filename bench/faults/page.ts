/** The page on the faults, in Markdown. */

import type { Fault, Tally } from "./fault.ts";
import type { State } from "./state.ts";

/** What one go of faults came to. */
export interface Go {
  readonly state: State;
  /** Of the random moments. */
  readonly seed: number;
  readonly minutes: number;
  /** By the fault's id. */
  readonly tallies: Readonly<Record<string, Tally>>;
}

/** Trials that were not survived. */
export function lostIn({ tried, survived }: Tally): number {
  return tried - survived;
}

/**
 * Formats the page.
 *
 * @param faults All faults, in the order of the page.
 */
export function formatPage(
  faults: readonly Fault[],
  { state, seed, minutes, tallies }: Go,
): string {
  const tried = faults.filter(({ id }) => Object.hasOwn(tallies, id))
    .map((fault) => ({ fault, tally: tallies[fault.id] }));
  const lost = tried.reduce((sum, { tally }) => sum + lostIn(tally), 0);
  const trials = tried.reduce((sum, { tally }) => sum + tally.tried, 0);
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
    tally.losses.map((loss) => `- ${fault.id}: ${oneLine(loss)}`)
  );
  const left = faults.filter(({ id }) => !Object.hasOwn(tallies, id));
  return [
    "# Faults that the suite survives",
    "",
    `Of ${trials} faults ${lost} ${
      lost === 1 ? "was" : "were"
    } not survived. ` +
    "All rows are of one go of `deno task faults` and one state of the suite: " +
    `commit ${state.commit}, Deno ${state.deno} on ${state.system}, ` +
    `${state.processor}, ${state.cores} cores; seed ${seed}, ` +
    `${minutes} minutes.`,
    "",
    "| fault | tried | survived | lost | observations |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    ...(left.length === 0 ? [] : [
      "",
      `Left out of this go: ${left.map(({ id }) => id).join(", ")}.`,
    ]),
    "",
    "## Required behavior",
    "",
    ...tried.map(({ fault }) => `- **${fault.fault}**: ${fault.must}.`),
    ...(losses.length === 0 ? [] : ["", "## Losses", "", ...losses]),
    "",
  ].join("\n");
}

/** What commands said may hold line breaks, and a list's item may not. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " / ");
}
