/** Ids that are there more than once, or too long to be ids. */

import { countOf, quote } from "../../cli/text.ts";
import { NAME_LIMIT } from "../input/limits.ts";
import type { RawAxis } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";

/** So many repeated ids are named. */
const NAMED = 3;
/** So many places of one are named. */
const PLACES = 2;

/**
 * The ids that are there more than once.
 *
 * @param places Where to look.
 * @returns The places of each, in the order of the first one.
 */
export function idRepeats(
  ids: readonly string[],
  places: readonly number[],
): number[][] {
  const first = new Map<string, number>();
  const repeats = new Map<string, number[]>();
  for (const place of places) {
    const id = ids[place];
    const before = first.get(id);
    if (before === undefined) first.set(id, place);
    else if (repeats.has(id)) repeats.get(id)!.push(place);
    else repeats.set(id, [before, place]);
  }
  return [...repeats.values()].sort((a, b) => a[0] - b[0]);
}

/** The first few of them: `'a' (lines 2 and 5), 'b' (3 times: lines 3, 4, ...)`. */
export function listRepeats(
  repeats: readonly (readonly number[])[],
  ids: readonly string[],
  axis: Pick<RawAxis, "locate">,
): string {
  const shown = repeats.slice(0, NAMED).map((places) =>
    `${quote(ids[places[0]])} (${
      places.length > PLACES ? `${countOf(places.length, "time")}: ` : ""
    }${joinPlaces(places.slice(0, PLACES).map((place) => axis.locate(place)))}${
      places.length > PLACES ? ", ..." : ""
    })`
  );
  if (repeats.length > NAMED) shown.push("...");
  return shown.join(", ");
}

/** `line 2` and `line 5` as `lines 2 and 5`; other texts with an "and". */
function joinPlaces(places: readonly string[]): string {
  const parts = places.map((place) => /^(\w+) (\d+)(.*)$/.exec(place));
  const [first] = parts;
  const isAlike = first &&
    parts.every((part) => part?.[1] === first[1] && part[3] === first[3]);
  return isAlike
    ? `${first[1]}s ${parts.map((part) => part![2]).join(" and ")}${first[3]}`
    : places.join(" and ");
}

/** @throws {InputError} If an id is no name but a long text. */
export function refuseLongIds(
  path: string,
  noun: string,
  axis: RawAxis,
  places: readonly number[],
): void {
  const long = places.filter((place) => axis.ids[place].length > NAME_LIMIT);
  if (long.length === 0) return;
  throw unreadable(
    path,
    `${countOf(long.length, noun)} ${
      long.length === 1 ? "has" : "have"
    } more than ${NAME_LIMIT} characters; the first is ${
      axis.locate(long[0])
    }, ${quote(axis.ids[long[0]])}`,
    "Look for a quotation mark that is not closed",
  );
}
