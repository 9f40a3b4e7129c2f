/** Says in words how two ways of writing an id differ. */

import {
  numberForm,
  plainForm,
  versionForm,
  withoutZeros,
} from "./id_forms.ts";
import { quote } from "../../cli/text.ts";

/** More kinds of characters are not listed one by one. */
const LISTED = 3;
/** What stands for another character, the likeliest first. */
const STAND_INS = [".", "_"];

/**
 * How the ids of pairs differ whose forms are alike.
 *
 * @param pairs Two ways of writing each id.
 * @returns Phrases such as `'-' written as '.'`, sorted; none if none differ.
 */
export function describeDifferences(
  pairs: Iterable<readonly [string, string]>,
): string[] {
  const characters = new Set<string>();
  const others = new Set<string>();
  for (const [first, second] of pairs) {
    let [one, two] = [plainForm(first), plainForm(second)];
    if (first !== one || second !== two) others.add("blanks or accents");
    if (numberForm(one) !== numberForm(two)) {
      others.add("the version at the end");
      [one, two] = [versionForm(one), versionForm(two)];
    }
    if (countZeros(one) !== countZeros(two)) {
      others.add("zeros in front of numbers");
      [one, two] = [withoutZeros(one), withoutZeros(two)];
    }
    const [startOne, startTwo] = [leadingX(one), leadingX(two)];
    if (startOne !== startTwo) others.add("an X in front");
    const right = Array.from(two.slice(startTwo));
    for (const [index, left] of Array.from(one.slice(startOne)).entries()) {
      const other = right[index] ?? "";
      if (left === other) continue;
      if (left.toLowerCase() === other.toLowerCase()) {
        others.add("upper and lower case");
      } else {
        const [written, as] = order(left, other);
        characters.add(`${quote(written)} written as ${quote(as)}`);
      }
    }
  }
  if (characters.size > LISTED) {
    characters.clear();
    characters.add("other characters written as '.' or '_'");
  }
  return [...[...characters].sort(), ...[...others].sort()];
}

/** How many zeros are in front of numbers. */
function countZeros(id: string): number {
  return id.length - withoutZeros(id).length;
}

/** Characters to skip: an `X` in front of a digit, a `.` or a `_`. */
function leadingX(id: string): number {
  return /^x[^\p{L}\p{M}]/iu.test(id) ? 1 : 0;
}

/** A pair of characters, what stands for the other one second. */
function order(first: string, second: string): readonly [string, string] {
  const rank = (character: string) => {
    const place = STAND_INS.indexOf(character);
    return place < 0 ? STAND_INS.length : place;
  };
  const isFirstStandIn = rank(first) < rank(second) ||
    (rank(first) === rank(second) && first > second);
  return isFirstStandIn ? [second, first] : [first, second];
}
