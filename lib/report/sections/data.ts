/** The section on the data: samples by tissue, the split, the groups. */

import type { Findings } from "../findings.ts";
import { details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { figures, warningsOf } from "./parts.ts";

/**
 * Writes the section on the data.
 *
 * @example
 * ```ts ignore
 * import { dataSection } from "./data.ts";
 * const text = dataSection(run, found);
 * ```
 */
export function dataSection(run: RunFiles, found: Findings): string {
  const { samples } = run;
  const parts = ["train", "validation", "test"];
  const tissues = [...new Set(samples.map(({ tissue }) => tissue))].sort();
  const rows = tissues.map((tissue) => {
    const own = samples.filter((sample) => sample.tissue === tissue);
    const counts = parts.map((part) =>
      count(own.filter(({ split }) => split === part).length)
    );
    return [escapeText(tissue), count(own.length), ...counts];
  });
  const sizes = parts.map((part) =>
    count(samples.filter(({ split }) => split === part).length)
  );
  return paragraphs(
    "## Data",
    run.simulated
      ? "The matrix is simulated: no line of it was measured. Its tissues " +
        "have planted marker genes, so that the genes found can be checked."
      : "",
    `${counted(found.samples, "sample")} of ${
      counted(found.tissues, "tissue")
    }, ${counted(found.genes, "gene")}, ${count(run.silentGenes)} of them ` +
      `zero in every sample. The samples were split once: ${
        sizes[0]
      } to train, ${sizes[1]} to ` +
      `validate, ${sizes[2]} to test. Every later step uses this one split.`,
    groupsInWords(run),
    figures(run, [["prepare/samples_per_tissue.svg", "Samples per tissue"]]),
    details(
      `Samples of each tissue (${count(tissues.length)} rows)`,
      table([
        { title: "tissue" },
        ...["all", ...parts].map((title) => ({
          title,
          align: "right" as const,
        })),
      ], rows),
    ),
    warningsOf(run, ["simulate", "prepare"]),
  );
}

/** Whether groups were given, and whether the split keeps them together. */
function groupsInWords({ samples }: RunFiles): string {
  const partsOf = new Map<string, Set<string>>();
  for (const { group, split } of samples) {
    if (group === "") continue;
    partsOf.set(group, (partsOf.get(group) ?? new Set()).add(split));
  }
  if (partsOf.size === 0) {
    return "No groups were given: samples of one study or donor may be in " +
      "several parts, which can make every score look better than it is. A " +
      "sample sheet (`--samples FILE --group COLUMN`) prevents that.";
  }
  const torn = [...partsOf.values()].filter((parts) => parts.size > 1).length;
  return `The samples come from ${counted(partsOf.size, "group")}. ` +
    (torn === 0
      ? "All samples of one group are in the same part."
      : `${counted(torn, "group")} ${torn === 1 ? "is" : "are"} in more than ` +
        `one part: the scores may look better than they are.`);
}
