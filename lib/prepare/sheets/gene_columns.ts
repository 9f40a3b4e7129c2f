/** Which columns of a table have genes' ids, names and descriptions. */

import { plainTitle } from "../arrange/usual_names.ts";

/** What such columns are called, letters and digits only, the surest first. */
const IDS = [
  "geneid",
  "gene",
  "genes",
  "geneids",
  "id",
  "ids",
  "ensemblgeneid",
  "genestableid",
  "genestableidversion",
  "ensembl",
  "ensemblid",
  "ensg",
  "locus",
  "locustag",
  "feature",
  "featureid",
];
const SYMBOLS = [
  "symbol",
  "genesymbol",
  "hugosymbol",
  "hgncsymbol",
  "externalgenename",
  "genename",
  "genenames",
];
const NAMES = ["name", ...SYMBOLS, "gene"];
const DESCRIPTIONS = [
  "description",
  "genedescription",
  "product",
  "desc",
  "function",
  "fullname",
];

/** The columns called as columns of gene ids are, the surest first. */
export function idColumns(header: readonly string[]): number[] {
  return called(IDS, header);
}

/** Those, then the columns called as columns of symbols are. */
export function geneColumns(header: readonly string[]): number[] {
  return called([...IDS, ...SYMBOLS], header);
}

/** The column of genes' names besides the ids, if there is one. */
export function nameColumn(
  header: readonly string[],
  idColumn: number,
): number | undefined {
  return called(NAMES, header).find((column) => column !== idColumn);
}

/** The column of descriptions, if there is one. */
export function descriptionColumn(
  header: readonly string[],
  idColumn: number,
): number | undefined {
  return called(DESCRIPTIONS, header).find((column) => column !== idColumn);
}

function called(names: readonly string[], header: readonly string[]): number[] {
  const plain = header.map(plainTitle);
  return names.flatMap((name) =>
    [...plain.keys()].filter((column) => plain[column] === name)
  );
}
