/** What a stage says in the verdict and in the details below it. */

import type { RunReport } from "../lib/report/run_report.ts";
import {
  openingParts,
  pointTitles,
  type Section,
} from "../lib/report/section.ts";

/** Its warning, if it has one, its points, then its paragraphs. */
export function said<Findings>(
  section: Section<Findings>,
  found: Findings,
  run: RunReport,
): string[] {
  const points = section.points?.(found, run) ?? {};
  return [
    section.warning?.(found, run) ?? "",
    ...Object.keys(pointTitles)
      .map((point) => points[point as keyof typeof pointTitles] ?? ""),
    ...section.details?.(found, run) ?? [],
  ].filter((text) => text !== "");
}

/** Its clauses of the sentence that the verdict begins with. */
export function openingOf<Findings>(
  section: Section<Findings>,
  found: Findings,
): string {
  const opening = section.opening?.(found) ?? {};
  return openingParts
    .flatMap((part) => opening[part] ?? [])
    .filter((clause) => clause !== "").join("; ");
}
