/** The page with all measurements, in Markdown. */

import { countOf, withCommas } from "../../lib/cli/text.ts";
import type { Goal } from "./benchmark.ts";
import { median } from "./ratios.ts";
import { formatGrowth } from "./growth_page.ts";
import type { Stamp } from "./machine.ts";
import {
  processorsOf,
  type Results,
  type RowResult,
  type SideResult,
} from "./results.ts";
import { formatBytes, formatDigits, formatSeconds } from "./format.ts";

/** Why rows miss their goals, by row id. Written by hand. */
export type Remarks = Readonly<Record<string, string>>;

/** Whether a row reaches its goal; null if it has none. */
export function meetsGoal(
  { goal, ...row }: Pick<RowResult, "ratio" | "goal" | "ours" | "peer">,
): boolean | null {
  if (goal === null) return null;
  return misses({ ...row, goal }).length === 0;
}

/** The goals that a row misses, in words; empty if it reaches all. */
function misses(
  { ratio, goal, ours, peer }: Pick<RowResult, "ratio" | "ours" | "peer"> & {
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
  const memory = memoryRatio(ours, peer);
  if (goal.memory !== undefined && !(memory <= goal.memory)) {
    missed.push(
      `its memory is ${formatDigits(memory)} times that of the peer and ` +
        `should be at most ${goal.memory} times`,
    );
  }
  return missed;
}

/** NaN where one of them is unknown. */
function memoryRatio(ours: SideResult, peer: SideResult): number {
  return (ours.peakBytes ?? NaN) / (peer.peakBytes ?? NaN);
}

function formatGoal(row: RowResult): string {
  const { goal } = row;
  if (goal === null) return "–";
  const parts = [
    `at most ${goal.ratio}`,
    ...goal.seconds === undefined ? [] : [`${goal.seconds} s`],
    ...goal.bytes === undefined ? [] : [formatBytes(goal.bytes)],
    ...goal.memory === undefined ? [] : [`${goal.memory} of the memory`],
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
function formatRow(row: RowResult): string {
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

/** What a row times, how it was scaled, and the results of both sides. */
function formatDetails(row: RowResult): string {
  const sentences = [row.timed];
  for (const side of [row.ours, row.peer]) {
    if (side.failure !== null) {
      sentences.push(`**${side.name} failed**: ${withPeriod(side.failure)}`);
    } else if (side.scale !== 1) {
      const factor = formatFactor(side.scale);
      sentences.push(
        `\\* ${side.name}: 1/${factor} of the work was run, and its time ` +
          `multiplied by ${factor}.`,
      );
    }
    const facts = Object.entries(side.facts).map(([name, value]) =>
      `${name} ${formatFact(value)}`
    );
    if (facts.length > 0) sentences.push(`${side.name}: ${facts.join(", ")}.`);
  }
  return `- \`${row.id}\`: ${sentences.join(" ")}`;
}

function withPeriod(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function formatFactor(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

function formatFact(value: number): string {
  return Number.isInteger(value) ? withCommas(value) : value.toPrecision(4);
}

/** The rows that miss their goals: by how much, and why. */
function formatMisses(rows: readonly RowResult[], remarks: Remarks): string {
  const lines = rows.flatMap((row) => {
    if (row.goal === null) return [];
    const missed = misses({ ...row, goal: row.goal });
    if (missed.length === 0) return [];
    const why = remarks[row.id] ?? "The reason is not known.";
    return [`- \`${row.id}\`: ${missed.join("; ")}. ${why}`];
  });
  return lines.length === 0
    ? "Every row that has a goal reaches it."
    : lines.join("\n");
}

/** The conditions of the measurements; rows with the same ones together. */
function formatStamps(results: Results): string {
  const stamped: { ids: string[]; stamp: Stamp }[] = [];
  const stamps = [
    ...results.rows.map(({ id, stamp }) => ({ id, stamp })),
    ...results.growth.map(({ stamp }) => ({ id: "growth", stamp })),
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
    `${countOf(stamp.rounds, "round")}, ours with${
      stamp.wideVectors ? "" : "out"
    } V8's flags for 256-bit vectors; ${
      Object.entries(stamp.versions).map(([name, version]) =>
        `${name} ${version}`
      ).join(", ")
    }.`
  ).join("\n");
}

/** The table of one processor, and what it says of each row. */
function formatProcessor(
  processor: string,
  { rows, growth }: Results,
  remarks: Remarks,
): string {
  return `## ${processor}

| benchmark | ours | peer | ours / peer | goal | peak memory, ours / peer |
| --- | --- | --- | --- | --- | --- |
${rows.map(formatRow).join("\n")}

\\* extrapolated from a part of the work; see below.

### What is timed

${rows.map(formatDetails).join("\n")}

### Why goals are missed

${formatMisses(rows, remarks)}

### Growth
${
    growth.length === 0
      ? "\nNot measured yet.\n"
      : growth.map(formatGrowth).join("")
  }
### Conditions

${formatStamps({ rows, growth })}
`;
}

/**
 * Formats the page: a part for each processor.
 *
 * @param results All measurements.
 * @param remarks Why rows miss their goals.
 */
export function formatPage(results: Results, remarks: Remarks): string {
  const parts = processorsOf(results).map((processor) => {
    const isOwn = ({ stamp }: { readonly stamp: Stamp }) =>
      stamp.processor === processor;
    return formatProcessor(processor, {
      rows: results.rows.filter(isOwn),
      growth: results.growth.filter(isOwn),
    }, remarks);
  });
  return `# Speed and memory

Each row compares this suite with what a user of Python or R would run, on the
same input and the same machine, by turns: ours, peer, ours, peer … Below 1 this
suite is faster. The ratio is that of the medians; the range in parentheses is
that of the rounds. Each processor has a part of its own; goals may depend on
its vendor.

Each side runs in its own process. Peak memory is the largest resident size,
libraries included, summed over the processes of a side. Unless the whole
program is timed, neither is the compiling and tracing by the peer.

${parts.length === 0 ? "Nothing has been measured.\n" : parts.join("\n")}
Made by \`deno task bench\` ([README](README.md)); all numbers are in
[results.json](results.json).
`;
}
