/** Text files that are no table of expression. */

import type { FileHead } from "../../input/file_head.ts";
import { headerOf } from "../header_line.ts";
import { csvBeside } from "../rewrite.ts";
import { type ForeignKind, hasEnding } from "./foreign_kind.ts";

const text = ({ text }: FileHead) => text.replace(/^\ufeff/, "").trimStart();

/** Columns that are together only in tables of test results. */
const RESULTS = [
  ["log2FoldChange", "padj"],
  ["log2FoldChange", "pvalue"],
  ["logFC", "FDR"],
  ["logFC", "PValue"],
  ["logFC", "P.Value"],
  ["logFC", "adj.P.Val"],
  ["avg_log2FC", "p_val"],
  ["avg_logFC", "p_val"],
  ["log2(fold_change)", "q_value"],
  ["pval", "qval"],
];

/** The kinds, each with what to give instead. */
export const textFiles: readonly ForeignKind[] = [
  {
    name: "git-lfs",
    title: "a pointer of Git LFS",
    isNot: "not the file that it points to",
    is: (head) => text(head).startsWith("version https://git-lfs.github.com/"),
    remedy: () => "In the folder of the file: git lfs pull",
  },
  {
    name: "html",
    title: "a web page",
    isNot: "not a matrix: a page to log in or an error may have come instead",
    is: (head) => /^<(!doctype html|html|head|body|script)\b/i.test(text(head)),
    remedy: () =>
      "Open it in a browser to see what it says, then download the file again",
  },
  {
    name: "download-error",
    title: "the error message of a download",
    isNot: "not a matrix",
    is: (head) =>
      /^(40[0-9]|50[0-9])\b:? *(not found|forbidden|bad|unauthorized|internal|service|gateway)/i
        .test(text(head)),
    remedy: () =>
      "Download the file again, from the address of the file itself",
  },
  {
    name: "xml",
    title: "an XML file",
    is: (head) => /^<\?xml\b|^<Error>/.test(text(head)),
    remedy: () =>
      "If it is the error message of a download, download the file again; " +
      "else write its table as CSV",
  },
  {
    name: "rtf",
    title: "a rich text document",
    is: (head) => text(head).startsWith("{\\rtf"),
    remedy: () => "Save it as plain text (UTF-8)",
  },
  {
    name: "json",
    title: "a JSON file",
    is: (head) => /^(\{\s*("|\}\s*$)|\[\s*[[{"\d-])/.test(text(head)),
    remedy: () => "Write the matrix as CSV, with a header and a row per sample",
  },
  {
    name: "series-matrix",
    title: "a series matrix of GEO",
    is: (head) => /^"?!(Series|Sample|Platform)_/i.test(text(head)),
    remedy: () =>
      "Of RNA-seq it holds the sample sheet only: download the series' " +
      "supplementary file with the counts, FPKM or TPM",
  },
  {
    name: "soft",
    title: "a SOFT file of GEO",
    is: (head) =>
      /^\^(DATABASE|SERIES|PLATFORM|SAMPLE|DATASET)\b/.test(text(head)),
    remedy: () =>
      "Download the series' supplementary file with the counts, FPKM or TPM",
  },
  {
    name: "feature-counts-summary",
    title: "the summary of featureCounts",
    isNot: "not its table of genes",
    is: (head) =>
      headerOf(head)?.cells[0] === "Status" && /\nAssigned\t/.test(head.text),
    remedy: () => "Give the file beside it, of the same name without .summary",
  },
  {
    name: "gmt",
    title: "a GMT file of gene sets",
    isNot: "not a matrix",
    is: (head) =>
      hasEnding(head, ".gmt") && (headerOf(head)?.cells.length ?? 0) > 2,
    remedy: () =>
      "Give the matrix of expression with --input, and gene sets to compare " +
      "with --clusters.sets",
  },
  {
    name: "test-results",
    title: "a table of test results (fold changes and p-values)",
    isNot: "not of the expression of samples",
    is: (head) => {
      const cells = headerOf(head)?.cells ?? [];
      return RESULTS.some((columns) =>
        columns.every((column) => cells.includes(column))
      );
    },
    remedy: (path) =>
      "Give the matrix that was tested, for example of DESeq2: " +
      `write.csv(counts(dds, normalized = TRUE), ${
        JSON.stringify(csvBeside(path))
      })`,
  },
];
