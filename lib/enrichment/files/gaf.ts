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
const ASPECTS: ReadonlyMap<string, string> = new Map([
  ["P", "biological_process"],
  ["F", "molecular_function"],
  ["C", "cellular_component"],
]);

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
  let object: AnnotatedObject | undefined;
  /** Where the fields of a row end. */
  const tabs = new Int32Array(READ_FIELDS);
  const field = (text: string, index: number) =>
    text.slice(index === 0 ? 0 : tabs[index - 1] + 1, tabs[index]);
  let [rows, negated, withoutData, annotations] = [0, 0, 0, 0];
  for await (const { first, lines } of readLines(path)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index];
      if (text === "" || text[0] === "!") {
        checkVersion(path, text);
        continue;
      }
      const count = findTabs(text, tabs);
      const [id, qualifiers, term] = [
        field(text, 1),
        field(text, 3),
        field(text, 4),
      ];
      if (count < FEWEST_FIELDS || id === "" || !isTerm(term)) {
        // A header that does not begin with an exclamation mark.
        if (rows === 0 && /go.?id|term/i.test(term)) continue;
        throw unusable(
          path,
          `line ${withCommas(first + index)} ${
            describeFault(text, text.split("\t").length, id, term)
          }`,
          REMEDY,
        );
      }
      rows++;
      if (qualifiers !== "" && /(^|\|)NOT(\||$)/i.test(qualifiers)) {
        negated++;
        continue;
      }
      if (field(text, 6) === "ND") {
        withoutData++;
        continue;
      }
      // Rows of a gene mostly follow each other.
      if (object?.id !== id) object = objects.get(id);
      if (object === undefined) {
        const synonyms = field(text, 10).split("|").filter(Boolean);
        object = { id, symbol: field(text, 2), synonyms, terms: new Set() };
        objects.set(id, object);
      }
      if (!namespaceOf.has(term)) {
        const namespace = ASPECTS.get(field(text, 8));
        if (namespace !== undefined) namespaceOf.set(term, namespace);
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

/** Finds where the first fields of a row end; @returns how many there are. */
function findTabs(text: string, tabs: Int32Array): number {
  let [count, at] = [0, -1];
  while (count < READ_FIELDS) {
    at = text.indexOf("\t", at + 1);
    if (at === -1) break;
    tabs[count++] = at;
  }
  const found = count;
  while (count < READ_FIELDS) tabs[count++] = text.length;
  return found;
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
