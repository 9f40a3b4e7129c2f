/** Which genes the knockoff filter takes, and how many of them are wrong. */

import { knockoffThreshold } from "../../lib/selection/knockoffs.ts";

/** One tissue's scores; genes and knockoffs are in the same order. */
export interface PairedScores {
  readonly tissue: string;
  readonly genes: Float64Array;
  readonly knockoffs: Float64Array;
}

/** What was planted, by gene column. */
export interface Truth {
  /** The columns planted as higher in each tissue. */
  readonly tissues: ReadonlyMap<string, ReadonlySet<number>>;
  /** Those planted as higher in some tissue. */
  readonly all: ReadonlySet<number>;
  /** Those up in one tissue, and more than twice as high there. */
  readonly strong: ReadonlySet<number>;
  /** Those lower in one tissue, and so a little higher in each other one. */
  readonly down: ReadonlySet<number>;
}

/** The genes that are listed at one rate. */
export interface Lists {
  readonly tissues: readonly {
    readonly tissue: string;
    readonly genes: readonly number[];
  }[];
  /** One list of the genes that are higher in any tissue. */
  readonly union: readonly number[];
}

/** How many genes of a list are wrong. */
export interface Found {
  readonly listed: number;
  /** Not planted as higher. */
  readonly wrong: number;
  /** Those of the wrong ones that are lower in another tissue. */
  readonly down: number;
}

/** What one statistic finds at one rate. */
export interface Outcome {
  /** Each tissue's list. */
  readonly tissues: readonly Found[];
  /** True pairs of gene and tissue, of all that were planted. */
  readonly recall: number;
  /** Genes up in one tissue, more than twice as high, in its list. */
  readonly strong: number;
  /** The genes of all lists together. */
  readonly set: Found;
  readonly union: Found;
}

/** The genes that pass the filter. */
function passing(differences: Float64Array, rate: number): number[] {
  const threshold = knockoffThreshold(differences, rate);
  return threshold === null
    ? []
    : [...differences.keys()].filter((gene) => differences[gene] >= threshold);
}

/** Selects at one rate in each tissue, and from the best scores of all. */
export function select(
  scores: readonly PairedScores[],
  rate: number,
): Lists {
  return {
    tissues: scores.map(({ tissue, genes, knockoffs }) => ({
      tissue,
      genes: passing(difference(genes, knockoffs), rate),
    })),
    union: passing(
      difference(
        largest(scores.map(({ genes }) => genes)),
        largest(scores.map(({ knockoffs }) => knockoffs)),
      ),
      rate,
    ),
  };
}

/** Compares lists with what was planted. */
export function judge({ tissues, union }: Lists, truth: Truth): Outcome {
  const ownOf = (tissue: string) => truth.tissues.get(tissue)!;
  const found = tissues.flatMap(({ tissue, genes }) =>
    genes.filter((gene) => ownOf(tissue).has(gene))
  );
  const planted = [...truth.tissues.values()]
    .reduce((sum, { size }) => sum + size, 0);
  const count = (
    listed: readonly number[],
    own: ReadonlySet<number>,
  ): Found => {
    const wrong = listed.filter((gene) => !own.has(gene));
    return {
      listed: listed.length,
      wrong: wrong.length,
      down: wrong.filter((gene) => truth.down.has(gene)).length,
    };
  };
  return {
    tissues: tissues.map(({ tissue, genes }) => count(genes, ownOf(tissue))),
    recall: found.length / planted,
    strong: found.filter((gene) => truth.strong.has(gene)).length,
    set: count(
      [...new Set(tissues.flatMap(({ genes }) => genes))],
      truth.all,
    ),
    union: count(union, truth.all),
  };
}

function difference(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, index) => value - second[index]);
}

function largest(all: readonly Float64Array[]): Float64Array {
  return all[0].map((_, gene) => Math.max(...all.map((own) => own[gene])));
}
