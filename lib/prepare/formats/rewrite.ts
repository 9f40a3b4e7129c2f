/** Commands that write a file again in a way that can be read. */

import { quoteForShell } from "../../cli/shell.ts";

/** A file's ending, and that of its compression. */
const ENDING = /(?<=[^/])\.[A-Za-z0-9]{1,9}$/;
const PACKED = /(?<=[^/])\.(gz|bz2|xz|zst)$/i;

/**
 * The path of a new file beside a file: `counts.xlsx` becomes
 * `counts.table.csv`. It is never the file itself, which may be called CSV
 * whatever it holds, and hardly another one of the user's.
 */
function pathBeside(path: string, ending: string): string {
  const plain = path.replace(PACKED, "").replace(ENDING, "");
  let beside = `${plain}${ending}`;
  // Some file systems do not tell large letters from small ones.
  if (beside.toLowerCase() === path.toLowerCase()) {
    beside = `${plain}.new${ending}`;
  }
  return beside;
}

/** The path of a new CSV file beside a file. */
export function csvBeside(path: string): string {
  return pathBeside(path, ".table.csv");
}

/** A command that writes a file as CSV beside it, by Python. */
export function byPython(expression: string, modules = "pandas") {
  return (path: string) =>
    `python3 -c 'import sys, ${modules}; ${expression}' ${
      quoteForShell(path)
    } ${quoteForShell(csvBeside(path))}`;
}

/** A command that writes a file as CSV beside it, by R. */
export function byR(expression: string) {
  return (path: string) =>
    `Rscript -e 'a <- commandArgs(TRUE); ${expression}' ${
      quoteForShell(path)
    } ${quoteForShell(csvBeside(path))}`;
}

const readExcel = byPython(
  "pandas.read_excel(sys.argv[1], index_col=0).to_csv(sys.argv[2])",
);

/**
 * How a spreadsheet becomes CSV.
 *
 * @param engine The package that pandas reads it with.
 */
export function spreadsheetToCsv(path: string, engine = "openpyxl"): string {
  return "Save it as CSV (UTF-8) in the spreadsheet program, with one table " +
    "from its first cell, or (after pip install pandas " +
    `${engine}) run: ${readExcel(path)}`;
}

function python(code: string): string {
  return `python -c ${quoteForShell(code)}`;
}

/** Writes an AnnData file as anndata does now, compressed with gzip. */
export function rewriteAnnData(path: string): string {
  const target = JSON.stringify(pathBeside(path, ".rewritten.h5ad"));
  return python(
    `import anndata; anndata.read_h5ad(${JSON.stringify(path)})` +
      `.write_h5ad(${target}, compression="gzip")`,
  );
}

/** Writes a Parquet file with pandas's own compression. */
export function rewriteParquet(path: string): string {
  const target = JSON.stringify(pathBeside(path, ".rewritten.parquet"));
  return python(
    `import pandas; pandas.read_parquet(${JSON.stringify(path)})` +
      `.to_parquet(${target}, compression="snappy")`,
  );
}
