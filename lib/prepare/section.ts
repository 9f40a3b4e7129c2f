/** The report's section on the data: samples by tissue, split and groups. */

import { code, escapeText, paragraphs } from "../report/markdown.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { fixed } from "../cli/numbers.ts";
import { defineSection } from "../report/section.ts";
import {
  formatFilter,
  formatNormalization,
  formatValues,
  type Preprocessing,
} from "./describe.ts";
import * as files from "./outputs.ts";
import { formatReading } from "./review/describe_reading.ts";
import { formatReviewed, formatReviewVerdict } from "./section/review.ts";
import { type DataRows, readRows } from "./section/rows.ts";
import { formatGroups, formatParts, tissueTable } from "./section/split.ts";

export const prepareSection = defineSection({
  title: "Data",
  read: readRows,
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
      }. ${formatParts(found)}`,
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
