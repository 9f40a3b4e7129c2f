/** The page on all measurements, for those who do not read code. */

import { countOf, withCommas } from "../../lib/cli/text.ts";
import type { Goal } from "./benchmark.ts";
import { median } from "./figures.ts";
import { writeGrowth } from "./growth_page.ts";
import type { Stamp } from "./machine.ts";
import type { Results, RowResult, SideResult } from "./results.ts";
import { formatBytes, formatDigits, formatSeconds } from "./words.ts";

/** Why rows miss their goals, by the row's id. Written by hand. */
export type Remarks = Readonly<Record<string, string>>;

/** Whether a row reaches its goal; null where there is none to reach. */
export function meetsGoal(
  { ratio, goal, ours }: Pick<RowResult, "ratio" | "goal" | "ours">,
): boolean | null {
  if (goal === null) return null;
  return misses({ ratio, goal, ours }).length === 0;
}

/** What a row misses, each in words; empty if it reaches its goal. */
function misses(
  { ratio, goal, ours }: Pick<RowResult, "ratio" | "ours"> & {
    readonly goal: Goal;
  },
): string[] {
  if (ratio === null) return ["it was not measured"];
  const missed: string[] = [];
  if (ratio.median > goal.ratio) {
    missed.push(
      `the ratio is ${formatDigits(ratio.median)} and should be at most ` +
        `${goal.ratio}: ${
          formatDigits(ratio.median / goal.ratio)
        } times too slow`,
    );
  }
  const seconds = medianOf(ours);
  if (goal.seconds !== undefined && seconds! > goal.seconds) {
    missed.push(
      `it takes ${formatSeconds(seconds!)} and should take at most ` +
        `${goal.seconds} s`,
    );
  }
  if (goal.bytes !== undefined && !((ours.peakBytes ?? NaN) <= goal.bytes)) {
    missed.push(
      `its memory is ${formatBytes(ours.peakBytes)} and should be at most ` +
        formatBytes(goal.bytes),
    );
  }
  return missed;
}

function formatGoal(row: RowResult): string {
  const { goal } = row;
  if (goal === null) return "–";
  const parts = [
    `at most ${goal.ratio}`,
    ...goal.seconds === undefined ? [] : [`${goal.seconds} s`],
    ...goal.bytes === undefined ? [] : [formatBytes(goal.bytes)],
  ].join(" and ");
  const verdict = row.ratio === null
    ? "not measured"
    : meetsGoal(row)
    ? "reached"
    : "**missed**";
  return `${parts}: ${verdict}`;
}

function formatRatio({ ratio }: RowResult): string {
  if (ratio === null) return "–";
  const { median, least, most } = ratio;
  return `**${formatDigits(median)}** (${formatDigits(least)} to ${
    formatDigits(most)
  })`;
}

function formatSide(side: SideResult): string {
  if (side.failure !== null) return "failed";
  return `${formatSeconds(medianOf(side)!)}${side.scale === 1 ? "" : " \\*"}`;
}

function medianOf({ seconds }: SideResult): number | null {
  return seconds.length === 0 ? null : median(seconds);
}

/** One line of the table. */
function writeRow(row: RowResult): string {
  const { ours, peer } = row;
  return `| ${
    [
      `\`${row.id}\`: ${row.title}`,
      formatSide(ours),
      `${formatSide(peer)}, ${peer.name}`,
      formatRatio(row),
      formatGoal(row),
      `${formatBytes(ours.peakBytes)} / ${formatBytes(peer.peakBytes)}`,
    ].join(" | ")
  } |`;
}

/** What a row times, how it was scaled, what both sides found. */
function writeDetails(row: RowResult): string {
  const said = [row.timed];
  for (const side of [row.ours, row.peer]) {
    if (side.failure !== null) {
      said.push(`**${side.name} failed**: ${withStop(side.failure)}`);
    } else if (side.scale !== 1) {
      said.push(
        `\\* ${side.name}: 1/${
          formatFactor(side.scale)
        } of the work was run, ` +
          `its seconds times ${formatFactor(side.scale)}.`,
      );
    }
    const facts = Object.entries(side.facts).map(([name, value]) =>
      `${name} ${formatFact(value)}`
    );
    if (facts.length > 0) said.push(`${side.name}: ${facts.join(", ")}.`);
  }
  return `- \`${row.id}\`: ${said.join(" ")}`;
}

function withStop(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function formatFactor(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

function formatFact(value: number): string {
  return Number.isInteger(value) ? withCommas(value) : value.toPrecision(4);
}

/** What misses its goal, by how much and why. */
function writeMisses(rows: readonly RowResult[], remarks: Remarks): string {
  const lines = rows.flatMap((row) => {
    if (row.goal === null) return [];
    const missed = misses({ ...row, goal: row.goal });
    if (missed.length === 0) return [];
    const why = remarks[row.id] ?? "What holds it back is not known yet.";
    return [`- \`${row.id}\`: ${missed.join("; ")}. ${why}`];
  });
  if (rows.length === 0) return "Nothing has been measured.";
  return lines.length === 0
    ? "Every row that has a goal reaches it."
    : lines.join("\n");
}

/** Rows that were measured under the same circumstances, said once. */
function writeStamps(results: Results): string {
  const stamped: { ids: string[]; stamp: Stamp }[] = [];
  const stamps = [
    ...results.rows.map(({ id, stamp }) => ({ id, stamp })),
    ...results.growth === null
      ? []
      : [{ id: "growth", stamp: results.growth.stamp }],
  ];
  for (const { id, stamp } of stamps) {
    const key = JSON.stringify(stamp);
    const same = stamped.find((other) => JSON.stringify(other.stamp) === key);
    if (same) same.ids.push(id);
    else stamped.push({ ids: [id], stamp });
  }
  return stamped.map(({ ids, stamp }) =>
    `- ${ids.map((id) => `\`${id}\``).join(", ")}: ${stamp.processor}, ` +
    `${stamp.cores} cores, ${stamp.threads} threads a side, ` +
    `${countOf(stamp.rounds, "round")}; ${
      Object.entries(stamp.versions).map(([name, version]) =>
        `${name} ${version}`
      ).join(", ")
    }.`
  ).join("\n");
}

/**
 * Writes the page.
 *
 * @param results All that has been measured.
 * @param remarks What holds rows back.
 *
 * @example
 * ```ts
 * import { noResults } from "./results.ts";
 * import { writePage } from "./page.ts";
 * const page = writePage(noResults, {});
 * console.assert(page.startsWith("# How fast it is"));
 * ```
 */
export function writePage(results: Results, remarks: Remarks): string {
  const { rows, growth } = results;
  return `# How fast it is

Each line holds this suite beside what a user of Python would run, on the same
input and the same machine, in turn: ours, peer, ours, peer … Below 1 we are
faster. The ratio is that of the medians; in brackets the least and the most of
any round.

| benchmark | ours | peer | ours / peer | goal | peak memory, ours / peer |
| --- | --- | --- | --- | --- | --- |
${rows.map(writeRow).join("\n")}

\\* scaled up from a part of the work; see below.

## What is timed

${rows.map(writeDetails).join("\n")}

Each side is a process of its own, so that its memory is its own: the peak is
the most that was ever resident, libraries included, summed over the processes
of a side. Where the peer compiles or traces first, that is done before the
clock starts.

## What holds it back

${writeMisses(rows, remarks)}

## How it grows
${growth === null ? "\nNot measured yet.\n" : writeGrowth(growth)}
## On what

${writeStamps(results)}

Made by \`deno task bench\` ([README](README.md)); every number is in
[results.json](results.json).
`;
}
