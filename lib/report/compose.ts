/** The whole report, section by section. */

import type { Declarations } from "./declarations.ts";
import type { Findings } from "./findings.ts";
import { paragraphs } from "./markdown.ts";
import type { RunFiles } from "./run_files.ts";
import { beliefSection } from "./sections/belief.ts";
import { citingSection } from "./sections/citing.ts";
import { clustersSection } from "./sections/clusters.ts";
import { dataSection } from "./sections/data.ts";
import { deviationsSection } from "./sections/deviations.ts";
import { explanationSection } from "./sections/explanation.ts";
import { networkSection } from "./sections/network.ts";
import { parametersSection } from "./sections/parameters.ts";
import { provenanceSection } from "./sections/provenance.ts";
import { commandOfStage, recreateSection } from "./sections/recreate.ts";
import { ttestSection } from "./sections/ttest.ts";
import { verdict } from "./verdict.ts";

/**
 * Writes the report in Markdown. The same run gives the same text: no time,
 * no name of a machine and no number of threads is in it.
 *
 * @param run The run, as far as it has been made.
 * @param found Its results.
 * @param declarations The stages' parameters.
 */
export function composeReport(
  run: RunFiles,
  found: Findings,
  declarations: Declarations,
): string {
  return paragraphs(
    run.simulated
      ? "# Tissue-specific genes by CNN and SHAP: the simulated demo"
      : "# Tissue-specific genes by CNN and SHAP",
    "## Verdict",
    ...verdict(
      found,
      run.folder,
      (stage) => commandOfStage(stage, run, declarations),
    ),
    dataSection(run, found),
    networkSection(run, found),
    explanationSection(run, found),
    clustersSection(run, found),
    ttestSection(run, found),
    beliefSection(run, found),
    parametersSection(run, declarations),
    provenanceSection(run),
    deviationsSection(run, found),
    recreateSection(run, declarations),
    citingSection(run),
  );
}
