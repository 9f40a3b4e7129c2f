/** How often a test with an interim look rejects, by scores without clusters. */

import { ttestParameters } from "../../../lib/null_test/parameters.ts";
import { testSpaces } from "../../../lib/null_test/looks.ts";
import type { RandomStream } from "../../../lib/random.ts";
import { anyBelow, type Measured } from "./measured.ts";

const { sets, "first-look": firstLook } = ttestParameters([]);
const LOOKS = { first: firstLook.default, last: sets.default };

/** Spaces whose scores share half of their variance. */
const SPACES = 3;

/** A set and as many random ones as the stage would draw, all alike. */
export function testLooks({ uniform }: RandomStream): Measured[] {
  const draw = (): number[] => {
    const common = uniform();
    return Array.from({ length: SPACES }, () => common + uniform());
  };
  const values = draw();
  const drawn: number[][] = [];
  const testUpTo = (count: number) => {
    while (drawn.length < count) drawn.push(draw());
    return testSpaces(
      values,
      values.map((_, space) => drawn.map((scores) => scores[space])),
      LOOKS,
    );
  };
  const early = testUpTo(LOOKS.first);
  const tests = early.some(({ isOpen }) => isOpen)
    ? testUpTo(LOOKS.last)
    : early;
  return [
    { row: "looks_p", value: tests[0].p },
    {
      row: "looks_any",
      value: anyBelow(tests.map(({ adjusted }) => adjusted)),
    },
  ];
}
