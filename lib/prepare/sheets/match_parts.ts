/** Finds ids within longer ids: `S1` in `run1/S1_counts.bam`. */

import { byCodeUnit, quote } from "../../cli/text.ts";
import { looseForm } from "./id_forms.ts";
import { type IdPart, isNumber, isSetOff, partsOf } from "./id_parts.ts";
import type { AmbiguousIds } from "./match_ids.ts";

/** The pairs found. */
export interface PartMatch {
  /** Our id and theirs; none of either is there twice. */
  readonly pairs: readonly (readonly [string, string])[];
  /** What the longer ids have more, in words. */
  readonly differences: readonly string[];
  /** Ids that several of the others are within, where no pairs are found. */
  readonly ambiguous: readonly AmbiguousIds[];
}

/** A short id within a long one, both in their loose forms. */
interface Hit extends IdPart {
  readonly long: string;
}

const NOTHING: PartMatch = { pairs: [], differences: [], ambiguous: [] };

/**
 * Pairs ids of which one is within the other. Either all of the longer ones
 * have the same around it (`.bam`), or it is set off by separators, always at the same
 * place. Which of the lists has the longer ids, and which of the
 * ways, is what gives the most pairs.
 *
 * @param taken Ids of theirs that have a partner already.
 * @param options How many pairs are too few to count, and whether the shorter
 * id may be a bare number.
 */
export function matchParts(
  ours: readonly string[],
  theirs: readonly string[],
  taken: ReadonlySet<string>,
  { fewest, numbers }: { readonly fewest: number; readonly numbers: boolean },
): PartMatch {
  const free = theirs.filter((id) => !taken.has(id));
  const [our, their] = [byLooseForm(ours), byLooseForm(free)];
  const ourLonger = matchLonger(our, their, numbers);
  const theirLonger = matchLonger(their, our, numbers);
  const ways = [
    ...ourLonger,
    ...theirLonger.map(({ pairs, ambiguous, ...rest }) => ({
      ...rest,
      pairs: pairs.map(([long, short]) => [short, long] as const),
      ambiguous: ambiguous.map(({ ours, theirs }) => ({
        ours: theirs,
        theirs: ours,
      })),
    })),
  ];
  const most = ways.reduce((best, way) =>
    way.pairs.length > best.pairs.length ? way : best
  );
  if (most.pairs.length >= fewest) return most;
  return {
    ...NOTHING,
    ambiguous:
      ways.reduce((worst, way) =>
        size(way.ambiguous) > size(worst.ambiguous) ? way : worst
      ).ambiguous,
  };
}

/** The id of each loose form that only one id has. */
function byLooseForm(ids: readonly string[]): Map<string, string> {
  const found = new Map<string, string | undefined>();
  for (const id of ids) {
    const form = looseForm(id);
    found.set(form, found.has(form) ? undefined : id);
  }
  found.delete("");
  return new Map(
    [...found].filter((entry): entry is [string, string] =>
      entry[1] !== undefined
    ),
  );
}

/** Finds the short ids within the long ones, in both ways. */
function matchLonger(
  longs: ReadonlyMap<string, string>,
  shorts: ReadonlyMap<string, string>,
  numbers: boolean,
): PartMatch[] {
  const hits: Hit[] = [];
  for (const long of longs.keys()) {
    for (const found of partsOf(long)) {
      if (!shorts.has(found.part)) continue;
      if (numbers || !isNumber(found.part)) hits.push({ ...found, long });
    }
  }
  const name = ({ long, part }: Hit) =>
    [longs.get(long)!, shorts.get(part)!] as const;
  return [sameAround(hits, name), setOff(hits, name)];
}

type NamePair = (hit: Hit) => readonly [string, string];

/** The hits with what most of the long ids have around the short one. */
function sameAround(hits: readonly Hit[], name: NamePair): PartMatch {
  const groups = Map.groupBy(
    hits,
    ({ before, after }) => JSON.stringify([before, after]),
  );
  const [first] = [...groups].sort(([one, hits], [other, others]) =>
    others.length - hits.length || one.length - other.length ||
    byCodeUnit(one, other)
  );
  if (first === undefined) return NOTHING;
  const [, found] = first;
  const [{ before, after, long, part }] = found;
  const [whole] = name(found[0]);
  // The user's own letters, if the form has as many of them.
  const isAligned = whole.length === long.length;
  const front = isAligned ? whole.slice(0, before.length) : before;
  const end = isAligned ? whole.slice(before.length + part.length) : after;
  return {
    pairs: found.map(name),
    differences: [
      ...front === "" ? [] : [`${quote(front)} in front`],
      ...end === "" ? [] : [`${quote(end)} at the end`],
    ],
    ambiguous: [],
  };
}

/**
 * The hits that are set off and stand at one place, counted in separators from
 * the front or from the end, if each id is then in one of them.
 */
function setOff(hits: readonly Hit[], name: NamePair): PartMatch {
  const apart = hits.filter(isSetOff);
  const ways = [
    ...Map.groupBy(apart, ({ before }) => countFields(before)).values(),
    ...Map.groupBy(apart, ({ after }) => countFields(after)).values(),
  ].map((found) => atOnePlace(found, name))
    .sort((one, other) => other.pairs.length - one.pairs.length);
  const [best = NOTHING] = ways;
  if (best.pairs.length === 0) {
    return ways.reduce(
      (one, other) => size(other.ambiguous) > size(one.ambiguous) ? other : one,
      NOTHING,
    );
  }
  // Two places with as many pairs must give the same ones.
  const partnerOf = new Map(best.pairs);
  const rivals = ways.flatMap(({ pairs }) =>
    pairs.length < best.pairs.length
      ? []
      : pairs.filter(([long, short]) => partnerOf.get(long) !== short)
  );
  if (rivals.length === 0) return best;
  return {
    ...NOTHING,
    ambiguous: rivals.map(([long, short]) => ({
      ours: [long],
      theirs: [partnerOf.get(long)!, short].filter((id) => id !== undefined),
    })),
  };
}

/** Takes the longest short id within each long one, if none is taken twice. */
function atOnePlace(hits: readonly Hit[], name: NamePair): PartMatch {
  const chosen = [...Map.groupBy(hits, ({ long }) => long).values()].map(
    (found) =>
      found.reduce((one, other) =>
        other.part.length > one.part.length ? other : one
      ),
  );
  const ambiguous = [...Map.groupBy(chosen, ({ part }) => part).values()]
    .filter((found) => found.length > 1)
    .map((found): AmbiguousIds => ({
      ours: found.map((hit) => name(hit)[0]),
      theirs: [name(found[0])[1]],
    }));
  if (ambiguous.length > 0) return { ...NOTHING, ambiguous };
  return {
    pairs: chosen.map(name),
    differences: ["what stands around them"],
    ambiguous,
  };
}

/** Ids that are concerned. */
function size(groups: readonly AmbiguousIds[]): number {
  return groups.reduce((sum, { ours }) => sum + ours.length, 0);
}

function countFields(text: string): number {
  return text.match(/\.+/g)?.length ?? 0;
}
