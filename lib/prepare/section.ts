/** The report's section on the data: samples by tissue, split and groups. */

import {
  code,
  details,
  escapeText,
  paragraphs,
  table,
} from "../report/markdown.ts";
import { byCodeUnit, countOf, withCommas } from "../cli/text.ts";
import { fixed } from "../cli/numbers.ts";
import { defineSection, type SectionReader } from "../report/section.ts";
import { withFlag } from "../report/commands.ts";
import type { RowOf } from "../store/table.ts";
import {
  formatFilter,
  formatFoldsReason,
  formatNormalization,
  formatValues,
  type Preprocessing,
} from "./describe.ts";
import * as files from "./outputs.ts";
import { formatReading } from "./review/describe_reading.ts";
import { formatReviewed, formatReviewVerdict } from "./section/review.ts";

/** With fewer test samples per tissue the scores are very uncertain. */
const FEW_SAMPLES_PER_TISSUE = 5;

type SampleRow = RowOf<typeof files.samples>;

/** What the data are, with the rows behind it. */
export type DataRows = Awaited<ReturnType<typeof read>>;

export const prepareSection = defineSection({
  title: "Data",
  read,
  summarize: ({ sampleRows: _, foldRows: __, ...numbers }) => numbers,
  warning: (found) =>
    [
      ...found.few_test_samples ? [formatFewSamples(found)] : [],
      ...formatReviewVerdict(found.review),
    ].join(" "),
  details: (found) => [
    `The matrix holds ${countOf(found.samples, "sample")} and ` +
    `${countOf(found.preprocessing.genes_in_matrix, "gene")} of ${
      countOf(found.tissues, "tissue")
    }; ${formatKept(found)}${formatTested(found)}`,
  ],
  write: (found, run) =>
    paragraphs(
      run.facts.simulated
        ? "The data are simulated, not measured. The tissues have planted " +
          "marker genes, so that the genes found can be checked."
        : "",
      `${countOf(found.samples, "sample")} of ${
        countOf(found.tissues, "tissue")
      }, ${countOf(found.genes, "gene")}${
        found.silent_genes === 0
          ? ""
          : `, ${withCommas(found.silent_genes)} of them zero in every sample`
      }. ${found.folds > 1 ? formatFolds(found) : formatSplit(found)}`,
      formatRead(found),
      formatReviewed(found.review),
      formatPreprocessing(found.preprocessing),
      formatDecoys(found, run.record("shap") !== undefined),
      formatGroups(found),
      run.figure(files.samplesPerTissue.file),
      tissueTable(found),
    ),
  citations: ({ folds, preprocessing }) => [
    ...preprocessing.normalization === "tmm"
      ? ["TMM normalization: Robinson and Oshlack, Genome Biology 11 (2010)"]
      : [],
    ...preprocessing.min_expression > 0
      ? [
        "the filter of genes (edgeR): Chen, Lun and Smyth, F1000Research 5 (2016)",
      ]
      : [],
    ...folds > 1
      ? [
        "cross-fitting: Chernozhukov et al., The Econometrics Journal 21 (2018)",
      ]
      : [],
  ],
});

async function read(reader: SectionReader) {
  const sampleRows = await reader.read(files.samples);
  const genes = await reader.read(files.genes);
  const preprocessing = await reader.read(files.preprocessing);
  const input = await reader.read(files.input);
  const review = await reader.read(files.review);
  const foldRows = await reader.has(files.folds)
    ? await reader.read(files.folds)
    : [];
  const decoys = await reader.has(files.decoys)
    ? await reader.read(files.decoys)
    : [];
  const tissues = distinct(sampleRows.map(({ tissue }) => tissue)).length;
  const tested = inPart(sampleRows, "test").length;
  return {
    samples: sampleRows.length,
    genes: genes.length,
    /** Zero in every sample. */
    silent_genes:
      genes.filter(({ n_zero_samples }) => n_zero_samples === sampleRows.length)
        .length,
    /** Those of noise. */
    decoys: decoys.filter(({ kind }) => kind === "noise").length,
    /** The factors that genes and knockoffs share; null without knockoffs. */
    knockoff_factors: await reader.has(files.knockoffs)
      ? (await reader.read(files.knockoffs)).factors
      : null,
    tissues,
    /** Test parts; 1 for a single one. */
    folds: Math.max(1, distinct(foldRows.map(({ fold }) => fold)).length),
    test_samples: tested,
    test_samples_per_tissue: tested / tissues,
    few_test_samples: tested / tissues < FEW_SAMPLES_PER_TISSUE,
    preprocessing,
    input,
    review,
    sampleRows,
    foldRows,
  };
}

/** Says how the file was read, if it is the user's or samples were left out. */
function formatRead({ input }: DataRows): string {
  const said = formatReading(input, escapeText, code);
  return said === "" ? "" : `**How the file was read.** ${said}`;
}

/** Says how many genes are left, if some were filtered out. */
function formatKept({ genes, preprocessing }: DataRows): string {
  return preprocessing.genes_filtered === 0
    ? ""
    : `${withCommas(genes)} of these genes are expressed and used; `;
}

/** Says what the values are taken for, and what was done with them. */
function formatPreprocessing(found: Preprocessing): string {
  const { reference_sample } = found;
  const listed = found.genes_filtered === 0
    ? ""
    : ` (${code(files.filteredGenes.file)} lists them)`;
  return `${formatValues(found)}. They were ${formatNormalization(found)}` +
    (reference_sample === null
      ? "; "
      : `, compared with sample ${escapeText(reference_sample)}; `) +
    `${
      formatFilter(found)
    }${listed}. Normalization and filter use all samples ` +
    `and, of the tissues, only the size of the smallest.`;
}

function formatTested({ test_samples, folds }: DataRows): string {
  const samples = `${countOf(test_samples, "sample")} ${
    test_samples === 1 ? "was" : "were"
  }`;
  return folds > 1
    ? `${samples} tested in ${folds} folds, each by networks that had not ` +
      "seen it."
    : `${samples} held out as the test part.`;
}

function formatFewSamples(found: DataRows): string {
  return `**Few test samples:** the test part has ` +
    `${countOf(found.test_samples, "sample")} for ` +
    `${countOf(found.tissues, "tissue")}, ` +
    `${fixed(found.test_samples_per_tissue, 1)} per tissue on average, so ` +
    "that one sample more or less predicted right changes every score below.";
}

function formatSplit(found: DataRows): string {
  const { sampleRows } = found;
  const [train, validation, test] = files.splits.map((part) =>
    withCommas(inPart(sampleRows, part).length)
  );
  return `The samples were split once: ${train} for training, ${validation} ` +
    `for validation, ${test} for testing${formatReason(found)}. Every later ` +
    `step uses this one split. ${withFlag("--folds 5")} tests every sample, ` +
    "each by networks that have not seen it (cross-fitting).";
}

function formatFolds(found: DataRows): string {
  const range = (part: files.Split) => {
    const rows = inPart(found.foldRows, part);
    const counts = Array.from(
      { length: found.folds },
      (_, index) => rows.filter(({ fold }) => fold === index + 1).length,
    );
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    return least === most
      ? withCommas(least)
      : `${withCommas(least)} to ${withCommas(most)}`;
  };
  const never = found.samples - found.test_samples;
  return `The samples were divided into ${found.folds} folds ` +
    `(cross-fitting${
      formatReason(found)
    }): each fold tests its own samples by networks trained ` +
    "on the others, so that every tested sample is predicted and explained " +
    `by networks that have not seen it. In a fold ${range("train")} samples ` +
    `train, ${range("validation")} validate and ${range("test")} test; in ` +
    `total ${withCommas(found.test_samples)} are tested` +
    (never === 0 ? "." : ` and ${withCommas(never)} never are.`);
}

/** Why there are so many test parts, if `--folds auto` decided it. */
function formatReason({ preprocessing, folds }: DataRows): string {
  const reason = formatFoldsReason(preprocessing, folds, escapeText);
  return reason === "" ? "" : `; ${code("--folds auto")} chose ${reason}`;
}

function formatDecoys(
  { decoys, knockoff_factors: factors }: DataRows,
  isExplained: boolean,
): string {
  if (factors !== null) {
    return "Every gene has a knockoff at a random position of the image: its " +
      `mean, its part in ${countOf(factors, "factor")} that all genes share, ` +
      "and new noise. Test samples, without their tissues, have a share in " +
      "the factors. Knockoffs take part in the training and the " +
      "explanation, but in no gene set.";
  }
  if (decoys === 0) return "No decoy genes were added.";
  const one = decoys === 1;
  return `${countOf(decoys, "decoy gene")} of shuffled noise ` +
    `${one ? "was" : "were"} hidden at random positions among the genes of ` +
    `the image. ${one ? "It takes" : "They take"} part in the training and ` +
    "the explanation, but in no gene set" +
    (isExplained
      ? `; what ${one ? "it shows" : "they show"} is under ` +
        "[Robustness of the gene set](#robustness-of-the-gene-set)."
      : ".");
}

/** Says whether groups were given, and whether the split keeps them whole. */
function formatGroups({ sampleRows, folds }: DataRows): string {
  const partsOf = new Map<string, Set<unknown>>();
  for (const { group, split, fold } of sampleRows) {
    if (group === "") continue;
    const parts = partsOf.get(group) ?? new Set();
    partsOf.set(group, parts.add(folds > 1 ? fold : split));
  }
  if (partsOf.size === 0) {
    return "No groups were given: samples of one study or donor may be in " +
      "several parts, which can make every score look better than it is. A " +
      "sample sheet (`--samples FILE --group COLUMN`) prevents that.";
  }
  const divided = [...partsOf.values()].filter(({ size }) => size > 1).length;
  const part = folds > 1 ? "fold" : "part";
  return `The samples come from ${countOf(partsOf.size, "group")}. ` +
    (divided === 0
      ? `All samples of one group are in the same ${part}.`
      : `${countOf(divided, "group")} ${divided === 1 ? "is" : "are"} in ` +
        `more than one ${part}: the scores may look better than they are.`);
}

/** A row per tissue: its samples, and those in each part or tested in folds. */
function tissueTable({ sampleRows, folds }: DataRows): string {
  const tissues = [...Map.groupBy(sampleRows, ({ tissue }) => tissue)]
    .sort(([first], [second]) => byCodeUnit(first, second));
  const titles = folds > 1 ? ["tested", "in folds"] : files.splits;
  const counts = (own: readonly SampleRow[]) => {
    if (folds === 1) {
      return files.splits.map((part) => inPart(own, part).length);
    }
    const tested = inPart(own, "test");
    return [tested.length, distinct(tested.map(({ fold }) => fold)).length];
  };
  return details(
    `Samples of each tissue (${withCommas(tissues.length)} rows)`,
    table(
      [
        { title: "tissue" },
        ...["all", ...titles].map((title) => ({
          title,
          align: "right" as const,
        })),
      ],
      tissues.map(([tissue, own]) => [
        escapeText(tissue),
        ...[own.length, ...counts(own)].map(withCommas),
      ]),
    ),
  );
}

function inPart<Row extends { readonly split: files.Split }>(
  rows: readonly Row[],
  part: files.Split,
): Row[] {
  return rows.filter(({ split }) => split === part);
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
