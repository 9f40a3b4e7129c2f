/** Which tissue and study each simulated sample is of. */

import type { RandomStream } from "../random.ts";
import { sum } from "../statistics/sum.ts";

/** What the design depends on. */
export interface DesignOptions {
  readonly samples: number;
  readonly tissues: number;
  readonly studies: number;
  /** Samples of the largest tissue per sample of the smallest. */
  readonly imbalance: number;
  /** Whether one study holds mostly one tissue. */
  readonly confounded: boolean;
}

/** A tissue in a study. */
export interface Cell {
  readonly tissue: number;
  readonly study: number;
}

/** The samples of the demo. */
export interface Design {
  /** By study, then by tissue. */
  readonly samples: readonly Cell[];
  /** The study that holds mostly one tissue, and this tissue. */
  readonly confounded?: Cell;
}

/** Every tissue is in at least so many studies and has as many samples. */
export const STUDIES_PER_TISSUE = 3;
/**
 * At most so many studies may lack a tissue: a study that is held out should
 * still test nearly all tissues.
 */
const MISSED_STUDIES = 1;
/** Every tissue has so many samples, or an equal share if that is less. */
const SMALLEST_TISSUE = 8;
/**
 * Samples of the largest study per sample of the smallest. One is then small
 * enough to validate with.
 */
const STUDY_SIZE_RATIO = 5;
/** Share of the confounded tissue's samples that are in the one study. */
const CONFOUNDED_SHARE = 0.5;
/** Expected samples of other tissues there, per sample of the tissue. */
const OTHERS_SHARE = 0.35;

/**
 * Draws tissues of unequal sizes, each in some of the studies in unequal
 * numbers, so that study and tissue are partly confounded, as in public data.
 */
export function designStudies(
  options: DesignOptions,
  stream: RandomStream,
): Design {
  const { tissues, studies } = options;
  const sizes = stream.shuffle(tissueSizes(options));
  const confounded = options.confounded
    ? { tissue: pickConfounded(sizes, stream), study: stream.integer(studies) }
    : undefined;
  const fewest = Math.min(
    studies,
    Math.max(STUDIES_PER_TISSUE, studies - MISSED_STUDIES),
  );
  const studySizes = stream.shuffle(
    geometricSteps(studies, STUDY_SIZE_RATIO),
  );
  const [inStudy, others] = confounded === undefined ? [0, 0] : [
    // Two samples at least are left for other studies.
    Math.min(
      Math.round(CONFOUNDED_SHARE * sizes[confounded.tissue]),
      sizes[confounded.tissue] - (STUDIES_PER_TISSUE - 1),
    ),
    options.samples - sizes[confounded.tissue],
  ];

  const samples: Cell[] = [];
  for (let tissue = 0; tissue < tissues; tissue++) {
    const count = fewest + stream.integer(studies - fewest + 1);
    let own = [...stream.sample(studies, count)];
    const fixed: number[] = [];
    if (confounded !== undefined) {
      // The other tissues come to this study last.
      own = own.filter((study) => study !== confounded.study);
      if (tissue === confounded.tissue) {
        for (let count = 0; count < inStudy; count++) {
          fixed.push(confounded.study);
        }
      } else if (own.length < count) own.push(confounded.study);
    }
    const weight = own.map((study) =>
      studySizes[study] * (0.5 + stream.uniform())
    );
    if (confounded !== undefined && tissue !== confounded.tissue) {
      const last = own.indexOf(confounded.study);
      if (last >= 0) {
        const usual = sum(weight) - weight[last];
        const share = Math.min(0.5, OTHERS_SHARE * inStudy / others);
        weight[last] = usual === 0 ? 1 : usual * share / (1 - share);
      }
    }
    // First a sample in each of three studies, the others at random.
    const wanted = STUDIES_PER_TISSUE - (fixed.length > 0 ? 1 : 0);
    for (let index = 0; index < Math.min(wanted, own.length); index++) {
      fixed.push(own[index]);
    }
    while (fixed.length < sizes[tissue]) {
      fixed.push(own[drawIndex(weight, stream)]);
    }
    for (const study of fixed) samples.push({ tissue, study });
  }
  samples.sort((a, b) => a.study - b.study || a.tissue - b.tissue);
  return { samples, confounded };
}

/** Sizes in geometric steps, the largest first; they sum to the samples. */
function tissueSizes(
  { samples, tissues, imbalance }: DesignOptions,
): number[] {
  const least = Math.min(SMALLEST_TISSUE, Math.floor(samples / tissues));
  const steps = geometricSteps(tissues, imbalance);
  // Where a tissue is raised to the least size, the others share what is left.
  const sizes: number[] = Array(tissues).fill(least);
  let left = samples;
  let shared = tissues;
  while (shared > 0) {
    const unit = left / sum(steps.slice(0, shared));
    if (steps[shared - 1] * unit >= least) {
      for (let index = shared - 1; index > 0; index--) {
        sizes[index] = Math.round(steps[index] * unit);
        left -= sizes[index];
      }
      sizes[0] = left;
      break;
    }
    left -= least;
    shared--;
  }
  return sizes;
}

/** Numbers in geometric steps from 1 down to 1 / ratio. */
function geometricSteps(count: number, ratio: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => count === 1 ? 1 : ratio ** (-index / (count - 1)),
  );
}

/** A tissue of more than middle size, but not the largest one. */
function pickConfounded(
  sizes: readonly number[],
  stream: RandomStream,
): number {
  const order = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b);
  const last = Math.max(2, Math.ceil(sizes.length / 2));
  return order[1 + stream.integer(last - 1)];
}

function drawIndex(weights: readonly number[], stream: RandomStream): number {
  let left = stream.uniform() * sum(weights);
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? weights.length - 1 : index;
}
