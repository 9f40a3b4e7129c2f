/** Reads an ontology in the format OBO: terms, their parents and other ids. */

import { quote, withCommas } from "../../cli/text.ts";
import { readLines, unusable } from "./text_lines.ts";

/** More terms than all ontologies of the OBO Foundry have together. */
const MOST_TERMS = 5_000_000;
const MOST_PARENTS = 50_000_000;

/** A term as the file has it. */
export interface OboTerm {
  readonly id: string;
  readonly name: string | null;
  readonly namespace: string;
  readonly isObsolete: boolean;
  /** Ids of the terms that it is a kind of. */
  readonly isA: readonly string[];
  /** Ids of the terms that it is a part of. */
  readonly partOf: readonly string[];
}

/** The terms of a file. */
export interface Obo {
  readonly terms: ReadonlyMap<string, OboTerm>;
  /** The term that an alternative id stands for. */
  readonly primaryOf: ReadonlyMap<string, string>;
}

/** A term while its stanza is read. */
interface Stanza {
  line: number;
  id?: string;
  name: string | null;
  namespace?: string;
  isObsolete: boolean;
  isA: string[];
  partOf: string[];
  others: string[];
}

/**
 * Reads the stanzas `[Term]` of an OBO file 1.0 to 1.4, plain or gzipped: the
 * tags `id`, `name`, `namespace`, `alt_id`, `is_a`, `relationship: part_of` and
 * `is_obsolete`. All other tags and stanzas are left out. A primary id counts
 * before an alternative one.
 *
 * @throws {InputError} If it cannot be read, is no such file, has no term, a
 * line of it is no tag with a value (the line is named), a term has no id, or
 * an id is there twice.
 */
export async function readObo(path: string): Promise<Obo> {
  const terms = new Map<string, OboTerm>();
  const alternatives = new Map<string, string>();
  let defaultNamespace = "ontology";
  let stanza: Stanza | null = null;
  // Before the first stanza is the header; other stanzas are skipped.
  let isSkipped = false;
  let parents = 0;
  const refuse = (line: number, what: string): never => {
    throw unusable(
      path,
      `line ${withCommas(line)} ${what}`,
      "Give an ontology in the format OBO, such as go-basic.obo",
    );
  };
  const finish = () => {
    if (stanza === null) return;
    const { line, id, name, namespace, others, ...rest } = stanza;
    if (id === undefined) return refuse(line, "begins a term without an id");
    if (terms.has(id)) {
      return refuse(line, `begins the term ${quote(id)}, which is there twice`);
    }
    if (terms.size >= MOST_TERMS) {
      return refuse(line, `begins more than ${withCommas(MOST_TERMS)} terms`);
    }
    terms.set(id, {
      id,
      name,
      namespace: namespace ?? defaultNamespace,
      isObsolete: rest.isObsolete,
      isA: rest.isA,
      partOf: rest.partOf,
    });
    for (const other of others) alternatives.set(other, id);
  };
  for await (const { first, lines } of readLines(path)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index];
      if (text === "" || text[0] === "!") continue;
      const line = first + index;
      if (text[0] === "[") {
        finish();
        const isTerm = text.startsWith("[Term]");
        isSkipped = !isTerm;
        stanza = isTerm
          ? {
            line,
            name: null,
            isObsolete: false,
            isA: [],
            partOf: [],
            others: [],
          }
          : null;
        continue;
      }
      if (isSkipped) continue;
      const colon = text.indexOf(":");
      if (colon < 1 || /\s/.test(text.slice(0, colon))) {
        if (text.trim() === "") continue;
        refuse(
          line,
          `is ${quote(text)} and should be a tag, a colon and a value`,
        );
      }
      const tag = text.slice(0, colon);
      const value = text.slice(colon + 1).trim();
      if (stanza === null) {
        if (tag === "default-namespace") defaultNamespace = value;
        continue;
      }
      if (readTag(stanza, tag, value) && ++parents > MOST_PARENTS) {
        refuse(line, `is one of more than ${withCommas(MOST_PARENTS)} parents`);
      }
    }
  }
  finish();
  if (terms.size === 0) {
    throw unusable(
      path,
      "it has no [Term]",
      "Give an ontology in the format OBO, such as go-basic.obo",
    );
  }
  for (const id of terms.keys()) alternatives.delete(id);
  return { terms, primaryOf: alternatives };
}

/** @returns Whether the tag names a parent. */
function readTag(stanza: Stanza, tag: string, value: string): boolean {
  switch (tag) {
    case "id":
      stanza.id ??= firstWord(value);
      return false;
    case "name":
      stanza.name ??= value.replaceAll(/\\(.)/g, "$1");
      return false;
    case "namespace":
      stanza.namespace ??= firstWord(value);
      return false;
    case "alt_id":
      stanza.others.push(firstWord(value));
      return false;
    case "is_obsolete":
      stanza.isObsolete = firstWord(value) === "true";
      return false;
    case "is_a":
      stanza.isA.push(firstWord(value));
      return true;
    case "relationship": {
      const [relation, parent] = value.split(/\s+/, 2);
      if (relation !== "part_of" || parent === undefined) return false;
      stanza.partOf.push(parent);
      return true;
    }
    default:
      return false;
  }
}

/** The value without a trailing comment or modifiers. */
function firstWord(value: string): string {
  const end = value.search(/\s/);
  return end === -1 ? value : value.slice(0, end);
}
