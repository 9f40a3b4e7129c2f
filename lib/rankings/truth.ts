/** The genes that are known to belong to each tissue. */

import { InputError, rerun } from "../cli/errors.ts";
import {
  byCodeUnit,
  countOf,
  escapeControls,
  quote,
  truncateText,
  withCommas,
} from "../cli/text.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import {
  type GeneMatch,
  matchGenes,
  namedGenes,
} from "../prepare/match_genes.ts";

/** A gene of a tissue. */
export interface KnownGene {
  readonly gene: string;
  readonly tissue: string;
}

/** The known genes, as far as the matrix has them. */
export interface Truth {
  /**
   * The tissues that both sides have, in the order of the matrix's classes,
   * each with at least one of its genes in the matrix.
   */
  readonly tissues: readonly TissueTruth[];
  /** Different genes and tissues that are given. */
  readonly given: number;
  /** Of them, in the tissues that are compared and in the matrix. */
  readonly used: number;
  /** How names were matched; null where the known genes are given by id. */
  readonly names: MatchedNames | null;
  /** Different genes that the input lacks. */
  readonly genesNotInMatrix: readonly string[];
  /** Different genes that were filtered out as not expressed. */
  readonly genesFiltered: readonly string[];
  /** Tissues with known genes that the matrix lacks. */
  readonly tissuesNotInMatrix: readonly string[];
  /** Tissues of the matrix without a known gene in it. */
  readonly tissuesWithoutTruth: readonly string[];
}

/** Known genes that are given by name. */
export interface MatchedNames {
  /** How many different genes are given. */
  readonly given: number;
  /** How many of them are genes of the input. */
  readonly matched: number;
  /** One of them: as it is given, and its id. */
  readonly example: readonly [string, string];
  /** Names of several genes, which are left out. */
  readonly ambiguous: readonly string[];
}

/** A tissue's known genes. */
export interface TissueTruth {
  readonly tissue: string;
  /** Different genes that are given. */
  readonly given: number;
  /** Columns of those that are in the matrix. */
  readonly columns: ReadonlySet<number>;
}

/** Names that a message shows of each side. */
const SHOWN = 3;
/** Characters shown of a longer name. */
const LONGEST = 40;

/**
 * Finds the known genes in the matrix, by their ids or by their names as
 * `matchGenes` does. Only ids and names that are the same to the letter count.
 *
 * @param filtered Genes of the input that were left out of the matrix.
 * @param source Where they come from, for messages.
 * @throws {InputError} If no tissue or no gene is the same on both sides.
 */
export function matchTruth(
  known: readonly KnownGene[],
  dataset: Pick<Dataset, "genes" | "geneFacts" | "tissueNames">,
  filtered: readonly NamedGene[],
  source: string,
): Truth {
  const { genes, tissueNames } = dataset;
  const all = new Set(known.map(({ gene }) => gene));
  const match = matchGenes(all, namedGenes(dataset), filtered);
  const columnOfId = new Map(genes.map((gene, column) => [gene, column]));
  const columnOf = (given: string) =>
    columnOfId.get(match.idOf.get(given) ?? "");
  const left = new Set(filtered.map(({ gene }) => gene));
  const isFiltered = (given: string) => left.has(match.idOf.get(given) ?? "");
  const ambiguous = new Set(match.ambiguous);
  const genesOf = new Map(
    [...Map.groupBy(known, ({ tissue }) => tissue)].map(([tissue, rows]) =>
      [tissue, new Set(rows.map(({ gene }) => gene))] as const
    ),
  );
  // Sorted, so that no message depends on the order of the file.
  const absent = [...all].filter((gene) => columnOf(gene) === undefined)
    .sort(byCodeUnit);
  const silent = absent.filter(isFiltered);
  if (absent.length === all.size) {
    throw silent.length > 0
      ? filteredOut(silent, all.size, source)
      : differs("genes", source, [...all], genes);
  }
  if (!tissueNames.some((tissue) => genesOf.has(tissue))) {
    throw differs("tissues", source, [...genesOf.keys()], tissueNames);
  }
  const tissues = tissueNames.flatMap((tissue): TissueTruth[] => {
    const given = genesOf.get(tissue) ?? new Set();
    const columns = new Set([...given].flatMap((gene) => columnOf(gene) ?? []));
    return columns.size === 0 ? [] : [{ tissue, given: given.size, columns }];
  });
  if (tissues.length === 0) {
    const shared = tissueNames.filter((tissue) => genesOf.has(tissue));
    throw differs(
      "genes",
      source,
      shared.flatMap((tissue) => [...genesOf.get(tissue)!]),
      genes,
    );
  }
  const compared = new Set(tissues.map(({ tissue }) => tissue));
  return {
    tissues,
    given: [...genesOf.values()].reduce((sum, { size }) => sum + size, 0),
    used: tissues.reduce((sum, { columns }) => sum + columns.size, 0),
    names: match.byName ? describeNames(all, match) : null,
    genesNotInMatrix: absent.filter((gene) =>
      !isFiltered(gene) && !ambiguous.has(gene)
    ),
    genesFiltered: silent,
    tissuesNotInMatrix: [...genesOf.keys()]
      .filter((tissue) => !tissueNames.includes(tissue)).sort(byCodeUnit),
    tissuesWithoutTruth: tissueNames
      .filter((tissue) => !compared.has(tissue)),
  };
}

/** What was left out, for the user: a line each, none if nothing was. */
export function describeMismatch(truth: Truth, source: string): string[] {
  const line = (names: readonly string[], noun: string, rest: string) =>
    names.length === 0
      ? []
      : [`${countOf(names.length, noun)} ${rest} (${examples(names)})`];
  const { names } = truth;
  return [
    ...names === null ? [] : [
      `the known genes of ${source} are matched by name: ` +
      `${withCommas(names.matched)} of ${countOf(names.given, "gene")} ` +
      `matched (${names.example.map(quote).join(" = ")})`,
    ],
    ...line(
      names?.ambiguous ?? [],
      "name",
      `of ${source} left out, for several genes of the matrix have it`,
    ),
    ...line(
      truth.genesNotInMatrix,
      "known gene",
      `of ${source} not in the matrix and left out`,
    ),
    ...line(
      truth.genesFiltered,
      "known gene",
      `of ${source} left out because too few samples express it`,
    ),
    ...line(
      truth.tissuesNotInMatrix,
      "tissue",
      `of ${source} not in the matrix and left out`,
    ),
    ...line(
      truth.tissuesWithoutTruth,
      "tissue",
      `of the matrix without known genes in ${source} and not compared`,
    ),
  ];
}

function describeNames(
  given: ReadonlySet<string>,
  { idOf, ambiguous }: GeneMatch,
): MatchedNames {
  const [first] = [...idOf].filter(([given, id]) => given !== id)
    .sort(([a], [b]) => byCodeUnit(a, b));
  return { given: given.size, matched: idOf.size, example: first, ambiguous };
}

/** Ids that the input has, but too few samples express. */
function filteredOut(
  left: readonly string[],
  known: number,
  source: string,
): InputError {
  return new InputError(
    `Cannot use the known genes of ${escapeControls(source)}: too few ` +
      `samples express ${withCommas(left.length)} of its ${
        countOf(known, "gene")
      } (${examples(left)})` +
      (left.length < known ? ", the input lacks the others" : "") +
      ", and at least one should be left",
    rerun("prepare", { "min-expression": 0 }),
  );
}

function differs(
  what: "genes" | "tissues",
  source: string,
  given: readonly string[],
  own: readonly string[],
): InputError {
  return new InputError(
    `Cannot use the known genes of ${escapeControls(source)}: none of its ${
      countOf(new Set(given).size, what.slice(0, -1))
    } is in the matrix; they look like ${examples(given)}, and the matrix's ${
      withCommas(own.length)
    } like ${examples(own)}`,
    `Give a file whose ${what} are written as in the matrix, in the columns gene and tissue`,
  );
}

function examples(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN)
    .map((name) => quote(truncateText(name, LONGEST)));
  return shown.join(", ") + (names.length > SHOWN ? ", ..." : "");
}
