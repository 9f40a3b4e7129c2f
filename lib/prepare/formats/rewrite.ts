/** Commands that write a file again in a way that can be read. */

import { quoteForShell } from "../../cli/shell.ts";

function python(code: string): string {
  return `python -c ${quoteForShell(code)}`;
}

/** Writes an AnnData file as anndata does now, compressed with gzip. */
export function rewriteAnnData(path: string): string {
  return python(
    `import anndata; anndata.read_h5ad(${JSON.stringify(path)})` +
      '.write_h5ad("rewritten.h5ad", compression="gzip")',
  );
}

/** Writes a Parquet file with pandas's own compression. */
export function rewriteParquet(path: string): string {
  return python(
    `import pandas; pandas.read_parquet(${JSON.stringify(path)})` +
      '.to_parquet("rewritten.parquet", compression="snappy")',
  );
}
