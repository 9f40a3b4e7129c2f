/** The page on the faults. */

import { describeVersions } from "../../lib/run/record.ts";
import type { Fault, Tally } from "./fault.ts";

/** A fault that was tried. */
export interface Tried {
  readonly fault: Fault;
  readonly tally: Tally;
}

/** Trials that were not survived. */
export function lostIn({ tried, survived }: Tally): number {
  return tried - survived;
}

/** Writes the page. */
export function writePage(tried: readonly Tried[], seed: number): string {
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
    tally.losses.map((loss) => `- ${fault.id}: ${loss}`)
  );
  return [
    "# What the suite survives",
    "",
    `Made by \`bench/faults.ts\` with the seed ${seed}, under Deno ` +
    `${describeVersions().deno} on ${Deno.build.os}. Of ${trials} faults ` +
    `${lost} ${lost === 1 ? "was" : "were"} not survived.`,
    "",
    "| fault | tried | survived | lost | what was seen |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    "## What must happen",
    "",
    ...tried.map(({ fault }) => `- **${fault.fault}**: ${fault.must}.`),
    ...(losses.length === 0 ? [] : ["", "## What was lost", "", ...losses]),
    "",
  ].join("\n");
}
