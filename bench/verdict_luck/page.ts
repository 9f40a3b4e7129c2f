/** What several master seeds make of the tests of one gene set. */

import { isSignificant } from "../../lib/null_test/significance.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";

/** A row a test, and how many seeds agree on the number of significant ones. */
export function formatLuck(all: readonly (readonly SpaceTest[])[]): string {
  const counts = all.map((tests) => tests.filter(isSignificant).length);
  const [[usual, seeds]] = [...Map.groupBy(counts, (count) => count)]
    .map(([count, own]) => [count, own.length] as const)
    .toSorted((a, b) => b[1] - a[1]);
  const rows = all[0].map(({ null_model, space }, index) => {
    const own = all.map((tests) => tests[index]);
    const valuesOf = (column: "statistic" | "null_sd" | "z") =>
      own.map((test) => test[column] ?? NaN);
    const sd = mean(valuesOf("null_sd"));
    const errors = own.map(({ monte_carlo_se }) => monte_carlo_se);
    return [
      null_model,
      space,
      `${own.filter(isSignificant).length} of ${own.length}`,
      mean(valuesOf("statistic")).toFixed(3),
      sampleSd(valuesOf("statistic")).toFixed(4),
      errors.some((error) => error === null)
        ? "unknown"
        : Math.sqrt(mean(errors.map((error) => error! ** 2))).toFixed(4),
      sd.toFixed(4),
      (sampleSd(valuesOf("statistic")) / sd).toFixed(3),
      mean(valuesOf("z")).toFixed(2),
    ];
  });
  return [
    "| random sets | space | significant | AMI of the set | its sd over seeds | error as told | null sd | sd / null sd | z |",
    "| --- | --- | --- | --: | --: | --: | --: | --: | --: |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    `${usual} of ${
      all[0].length
    } tests are significant with ${seeds} of ${all.length} seeds.`,
  ].join("\n");
}
