/** The part of the page about the growth of time and memory. */

import { withCommas } from "../../lib/cli/text.ts";
import { exponentOf } from "./ratios.ts";
import type { GrowthLine, GrowthResult } from "./results.ts";
import { formatBytes, formatSeconds } from "./format.ts";

/** Short runs vary by this much. */
const TOLERANCE = 0.15;

/**
 * Whether the time grows faster than the work.
 */
export function growsTooFast(
  { sizes, seconds, expected }: Pick<
    GrowthLine,
    "sizes" | "seconds" | "expected"
  >,
): boolean {
  return exponentOf(sizes, seconds) > expected + TOLERANCE;
}

function formatLine(line: GrowthLine): string {
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

/** The table, and its conclusion in one sentence. */
export function formatGrowth({ lines }: GrowthResult): string {
  const fast = lines.filter(growsTooFast)
    .map(({ work, axis }) => `${work.toLowerCase()} (${axis})`);
  return `
Our own stages at 1, 2 and 4 times a small size; everything else is constant.
An exponent of 1 means that twice the size takes twice as long; "expected" is
the largest exponent that the method itself should have. Peak memory includes
about 100 MB of program, so its exponents are low.

| work | growing size | time | exponent | expected | peak memory | exponent |
| --- | --- | --- | --- | --- | --- | --- |
${lines.map(formatLine).join("\n")}

${
    fast.length === 0
      ? "No time grows faster than expected."
      : `Faster than expected: ${fast.join("; ")}.`
  }
`;
}
