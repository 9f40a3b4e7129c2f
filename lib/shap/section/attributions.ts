/** The part on the other attributions of the same output. */

import { percent } from "../../cli/numbers.ts";
import { code } from "../../report/markdown.ts";
import type { SectionReader } from "../../report/section.ts";
import { missedShare } from "../additivity.ts";
import { attributions } from "../attributions/attribution.ts";
import { attributedSamples } from "../attributions/outputs.ts";

/** An attribution that was made. */
export interface AttributionFindings {
  readonly title: string;
  /** Steps along the path. */
  readonly steps: number;
  /**
   * The median over samples of the share of the output that the scores miss;
   * null where they need not sum to anything, or nothing is to be explained.
   */
  readonly missed: number | null;
}

/** Reads which attributions the stage has made; often none. */
export async function readAttributionFindings(
  reader: SectionReader,
): Promise<AttributionFindings[]> {
  if (!await reader.has(attributedSamples)) return [];
  const rows = await reader.read(attributedSamples);
  return attributions.flatMap(({ name, title, steps }) => {
    const own = rows.filter(({ attribution }) => attribution === name);
    if (own.length === 0) return [];
    return [{
      title,
      steps: steps.length,
      missed: missedShare(own.flatMap((row) => {
        const { model_output, baseline_output, completeness_gap } = row;
        return model_output === null || baseline_output === null ||
            completeness_gap === null
          ? []
          : [{
            explained_tissue: row.explained_tissue,
            model_output,
            base_value: baseline_output,
            additivity_gap: completeness_gap,
          }];
      })),
    }];
  });
}

/** What was made beside SHAP, and how exactly; empty if nothing was. */
export function attributionsPart(
  found: readonly AttributionFindings[],
): string {
  if (found.length === 0) return "";
  const exact = found.flatMap(({ title, steps, missed }) =>
    missed === null ? [] : [
      ` With ${steps} steps ${title} miss ${percent(missed)} of the output's ` +
      "difference from that of the baseline (median over samples).",
    ]
  );
  return `**Other attributions.** The same output of the same samples and ` +
    `networks was also attributed by ` +
    `${found.map(({ title }) => title).join(" and by ")} ` +
    `(${code(attributedSamples.file)}); the rankings by them are compared ` +
    `with SHAP's among the simple ones.${exact.join("")}`;
}
