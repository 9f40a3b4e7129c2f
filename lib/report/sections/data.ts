/** The section on the data: samples by tissue, the split, the groups. */

import type { Findings } from "../findings.ts";
import { details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { figures, warningsOf, withFlag } from "./parts.ts";

/** The parts of a split. */
const parts = ["train", "validation", "test"] as const;

/**
 * Writes the section on the data.
 */
export function dataSection(
  run: RunFiles,
  found: Findings,
): string {
  const folds = found.folds > 1;
  return paragraphs(
    "## Data",
    run.simulated
      ? "The matrix is simulated: no line of it was measured. Its tissues " +
        "have planted marker genes, so that the genes found can be checked."
      : "",
    `${counted(found.samples, "sample")} of ${
      counted(found.tissues, "tissue")
    }, ${counted(found.genes, "gene")}, ${count(run.silentGenes)} of them ` +
      `zero in every sample. ${
        folds ? foldsInWords(run, found) : splitInWords(run)
      }`,
    decoysInWords(run),
    groupsInWords(run),
    figures(run, [["prepare/samples_per_tissue.svg", "Samples per tissue"]]),
    folds ? tissuesInFolds(run) : tissuesInParts(run),
    warningsOf(run, ["simulate", "prepare"]),
  );
}

/** How the single split is. */
function splitInWords(run: RunFiles): string {
  const [train, validation, test] = parts.map((part) =>
    count(run.samples.filter(({ split }) => split === part).length)
  );
  return `The samples were split once: ${train} to train, ${validation} to ` +
    `validate, ${test} to test. Every later step uses this one split. ` +
    `${withFlag("--folds 5")} tests every sample, each by networks that have ` +
    `not seen it (cross-fitting).`;
}

/** How the folds are. */
function foldsInWords(run: RunFiles, found: Findings): string {
  const sizes = new Map<string, Map<string, number>>();
  for (const { fold, split } of run.folds ?? []) {
    const own = sizes.get(fold) ?? new Map<string, number>();
    sizes.set(fold, own.set(split, (own.get(split) ?? 0) + 1));
  }
  const range = (part: string) => {
    const counts = [...sizes.values()].map((own) => own.get(part) ?? 0);
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    return least === most ? count(least) : `${count(least)} to ${count(most)}`;
  };
  const never = found.samples - found.test_samples;
  return `The samples were parted into ${counted(found.folds, "fold")} ` +
    `(cross-fitting): each fold tests its own samples by networks trained on ` +
    `the others, so that every tested sample is predicted and explained by ` +
    `networks that have not seen it. In a fold ${range("train")} samples ` +
    `train, ${range("validation")} validate and ${range("test")} test; all ` +
    `in all ${count(found.test_samples)} are tested` +
    (never === 0 ? "." : ` and ${count(never)} never are.`);
}

/** The decoys, or that there are none. */
function decoysInWords({ decoyCount }: RunFiles): string {
  return decoyCount === 0
    ? "No decoy genes were hidden among them."
    : `${counted(decoyCount, "decoy gene")} with shuffled values ` +
      `${decoyCount === 1 ? "was" : "were"} hidden at random places among ` +
      `the genes of the image. ${
        decoyCount === 1 ? "It takes" : "They take"
      } ` +
      `part in the training and the explanation, but in no gene set; what ` +
      `${decoyCount === 1 ? "it tells" : "they tell"} is under ` +
      `[How far to believe the set](#how-far-to-believe-the-set).`;
}

/** The samples of each tissue in each part. */
function tissuesInParts(run: RunFiles): string {
  return tissueTable(
    run,
    ["all", ...parts],
    (own) => [
      own.length,
      ...parts.map((part) => own.filter(({ split }) => split === part).length),
    ],
  );
}

/** The samples of each tissue that the folds test. */
function tissuesInFolds(run: RunFiles): string {
  return tissueTable(run, ["all", "tested", "in folds"], (own) => {
    const tested = own.filter(({ split }) => split === "test");
    return [
      own.length,
      tested.length,
      new Set(tested.map(({ fold }) => fold)).size,
    ];
  });
}

/** A row a tissue, with counts of its samples. */
function tissueTable(
  { samples }: RunFiles,
  titles: readonly string[],
  countsOf: (own: RunFiles["samples"]) => number[],
): string {
  const tissues = [...new Set(samples.map(({ tissue }) => tissue))].sort();
  return details(
    `Samples of each tissue (${count(tissues.length)} rows)`,
    table(
      [
        { title: "tissue" },
        ...titles.map((title) => ({ title, align: "right" as const })),
      ],
      tissues.map((tissue) => [
        escapeText(tissue),
        ...countsOf(samples.filter((sample) => sample.tissue === tissue))
          .map(count),
      ]),
    ),
  );
}

/** Whether groups were given, and whether the split keeps them together. */
function groupsInWords({ samples, folds }: RunFiles): string {
  const partsOf = new Map<string, Set<string>>();
  for (const { group, split, fold } of samples) {
    if (group === "") continue;
    const part = folds === undefined ? split : fold;
    partsOf.set(group, (partsOf.get(group) ?? new Set()).add(part));
  }
  if (partsOf.size === 0) {
    return "No groups were given: samples of one study or donor may be in " +
      "several parts, which can make every score look better than it is. A " +
      "sample sheet (`--samples FILE --group COLUMN`) prevents that.";
  }
  const torn = [...partsOf.values()].filter((parts) => parts.size > 1).length;
  const part = folds === undefined ? "part" : "fold";
  return `The samples come from ${counted(partsOf.size, "group")}. ` +
    (torn === 0
      ? `All samples of one group are in the same ${part}.`
      : `${counted(torn, "group")} ${torn === 1 ? "is" : "are"} in more than ` +
        `one ${part}: the scores may look better than they are.`);
}
