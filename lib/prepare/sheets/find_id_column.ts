/** Finds the column of a sample sheet that has the ids of a matrix's samples. */

import { InputError } from "../../cli/errors.ts";
import { quote, withCommas } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { scanLooseTable } from "../input/loose_table.ts";
import { unreadable } from "../input/unreadable.ts";
import {
  bestColumn,
  type ColumnScore,
  isIdName,
  nameColumns,
  rankName,
} from "./id_columns.ts";
import { IdEvidence, type Side, sides } from "./id_evidence.ts";
import { type IdMatch, matchIds } from "./match_ids.ts";
import {
  refuseAmbiguous,
  refuseBothSides,
  refuseColumn,
  refuseHeaderless,
  refuseStrangers,
  refuseTurned,
  remedyFor,
} from "./sheet_refusals.ts";

/** More columns are a matrix and no sheet. */
const MOST_COLUMNS = 20_000;
/** Where fewer of the ids are in a column, they may be parts of longer ones. */
const ENOUGH = 0.5;

type Ids = Pick<RawMatrix, "rows" | "columns">;

/** How a sample sheet is to be read. */
export interface SheetOptions {
  /** The column of sample ids, if the user named it. */
  readonly sampleColumn?: string;
  /** The side of the matrix that has the samples, if it is known. */
  readonly sampleSide?: Side;
}

/** A column of ids, and which of them the matrix has. */
export interface IdColumn {
  /** What the sheet's columns are called. */
  readonly names: readonly string[];
  readonly column: number;
  readonly side: Side;
  readonly match: IdMatch;
}

/** A column with its ids matched. */
interface MatchedColumn extends ColumnScore {
  readonly match: IdMatch;
}

/**
 * Finds the column of ids, and the side of the matrix that they are on, by its
 * content.
 *
 * @returns A column with ids of the other side if none has ids of the side that
 * is said to have the samples, and that one has most of them.
 * @throws {InputError} If there is none, if ids of the matrix are like several
 * of the sheet, or if both sides of the matrix have these ids.
 */
export async function findIdColumn(
  path: string,
  raw: Ids,
  options: SheetOptions,
): Promise<IdColumn> {
  const { sampleSide } = options;
  try {
    return await findOnSide(path, raw, options);
  } catch (error) {
    if (sampleSide === undefined || !(error instanceof InputError)) throw error;
    const side = sampleSide === "rows" ? "columns" : "rows";
    const turned = { ...options, sampleSide: side } as const;
    const other = await findOnSide(path, raw, turned).catch(() => undefined);
    const ids = new Set(raw[side].ids).size;
    if (other === undefined || other.match.partners.size <= ENOUGH * ids) {
      throw error;
    }
    return other;
  }
}

async function findOnSide(
  path: string,
  raw: Ids,
  { sampleColumn, sampleSide }: SheetOptions,
): Promise<IdColumn> {
  const evidence = await collect(path, new IdEvidence(raw, sampleSide, false));
  if (evidence.rows === 0) {
    throw unreadable(path, "it has no row below its header");
  }
  const names = nameColumns(evidence.columns);
  const allowed = allowedColumns(path, names, sampleColumn);
  const whole = matchBest(raw, evidence, names, allowed);
  const found = whole !== undefined && whole.share > ENOUGH
    ? whole
    : await searchParts(path, raw, evidence, { whole, allowed, sampleColumn });
  const { column, side, match } = found;
  const header = evidence.columns[column];
  if (evidence.isId(side, header)) {
    throw refuseHeaderless(path, evidence.columns, header);
  }
  if (match.ambiguous.length > 0) {
    throw refuseAmbiguous(
      path,
      names[column],
      { side, isSure: sampleSide !== undefined },
      match.ambiguous,
      remedyFor(undefined),
    );
  }
  if (sampleSide === undefined && areOnBothSides(evidence, column)) {
    throw refuseBothSides(path, names[column]);
  }
  return { names, column, side, match };
}

/** Whether the header has most of the ids of a side. */
function isTurned(evidence: IdEvidence): boolean {
  return sides.some((side) => {
    const ids = evidence.columns.filter((name) => evidence.isId(side, name));
    return ids.length > Math.max(1, ENOUGH * evidence.count(side));
  });
}

/** Whether both sides of the matrix have the same share of a column's ids. */
function areOnBothSides(evidence: IdEvidence, column: number): boolean {
  const [rows, columns] = sides.map((side) => {
    const { equal, alike } = evidence.found[column][side];
    return { equal: equal.size, alike: alike.size, all: evidence.count(side) };
  });
  return rows.alike > 0 && rows.alike === columns.alike &&
    rows.equal === columns.equal && rows.all === columns.all;
}

/**
 * Finds the column with parts of the ids, or ids as parts of it.
 *
 * @returns That column, or `whole` if it has more of the ids.
 */
async function searchParts(
  path: string,
  raw: Ids,
  evidence: IdEvidence,
  { whole, allowed, sampleColumn }: {
    readonly whole: MatchedColumn | undefined;
    readonly allowed: readonly number[];
    readonly sampleColumn: string | undefined;
  },
): Promise<MatchedColumn> {
  const names = nameColumns(evidence.columns);
  const parts = await collect(path, new IdEvidence(raw, evidence.only, true));
  const isTrusted = (name: string) =>
    sampleColumn !== undefined || isIdName(name);
  const matches = matchParts(raw, parts, names, allowed, isTrusted);
  const within = bestColumn(matches);
  if (within && within.alike > (whole?.match.partners.size ?? 0)) return within;
  if (whole !== undefined) return whole;
  const other = sampleColumn === undefined
    ? bestColumn(matchParts(raw, parts, names, allowed, () => true))
    : matchBest(raw, evidence, names, [...names.keys()]);
  const unclear = matches.filter(({ match }) => match.ambiguous.length > 0)
    .sort((one, other) => rankName(one.name) - rankName(other.name))[0];
  if (unclear && (isTrusted(unclear.name) || allowed.length === 1)) {
    const { name, side, match } = unclear;
    throw refuseAmbiguous(
      path,
      name,
      { side, isSure: evidence.only !== undefined },
      match.ambiguous,
      remedyFor(other?.name),
    );
  }
  if (isTurned(evidence)) throw refuseTurned(path, evidence.rows);
  const [shown] = [...allowed].sort((one, other) =>
    rankName(names[one]) - rankName(names[other]) || one - other
  );
  throw refuseStrangers(
    path,
    raw,
    evidence.only,
    { name: names[shown], examples: evidence.examples[shown] },
    remedyFor(other?.name),
  );
}

async function collect(
  path: string,
  evidence: IdEvidence,
): Promise<IdEvidence> {
  await scanLooseTable({ path }, {
    header(columns) {
      if (columns.length > MOST_COLUMNS) {
        throw unreadable(
          path,
          `it has ${withCommas(columns.length)} columns and should have at ` +
            `most ${withCommas(MOST_COLUMNS)}`,
          "Give a table with a row a sample, its tissue and its group",
        );
      }
      evidence.header(columns);
    },
    cell: (column, cell) => evidence.cell(column, cell),
    endRow: () => evidence.endRow(),
  });
  return evidence;
}

/** The columns that may have the ids. */
function allowedColumns(
  path: string,
  names: readonly string[],
  wanted: string | undefined,
): number[] {
  const columns = [...names.keys()].filter((column) =>
    wanted === undefined || names[column] === wanted
  );
  if (wanted !== undefined && columns.length === 0) {
    throw refuseColumn(path, wanted, names, "--sample-column");
  }
  if (wanted !== undefined && columns.length > 1) {
    throw unreadable(
      path,
      `${columns.length} of its columns are called ${quote(wanted)}`,
      "Rename those that do not have the sample ids",
    );
  }
  return columns;
}

/** The column with the most ids of the matrix, however written. */
function matchBest(
  raw: Ids,
  evidence: IdEvidence,
  names: readonly string[],
  allowed: readonly number[],
): MatchedColumn | undefined {
  const best = bestColumn(allowed.flatMap((column) =>
    sides.map((side) => {
      const { alike, equal } = evidence.found[column][side];
      const share = alike.size / evidence.count(side);
      const name = names[column];
      return {
        ...{ column, name, side, share },
        ...{ alike: alike.size, equal: equal.size },
      };
    })
  ));
  if (best === undefined) return undefined;
  const texts = evidence.found[best.column][best.side].texts();
  return { ...best, match: matchIds(raw[best.side].ids, texts) };
}

/** Each column, with ids that may be parts of longer ones. */
function matchParts(
  raw: Ids,
  evidence: IdEvidence,
  names: readonly string[],
  allowed: readonly number[],
  isTrusted: (name: string) => boolean,
): MatchedColumn[] {
  return allowed.flatMap((column) =>
    sides.flatMap((side) => {
      const candidates = evidence.found[column][side];
      if (candidates.parts === undefined || candidates.isEmpty) return [];
      const name = names[column];
      const match = matchIds(raw[side].ids, candidates.texts(), {
        affixes: true,
        numbers: isTrusted(name),
      });
      const alike = match.partners.size;
      const share = alike / evidence.count(side);
      const equal = candidates.equal.size;
      return [{ column, name, side, alike, equal, share, match }];
    })
  );
}
