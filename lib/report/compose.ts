/** The whole report, section by section. */

import { code, paragraphs } from "./markdown.ts";
import type { RunReport } from "./run_report.ts";
import { citingSection } from "./sections/citing.ts";
import { deviationsSection } from "./sections/deviations.ts";
import { parametersSection } from "./sections/parameters.ts";
import { provenanceSection } from "./sections/provenance.ts";
import { recreateSection } from "./sections/recreate.ts";
import { taskCommand } from "./commands.ts";
import { details, verdict } from "./verdict.ts";

/**
 * The report in Markdown. The same run gives the same text: no time, no name
 * of a machine and no number of threads is in it.
 */
export function composeReport(run: RunReport): string {
  const { opening, items } = verdict(run);
  return paragraphs(
    run.facts.simulated
      ? "# Tissue-specific genes by CNN and SHAP: the simulated demo"
      : "# Tissue-specific genes by CNN and SHAP",
    "## Verdict",
    opening,
    items.map((item) => `- ${item}`).join("\n"),
    "### In detail",
    ...details(run),
    ...run.facts.pipeline.stages.map(({ name }) => stageSection(name, run)),
    parametersSection(run),
    provenanceSection(run),
    deviationsSection(run),
    recreateSection(run),
    citingSection(run),
  );
}

/**
 * A stage's section: its own words, the figures that they do not place, and
 * its warnings. A stage without a section shows what it drew.
 */
function stageSection(name: string, run: RunReport): string {
  const section = run.facts.sections.get(name);
  if (run.record(name) === undefined) {
    return section === undefined || name === run.facts.pipeline.simulator
      ? ""
      : missingSection(section.title, name, run.facts.folder);
  }
  const found = section && run.of(section);
  // Before the rest, for it places figures.
  const body = found === undefined ? "" : section!.write(found, run);
  const rest = paragraphs(run.remainingFigures(name), run.warnings(name));
  return body === "" && rest.trim() === ""
    ? ""
    : paragraphs(`## ${section?.title ?? name}`, body, rest);
}

function missingSection(title: string, stage: string, folder: string): string {
  return paragraphs(
    `## ${title}`,
    `This part is missing: the stage ${code(stage)} has not run. ` +
      `${code(taskCommand(stage, folder))} runs it; ` +
      `${code(taskCommand("report", folder))} then writes this report again.`,
  );
}
