/** The documentation of every file that the stages write. */

import type { Output } from "../store/output.ts";
import type { Stage } from "./stage.ts";

/**
 * The files of the stages and their columns, in Markdown, made from the
 * declarations that write and read them.
 */
export function describeFiles(
  stages: readonly Pick<Stage, "name" | "summary" | "outputs">[],
): string {
  return [
    "# The files of a run, and their columns",
    "",
    "Made from the declarations in `lib/*/outputs.ts` by `deno task docs`; do",
    "not edit it by hand. Paths are relative to the run's folder, such as",
    "`reports/demo`. CSV files have a header, commas and `\\n` line ends; an",
    "empty cell, in JSON `null`, means that there is no value. A key such as",
    "`tests.p_t` is the key `p_t` of each object in `tests`. `stage.json` in each",
    "folder holds the stage's parameters, seeds, versions, warnings, and the",
    "SHA-256 of all that it read and wrote.",
    ...stages.flatMap(({ name, summary, outputs = [] }) => [
      "",
      `## ${name}`,
      "",
      `${summary[0].toUpperCase()}${summary.slice(1)}.`,
      ...outputs.flatMap(describeFile),
    ]),
    "",
  ].join("\n");
}

function describeFile({ file, about, columns }: Output): string[] {
  const title = ["", `### \`${file}\``, "", `${about}.`];
  if (columns.length === 0) return title;
  const first = file.endsWith(".json") ? "key" : "column";
  return [
    ...title,
    "",
    `| ${first} | type | meaning |`,
    "| --- | --- | --- |",
    ...columns.map(({ name, type, help }) =>
      `| ${[name, type, help].map(escapeCell).join(" | ")} |`
    ),
  ];
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
