/** Finds equal ids in two lists that write them differently. */

import { byCodeUnit } from "../../cli/text.ts";
import { describeDifferences } from "./id_differences.ts";
import {
  caseForm,
  type IdForm,
  looseForm,
  looseVersionForm,
  nameCaseForm,
  nameForm,
  numberForm,
  plainForm,
  versionForm,
} from "./id_forms.ts";
import { matchParts } from "./match_parts.ts";

/** What two lists of ids have in common. */
export interface IdMatch {
  /** Their id for each of ours that they have; no two of ours have one. */
  readonly partners: ReadonlyMap<string, string>;
  /** Partners that are written differently. */
  readonly changed: number;
  /** How they differ, in words: `'-' written as '.'`. */
  readonly differences: readonly string[];
  /** Ids that would have had several partners, and so were given none. */
  readonly ambiguous: readonly AmbiguousIds[];
}

/** Ids of both lists that are alike, where it is not one of each. */
export interface AmbiguousIds {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Which differences are forgiven besides blanks, case and separators. */
export interface MatchOptions {
  /** Versions at the end, which genes have. */
  readonly versions?: boolean;
  /** What stands around an id, such as a path or `.bam`. */
  readonly affixes?: boolean;
  /** Whether an id within another may be a bare number. */
  readonly numbers?: boolean;
}

/** From the mildest to the loosest. */
const FORMS: readonly IdForm[] = [
  plainForm,
  nameForm,
  caseForm,
  nameCaseForm,
  looseForm,
  numberForm,
];
const VERSION_FORMS: readonly IdForm[] = [versionForm, looseVersionForm];

/**
 * Gives each of our ids the one of theirs that is the same. Equal ids come
 * first. For the ids left over, both lists are written in milder, then looser
 * forms (without blanks; as R's `make.names` does it; in lower case; with all
 * separators alike; without zeros in front of numbers). A form counts only if
 * every id concerned then has one partner; else the ids are ambiguous. At last,
 * if `affixes` are allowed, parts of the ids are compared, and count if more
 * than half of ours find a partner.
 *
 * Empty ids have no partner, and repeated ones count once. The result does not
 * depend on the order of the ids.
 */
export function matchIds(
  ourIds: Iterable<string>,
  theirIds: Iterable<string>,
  { versions = false, affixes = false, numbers = false }: MatchOptions = {},
): IdMatch {
  const [ours, theirs] = [distinct(ourIds), distinct(theirIds)];
  const partners = new Map<string, string>();
  const known = new Set(theirs);
  for (const id of ours) {
    if (known.has(id)) partners.set(id, id);
  }
  const equal = partners.size;
  const forms = versions ? [...FORMS, ...VERSION_FORMS] : FORMS;
  const pairs: [string, string][] = [];
  let ambiguous: readonly AmbiguousIds[] = [];
  for (const form of forms) {
    if (partners.size === Math.min(ours.length, theirs.length)) break;
    const step = matchForms(ours, theirs, form, partners);
    ambiguous = step.ambiguous;
    if (ambiguous.length > 0) break;
    for (const [one, other] of step.pairs) partners.set(one, other);
    pairs.push(...step.pairs);
  }
  const differences = describeDifferences(pairs);
  const most = Math.floor(ours.length / 2) + 1;
  if (affixes && ambiguous.length === 0 && partners.size < most) {
    const step = matchParts(ours, theirs, new Set(partners.values()), {
      fewest: most,
      numbers,
    });
    const gained = step.pairs.filter(([one]) => !partners.has(one));
    if (gained.length >= most) {
      for (const [one, other] of gained) partners.set(one, other);
      differences.push(...step.differences);
    } else {
      ambiguous = step.ambiguous;
    }
  }
  return {
    partners,
    changed: partners.size - equal,
    differences,
    ambiguous,
  };
}

/** The ids that are not empty, each once, in one order. */
function distinct(ids: Iterable<string>): string[] {
  const all = new Set(ids);
  all.delete("");
  return [...all].sort(byCodeUnit);
}

/** Pairs the ids without a partner that are alike in one form. */
function matchForms(
  ours: readonly string[],
  theirs: readonly string[],
  form: IdForm,
  partners: ReadonlyMap<string, string>,
): { pairs: [string, string][]; ambiguous: AmbiguousIds[] } {
  const groups = new Map<string, { ours: string[]; theirs: string[] }>();
  for (const id of ours) {
    const key = form(id);
    if (key === "") continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ours: [id], theirs: [] });
    else group.ours.push(id);
  }
  for (const id of theirs) groups.get(form(id))?.theirs.push(id);
  const taken = new Set(partners.values());
  const pairs: [string, string][] = [];
  const ambiguous: AmbiguousIds[] = [];
  for (const group of groups.values()) {
    if (group.theirs.length === 0) continue;
    if (group.ours.every((id) => partners.has(id))) continue;
    const [one] = group.ours;
    const [other] = group.theirs;
    const isPair = group.ours.length === 1 && group.theirs.length === 1 &&
      !taken.has(other);
    if (isPair) pairs.push([one, other]);
    else ambiguous.push(group);
  }
  return { pairs, ambiguous };
}
