/** The part of the page that tells how time and memory grow. */

import { withCommas } from "../../lib/cli/text.ts";
import { exponentOf } from "./figures.ts";
import type { GrowthLine, GrowthResult } from "./results.ts";
import { formatBytes, formatSeconds } from "./words.ts";

/** Small works swing by this much from run to run. */
const TOLERANCE = 0.15;

/**
 * Whether the time grows faster than the work does.
 *
 * @example
 * ```ts
 * import { growsTooFast } from "./growth_page.ts";
 * const line = { sizes: [1, 2, 4], expected: 1 };
 * console.assert(!growsTooFast({ ...line, seconds: [1, 2, 4.1] }));
 * console.assert(growsTooFast({ ...line, seconds: [1, 4, 16] }));
 * ```
 */
export function growsTooFast(
  { sizes, seconds, expected }: Pick<
    GrowthLine,
    "sizes" | "seconds" | "expected"
  >,
): boolean {
  return exponentOf(sizes, seconds) > expected + TOLERANCE;
}

function writeLine(line: GrowthLine): string {
  const { sizes, seconds, peakBytes, expected } = line;
  const exponent = exponentOf(sizes, seconds).toFixed(2);
  const known = peakBytes.filter((bytes) => bytes !== null);
  return `| ${
    [
      line.work,
      `${line.axis}: ${sizes.map(withCommas).join(", ")}`,
      seconds.map(formatSeconds).join(", "),
      growsTooFast(line) ? `**${exponent}**` : exponent,
      String(expected),
      peakBytes.map(formatBytes).join(", "),
      known.length === sizes.length ? exponentOf(sizes, known).toFixed(2) : "–",
    ].join(" | ")
  } |`;
}

/** The table, with what it says in a sentence. */
export function writeGrowth({ lines }: GrowthResult): string {
  const fast = lines.filter(growsTooFast)
    .map(({ work, axis }) => `${work.toLowerCase()} with its ${axis}`);
  return `
Our own stages at 1, 2 and 4 times a small size; all else stays as it is. An
exponent of 1 means that twice the size takes twice as long; "of the work" is
the exponent that the method itself has, at most. Peak memory holds about 100
MB of program, so its exponents are low.

| work | grows | time | exponent | of the work | peak memory | exponent |
| --- | --- | --- | --- | --- | --- | --- |
${lines.map(writeLine).join("\n")}

${
    fast.length === 0
      ? "No time grows faster than its work."
      : `Faster than its work grows: ${fast.join("; ")}.`
  }
`;
}
