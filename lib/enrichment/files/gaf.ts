/** Reads gene annotations in the format GAF 2. */

import { quote, withCommas } from "../../cli/text.ts";
import { readLines, unusable } from "./text_lines.ts";

/** Fields that every row must have; those behind them are not read. */
const FEWEST_FIELDS = 9;
/** Fields as far as the synonyms. */
const READ_FIELDS = 11;
const MOST_ANNOTATIONS = 100_000_000;
const REMEDY = "Give a file in the format GAF 2 (gene association file)";

/** The namespaces of GO by the letter of a row's aspect. */
const ASPECTS: Readonly<Record<string, string>> = {
  P: "biological_process",
  F: "molecular_function",
  C: "cellular_component",
};

/** A gene or gene product of a file, under all that it is called. */
export interface AnnotatedObject {
  readonly id: string;
  readonly symbol: string;
  readonly synonyms: readonly string[];
  /** The terms that it is annotated to, as the file has them. */
  readonly terms: Set<string>;
}

/** The annotations of a file. */
export interface Gaf {
  readonly objects: readonly AnnotatedObject[];
  /** The namespace of each term that a row's aspect names. */
  readonly namespaceOf: ReadonlyMap<string, string>;
  /** Rows below the comments. */
  readonly rows: number;
  /** Rows with the qualifier NOT, left out. */
  readonly negated: number;
  /** Rows with the evidence ND (no data), left out. */
  readonly withoutData: number;
}

/**
 * Reads a GAF file 2.0 to 2.2, plain or gzipped: of each row the columns 2, 3
 * and 11 (the gene's id, symbol and synonyms), 4 (qualifiers), 5 (the term), 7
 * (evidence) and 9 (aspect). Rows that say that a gene does NOT belong to a
 * term, or that nothing is known (ND), are left out.
 *
 * @throws {InputError} If it cannot be read, a row is no such row (its line is
 * named), or no annotation is left.
 */
export async function readGaf(path: string): Promise<Gaf> {
  const objects = new Map<string, AnnotatedObject>();
  const namespaceOf = new Map<string, string>();
  let [rows, negated, withoutData, annotations] = [0, 0, 0, 0];
  for await (const { first, lines } of readLines(path)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index];
      if (text === "" || text[0] === "!") {
        checkVersion(path, text);
        continue;
      }
      const fields = text.split("\t", READ_FIELDS);
      const [, id = "", symbol = "", qualifiers = "", term = ""] = fields;
      if (fields.length < FEWEST_FIELDS || id === "" || !isTerm(term)) {
        // A header that does not begin with an exclamation mark.
        if (rows === 0 && /go.?id|term/i.test(term)) continue;
        throw unusable(
          path,
          `line ${withCommas(first + index)} ${
            describeFault(text, fields.length, id, term)
          }`,
          REMEDY,
        );
      }
      rows++;
      if (/(^|\|)NOT(\||$)/i.test(qualifiers)) {
        negated++;
        continue;
      }
      if (fields[6] === "ND") {
        withoutData++;
        continue;
      }
      const namespace = ASPECTS[fields[8]];
      if (namespace !== undefined) namespaceOf.set(term, namespace);
      let object = objects.get(id);
      if (object === undefined) {
        const synonyms = (fields[10] ?? "").split("|").filter(Boolean);
        object = { id, symbol, synonyms, terms: new Set() };
        objects.set(id, object);
      }
      object.terms.add(term);
      if (++annotations > MOST_ANNOTATIONS) {
        throw unusable(
          path,
          `it has more than ${withCommas(MOST_ANNOTATIONS)} annotations`,
          "Take the part of it that annotates your species",
        );
      }
    }
  }
  if (objects.size === 0) {
    throw unusable(
      path,
      rows === 0
        ? "it has no row"
        : `none of its ${
          withCommas(rows)
        } rows annotates a gene (all are NOT or ND)`,
      REMEDY,
    );
  }
  return {
    objects: [...objects.values()],
    namespaceOf,
    rows,
    negated,
    withoutData,
  };
}

function isTerm(text: string): boolean {
  return /^\w+:\S+$/.test(text);
}

/** Refuses other formats that begin with such comments. */
function checkVersion(path: string, comment: string): void {
  const found = /^!\s*(gaf|gpa|gpi|gpad)-version:\s*(\S+)/i.exec(comment);
  if (found === null) return;
  const [, format, version] = found;
  if (format.toLowerCase() === "gaf" && version.startsWith("2")) return;
  throw unusable(
    path,
    `it is ${format.toUpperCase()} ${quote(version)} and should be GAF 2`,
    REMEDY,
  );
}

function describeFault(
  text: string,
  fields: number,
  id: string,
  term: string,
): string {
  if (fields < FEWEST_FIELDS) {
    return `(${quote(text)}) has ${fields} fields separated by tabs and ` +
      "should have 15 to 17";
  }
  return id === ""
    ? "has no gene id in its field 2"
    : `has ${quote(term)} in its field 5 and should have a term such as ` +
      "GO:0015979";
}
