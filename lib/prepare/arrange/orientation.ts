/** Finds out which side of a matrix the genes are on, and says why. */

import { rerun } from "../../cli/errors.ts";
import { escapeControls, quote, withCommas } from "../../cli/text.ts";
import type { Annotation, RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { unreadable } from "../input/unreadable.ts";
import { type IdLook, isGeneId, lookAt } from "./id_patterns.ts";
import { isGeneFact, tissueRank, titleSide } from "./usual_names.ts";
import type { ArrangeChoices } from "./reading.ts";
import { countWords, isGrouping } from "./words.ts";

type Side = "rows" | "columns";

/** Where the genes are, and why. */
export interface Orientation {
  readonly genesIn: Side;
  /** `because its ids match the sample sheet`. */
  readonly reason: string;
}

/** The least difference between the shares of two sides that decides. */
const CLEAR = 0.4;
/** So many more ids on one side decide if nothing else does. */
const MANY_TIMES = 3;
/** So many known names of genes on one side decide. */
const KNOWN_GENES = 3;

const other = (side: Side): Side => side === "rows" ? "columns" : "rows";

/**
 * Finds out which side of a matrix the genes are on. These decide in turn: the
 * flag, the format, the sample sheet, the side that the label is on, a column
 * or row of tissues, ids that only genes or only samples have, the name above
 * the ids, words that repeat, names of genes, the shape. The ids count more
 * than the name above them, because that often stays behind when a table is
 * turned.
 *
 * @throws {InputError} If the sheet contradicts the flag or the format.
 */
export function findOrientation(
  raw: RawMatrix,
  { input, orient, label }: Pick<ArrangeChoices, "input" | "orient" | "label">,
  sheet?: MatchedSheet,
): Orientation {
  const found = fromFlag(orient) ?? fromFormat(raw);
  if (found !== undefined) {
    if (sheet?.matched.includes(true) && sheet.samplesIn === found.genesIn) {
      refuseContradiction(input, found, sheet, orient);
    }
    return found;
  }
  return fromSheet(sheet) ?? fromLabel(raw, label) ?? fromTissues(raw) ??
    fromIds(raw) ?? fromTitle(raw) ?? fromGrouping(raw) ?? fromSymbols(raw) ??
    fromShape(raw);
}

function fromFlag(orient: ArrangeChoices["orient"]): Orientation | undefined {
  if (orient === "auto") return undefined;
  return {
    genesIn: orient === "genes-in-rows" ? "rows" : "columns",
    reason: `because of --orient ${orient}`,
  };
}

function fromFormat({ genesIn, format }: RawMatrix): Orientation | undefined {
  if (genesIn === undefined) return undefined;
  return { genesIn, reason: `because ${format} has them there` };
}

function refuseContradiction(
  path: string,
  { genesIn, reason }: Orientation,
  sheet: MatchedSheet,
  orient: ArrangeChoices["orient"],
): never {
  const remedy = rerun("prepare", {
    orient: orient !== "auto"
      ? "auto"
      : genesIn === "rows"
      ? "samples-in-rows"
      : "genes-in-rows",
  });
  throw unreadable(
    path,
    `the genes should be in ${genesIn} ${reason}, but the ids of the ` +
      `${genesIn} are those of the samples in ${escapeControls(sheet.path)}`,
    remedy,
  );
}

function fromSheet(sheet?: MatchedSheet): Orientation | undefined {
  if (!sheet?.matched.includes(true)) return undefined;
  return {
    genesIn: other(sheet.samplesIn),
    reason: `because the ids of the ${sheet.samplesIn} match the sample sheet`,
  };
}

/** Where one side has it and the other has not, samples are on that side. */
function samplesWhere(
  raw: RawMatrix,
  fits: (annotation: Annotation) => boolean,
  say: (name: string, noun: "column" | "row") => string,
): Orientation | undefined {
  const onRows = raw.rows.annotations.find(fits);
  const onColumns = raw.columns.annotations.find(fits);
  if ((onRows === undefined) === (onColumns === undefined)) return undefined;
  const { name } = (onRows ?? onColumns)!;
  return onRows !== undefined
    ? { genesIn: "columns", reason: `because ${say(quote(name), "column")}` }
    : { genesIn: "rows", reason: `because ${say(quote(name), "row")}` };
}

function fromLabel(raw: RawMatrix, label: string): Orientation | undefined {
  return samplesWhere(
    raw,
    ({ name }) => label !== "" && name === label,
    (name, noun) => `--label ${name} is a ${noun}`,
  );
}

function fromTissues(raw: RawMatrix): Orientation | undefined {
  return samplesWhere(
    raw,
    (own) => tissueRank(own.name) < Infinity && isGrouping(countWords(own)),
    (name, noun) => `${noun} ${name} holds words that repeat`,
  );
}

function fromGrouping(raw: RawMatrix): Orientation | undefined {
  return samplesWhere(
    raw,
    (own) => !isGeneFact(own.name) && isGrouping(countWords(own)),
    (name, noun) => `${noun} ${name} holds words that repeat`,
  );
}

/** By ids that only genes or only samples have. */
function fromIds({ rows, columns }: RawMatrix): Orientation | undefined {
  const [ofRows, ofColumns] = [lookAt(rows.ids), lookAt(columns.ids)];
  const weight = (look: IdLook) =>
    look.genes - look.samples + (look.known >= KNOWN_GENES ? 1 : 0);
  const difference = weight(ofRows) - weight(ofColumns);
  if (Math.abs(difference) < CLEAR) return undefined;
  const genesIn = difference > 0 ? "rows" : "columns";
  const look = genesIn === "rows" ? ofRows : ofColumns;
  const genes = genesIn === "rows" ? rows : columns;
  const samples = genesIn === "rows" ? columns : rows;
  const reason = look.genes > 0.5 || look.known >= KNOWN_GENES
    ? `the ids of the ${genesIn} look like genes (${first(genes, isGeneId)})`
    : `the ids of the ${other(genesIn)} look like samples (${first(samples)})`;
  return { genesIn, reason: `because ${reason}` };
}

/** The first id, if possible of that kind. */
function first(
  { ids }: RawAxis,
  fits: (id: string) => boolean = () => false,
): string {
  return quote(ids.find(fits) ?? ids.find((id) => id.trim() !== "") ?? "");
}

function fromTitle({ rows, columns }: RawMatrix): Orientation | undefined {
  const byRows = titleSide(rows.title);
  const byColumns = titleSide(columns.title);
  if (byRows !== undefined && byRows !== byColumns) {
    return {
      genesIn: byRows === "genes" ? "rows" : "columns",
      reason: `because the ids of the rows are called ${quote(rows.title)}`,
    };
  }
  if (byRows !== undefined || byColumns === undefined) return undefined;
  return {
    genesIn: byColumns === "genes" ? "columns" : "rows",
    reason: `because the ids of the columns are called ${quote(columns.title)}`,
  };
}

/** By ids that look like names of genes on one side only. */
function fromSymbols({ rows, columns }: RawMatrix): Orientation | undefined {
  const difference = lookAt(rows.ids).symbols - lookAt(columns.ids).symbols;
  if (Math.abs(difference) < CLEAR) return undefined;
  const genesIn = difference > 0 ? "rows" : "columns";
  const genes = genesIn === "rows" ? rows : columns;
  return {
    genesIn,
    reason: `because the ids of the ${genesIn} look like names of genes (${
      first(genes)
    })`,
  };
}

function fromShape({ rows, columns }: RawMatrix): Orientation {
  const [high, wide] = [rows.ids.length, columns.ids.length];
  const more = high >= MANY_TIMES * wide
    ? "rows"
    : wide >= MANY_TIMES * high
    ? "columns"
    : undefined;
  if (more === undefined) {
    return { genesIn: "columns", reason: "because nothing says otherwise" };
  }
  const least = Math.min(high, wide);
  return {
    genesIn: more,
    reason: `because there are many more ${more} than ${other(more)} (${
      withCommas(Math.max(high, wide))
    } and ${withCommas(least)})`,
  };
}
