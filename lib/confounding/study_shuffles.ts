/** P-values of the study's F of each gene, from shuffled study labels. */

import {
  addCounts,
  countAtLeast,
  type NullCounts,
  pooledP,
} from "../statistics/pooled_p.ts";
import type { Shuffles } from "../statistics/shuffle_count.ts";
import {
  otherSecond,
  secondFactorF,
  type TwoWayEta,
} from "../statistics/two_way_eta.ts";
import type { Design } from "./design.ts";

/** Equal statistics may differ by rounding. */
const EQUAL = 1 - 1e-9;

/**
 * Shuffles the study labels within each tissue: if the study does not matter
 * beside the tissue, its F is then as high as often. The F of all genes are
 * pooled.
 *
 * @param values Samples x genes, in the order of the design.
 * @param eta Of these values, tissues and studies.
 * @returns By gene; NaN where the gene is constant.
 */
export function studyP(
  values: ArrayLike<number>,
  { tissueOf, studyOf }: Pick<Design, "tissueOf" | "studyOf">,
  eta: TwoWayEta,
  { count, stream, onShuffle }: Shuffles,
): Float64Array {
  const observed = secondFactorF(eta).map((f) => f * EQUAL);
  const ofTissue = [
    ...Map.groupBy(tissueOf.keys(), (at) => tissueOf[at]).values(),
  ];
  let counts: NullCounts = {
    counts: new Float64Array(observed.length),
    total: 0,
  };
  for (let shuffle = 1; shuffle <= count; shuffle++) {
    const own = stream.child(String(shuffle));
    const studies = Int32Array.from(studyOf);
    for (const samples of ofTissue) {
      const labels = own.shuffle(samples.map((at) => studyOf[at]));
      samples.forEach((at, index) => studies[at] = labels[index]);
    }
    const nulls = secondFactorF(otherSecond(values, tissueOf, studies, eta));
    counts = addCounts(counts, countAtLeast(observed, nulls));
    onShuffle();
  }
  return pooledP(counts);
}
