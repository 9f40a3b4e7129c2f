/** Files of spreadsheets, R, Python and other programs. */

import type { FileHead } from "../../input/file_head.ts";
import { byPython, byR, csvBeside, spreadsheetToCsv } from "../rewrite.ts";
import { type ForeignKind, hasEnding, startsWith } from "./foreign_kind.ts";

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const BZIP2 = "BZh";
const XZ = [0xfd, 0x37, 0x7a, 0x58, 0x5a];

const latin1 = new TextDecoder("latin1");

/** Whether a file is a zip archive that begins with files of such names. */
function isZipOf(head: FileHead, names: RegExp): boolean {
  return startsWith(head, ZIP) && names.test(latin1.decode(head.bytes));
}

/** Whether R saved it, with the compression that is seen from outside. */
function isCompressedBy(head: FileHead, ...endings: string[]): boolean {
  return (startsWith(head, BZIP2) || startsWith(head, XZ)) &&
    hasEnding(head, ...endings);
}

/** Of R's objects: the first assay of those that have some, else themselves. */
const toMatrix = "if (isS4(x)) SummarizedExperiment::assay(x) else x";

/** The kinds, each with the command that writes its matrix as CSV. */
export const binaryFiles: readonly ForeignKind[] = [
  {
    name: "xlsx",
    title: "an Excel workbook",
    is: (head) =>
      isZipOf(head, /xl\/(workbook|worksheets|_rels|styles|theme)/) ||
      (startsWith(head, ZIP) && hasEnding(head, ".xlsx", ".xlsm", ".xlsb")),
    remedy: (path) => spreadsheetToCsv(path),
  },
  {
    name: "xls",
    title: "an old Excel workbook or another document of Office",
    is: (head) => startsWith(head, OLE),
    remedy: (path) => spreadsheetToCsv(path, "xlrd"),
  },
  {
    name: "ods",
    title: "a spreadsheet of LibreOffice",
    is: (head) =>
      isZipOf(head, /mimetypeapplication\/vnd\.oasis\.opendocument/) ||
      (startsWith(head, ZIP) && hasEnding(head, ".ods")),
    remedy: (path) => spreadsheetToCsv(path, "odfpy"),
  },
  {
    name: "office",
    title: "a text document of Office",
    is: (head) => isZipOf(head, /word\/document|\[Content_Types\]\.xml/),
    remedy: () => "Save the table in it as CSV",
  },
  {
    name: "npz",
    title: "an archive of NumPy arrays",
    is: (head) => isZipOf(head, /^PK[^]{28}[^\0]{1,80}\.npy/),
    remedy: () =>
      "It has no names of genes and samples beside the numbers: write the " +
      "matrix with both as CSV or h5ad",
  },
  {
    name: "npy",
    title: "a NumPy array",
    is: (head) => startsWith(head, "\x93NUMPY"),
    remedy: () =>
      "It has no names of genes and samples beside the numbers: write the " +
      "matrix with both as CSV or h5ad",
  },
  {
    name: "rds",
    title: "an object saved by R (RDS)",
    is: (head) =>
      startsWith(head, [0x58, 0x0a, 0, 0, 0]) ||
      startsWith(head, [0x42, 0x0a, null, 0, 0, 0]) ||
      /^A\n[23]\n\d+\n/.test(head.text) ||
      isCompressedBy(head, ".rds"),
    remedy: byR(`x <- readRDS(a[1]); write.csv(${toMatrix}, a[2])`),
  },
  {
    name: "rdata",
    title: "a file of objects saved by R (RData)",
    is: (head) =>
      /^RD[XAB][23]\n/.test(head.text) ||
      isCompressedBy(head, ".rda", ".rdata"),
    remedy: byR(
      `x <- get(load(a[1])[1]); write.csv(${toMatrix}, a[2])`,
    ),
  },
  {
    name: "feather",
    title: "an Arrow or Feather file",
    is: (head) => startsWith(head, "ARROW1") || startsWith(head, "FEA1"),
    remedy: byPython(
      "pandas.read_feather(sys.argv[1]).to_csv(sys.argv[2], index=False)",
    ),
  },
  {
    name: "pickle",
    title: "a pickle of Python",
    is: ({ bytes }) => bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5,
    remedy: (path) =>
      `If it is your own: ${
        byPython("pandas.read_pickle(sys.argv[1]).to_csv(sys.argv[2])")(path)
      }`,
  },
  {
    name: "sqlite",
    title: "an SQLite database",
    is: (head) => startsWith(head, "SQLite format 3\0"),
    remedy: () => "Write the table of expression in it as CSV",
  },
  {
    name: "matlab",
    title: "a MATLAB file",
    is: (head) => startsWith(head, "MATLAB "),
    remedy: (path) =>
      "Write the matrix with its genes and samples as CSV: in MATLAB, " +
      `writetable(T, '${
        csvBeside(path).replaceAll("'", "''")
      }', 'WriteRowNames', true)`,
  },
  {
    name: "spss",
    title: "an SPSS file",
    is: (head) => startsWith(head, "$FL2") || startsWith(head, "$FL3"),
    remedy: byPython(
      "pandas.read_spss(sys.argv[1]).to_csv(sys.argv[2], index=False)",
    ),
  },
  {
    name: "stata",
    title: "a Stata file",
    is: (head) => startsWith(head, "<stata_dta>"),
    remedy: byPython(
      "pandas.read_stata(sys.argv[1]).to_csv(sys.argv[2], index=False)",
    ),
  },
  {
    name: "pdf",
    title: "a PDF document",
    is: (head) => startsWith(head, "%PDF-"),
    remedy: () => "Give the file that the numbers in it come from",
  },
  {
    name: "picture",
    title: "a picture",
    is: (head) =>
      startsWith(head, "\x89PNG") || startsWith(head, [0xff, 0xd8, 0xff]),
    remedy: () => "Give the file that the numbers in it come from",
  },
];
