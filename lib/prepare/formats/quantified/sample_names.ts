/** The names of samples, made from the names of their files. */

import { plainName } from "../../input/delimiter.ts";

/** What aligners and sorters add to a sample's name. */
const ALIGNED = [
  /\.(bam|sam|cram)$/i,
  /[._-]?Aligned([._-]?sortedByCoord)?([._-]?out)?$/i,
  /[._-]sort(ed)?(ByCoord)?$/i,
];

/** What programs that count add to it. */
const COUNTED = [
  /(^|[._-])(quant\.genes\.sf|quant\.sf|abundance\.tsv)$/i,
  /(^|[._-])(genes|isoforms)\.results$/i,
  /[._-]?ReadsPerGene\.out\.tab$/i,
  /(^|[._-])(rna_seq\.)?augmented_star_gene_counts\.tsv$/i,
  /(^|[._-])gene_abund(ances?)?\.(tab|tsv|txt)$/i,
  /\.(txt|tsv|tab|csv|out|sf)$/i,
  /[._-](counts?|htseq|featurecounts)$/i,
  /[._-](genes?|reads?)[._-]?counts?$/i,
];

/** The last part of a path, whatever separates its parts. */
export function lastPart(path: string): string {
  return path.slice(
    Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1,
  );
}

/** The name of a sample by that of its alignment: `a` of `/d/a.sorted.bam`. */
export function nameOfAlignment(path: string): string {
  return withoutEndings(lastPart(path), ALIGNED);
}

/**
 * The name of a sample by that of its table: `a` of `a.quant.sf.gz`.
 *
 * @returns Nothing (`""`) if the name says only what the file is: `quant.sf`.
 */
export function nameOfTable(file: string): string {
  const plain = file.slice(0, plainName(file).length);
  return withoutEndings(plain, [...COUNTED, ...ALIGNED]);
}

/** The first of several ways to name things that names each differently. */
export function distinctNames<T>(
  things: readonly T[],
  ...ways: ((thing: T) => string)[]
): string[] | undefined {
  for (const way of ways) {
    const names = things.map(way);
    if (new Set(names).size === names.length && !names.includes("")) {
      return names;
    }
  }
}

function withoutEndings(name: string, endings: readonly RegExp[]): string {
  let before;
  do {
    before = name;
    for (const ending of endings) name = name.replace(ending, "");
  } while (name !== before);
  return name;
}
