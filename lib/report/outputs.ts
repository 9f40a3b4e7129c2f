/** The files that the report's stage writes. */

import { defineFile } from "../store/output.ts";

export const summary = defineFile(
  "report/summary.json",
  "The run's name, the verdict, and each stage's results in numbers by its name",
);

export const outputs = [
  defineFile(
    "report.md",
    "The report: the verdict in words, then all behind it",
  ),
  defineFile(
    "ro-crate-metadata.json",
    "The run as a Workflow Run RO-Crate: which stage made which file from what",
  ),
  defineFile("workflow.json", "The stages and what each reads, for the crate"),
  summary,
];
