/** What a stage says in the verdict and in the details below it. */

import type { RunReport } from "../lib/report/run_report.ts";
import { openingParts, type Section } from "../lib/report/section.ts";

/** Its sentence, if it has one, then its paragraphs. */
export function said<Findings>(
  section: Section<Findings>,
  found: Findings,
  run: RunReport,
): string[] {
  return [
    section.sentence?.(found, run) ?? "",
    ...section.details?.(found, run) ?? [],
  ].filter((text) => text !== "");
}

/** Its clauses of the sentence that the verdict begins with. */
export function openingOf<Findings>(
  section: Section<Findings>,
  found: Findings,
): string {
  const opening = section.headline?.(found) ?? "";
  return typeof opening === "string" ? opening : openingParts
    .flatMap((part) => opening[part] ?? [])
    .filter((clause) => clause !== "").join("; ");
}
