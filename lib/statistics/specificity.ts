/**
 * Indices that say how far a profile of values, one a place, is at home in a
 * single place. Those that give one number a place are largest where the
 * profile is at home.
 *
 * They are those of tspex (Camargo et al. 2020,
 * doi:10.7717/peerj.8859), where it has them; a profile of zeros has 0
 * everywhere. All but EE, PEM and extended tau stay the same if the profile is
 * multiplied.
 */

import { sampleSd } from "./describe.ts";

/** At least two values, none below 0. */
export type Profile = ArrayLike<number>;

/** A profile of at least this tau is called specific. */
export const SPECIFIC_TAU = 0.85;
/** Extended tau: the largest value is at least this, made for TPM. */
export const EXTENDED_TAU_VALUE = 10;
/** Extended tau: how far below the largest value a place's may be. */
const DEVIATIONS = 1.96;

/**
 * sum(1 - x / max x) / (n - 1): 0 if all are equal, 1 if only one is not 0
 * (Yanai et al. 2005, doi:10.1093/bioinformatics/bti042).
 *
 * @example
 * ```ts
 * import { tau } from "./specificity.ts";
 * console.assert(tau([4, 2, 0]) === 0.75);
 * ```
 */
export function tau(profile: Profile): number {
  const most = largest(profile);
  if (most === 0) return 0;
  let sum = 0;
  for (let i = 0; i < profile.length; i++) sum += 1 - profile[i] / most;
  return sum / (profile.length - 1);
}

/**
 * Tissue specificity index: each value's share of the sum (Julien et al. 2012,
 * doi:10.1371/journal.pbio.1001328).
 *
 * @example
 * ```ts
 * import { tsi } from "./specificity.ts";
 * console.assert(tsi([3, 1])[0] === 0.75);
 * ```
 */
export function tsi(profile: Profile): Float64Array {
  const sum = total(profile);
  return Float64Array.from(profile, (x) => sum === 0 ? 0 : x / sum);
}

/**
 * The Gini coefficient times n / (n - 1), from 0 to 1.
 *
 * @example
 * ```ts
 * import { gini } from "./specificity.ts";
 * console.assert(gini([0, 0, 5]) === 1 && gini([2, 2]) === 0);
 * ```
 */
export function gini(profile: Profile): number {
  const n = profile.length;
  const sum = total(profile);
  if (sum === 0) return 0;
  let weighted = 0;
  Float64Array.from(profile).sort()
    .forEach((x, i) => weighted += (2 * (i + 1) - n - 1) * x);
  return weighted / (n * sum) * n / (n - 1);
}

/**
 * 1 - entropy / log2 n of the shares, from 0 to 1 (Martinez and Reyes-Valdes
 * 2008, doi:10.1073/pnas.0803479105, scaled).
 *
 * @example
 * ```ts
 * import { shannonSpecificity } from "./specificity.ts";
 * console.assert(shannonSpecificity([0, 0, 5]) === 1);
 * ```
 */
export function shannonSpecificity(profile: Profile): number {
  if (largest(profile) === 0) return 0;
  let entropy = 0;
  for (const share of tsi(profile)) {
    if (share > 0) entropy -= share * Math.log2(share);
  }
  return 1 - entropy / Math.log2(profile.length);
}

/**
 * Specificity measure: each value by the length of the profile's vector (Xiao
 * et al. 2010, doi:10.1093/bioinformatics/btq111).
 *
 * @example
 * ```ts
 * import { spm } from "./specificity.ts";
 * console.assert(spm([3, 4])[1] === 0.8);
 * ```
 */
export function spm(profile: Profile): Float64Array {
  let squares = 0;
  for (let i = 0; i < profile.length; i++) squares += profile[i] ** 2;
  const length = Math.sqrt(squares);
  return Float64Array.from(profile, (x) => length === 0 ? 0 : x / length);
}

/**
 * Each value less the mean, by the standard deviation (n - 1); zeros if none
 * varies (Vandenbon and Nakai 2010, doi:10.1093/nar/gkp882).
 *
 * @example
 * ```ts
 * import { zScores } from "./specificity.ts";
 * console.assert(zScores([1, 2, 3])[2] === 1);
 * ```
 */
export function zScores(profile: Profile): Float64Array {
  const mean = total(profile) / profile.length;
  let squares = 0;
  for (let i = 0; i < profile.length; i++) squares += (profile[i] - mean) ** 2;
  const sd = Math.sqrt(squares / (profile.length - 1));
  // Equal values may differ from their rounded mean.
  const varies = Array.prototype.some.call(profile, (x) => x !== profile[0]);
  return Float64Array.from(profile, (x) => varies ? (x - mean) / sd : 0);
}

/**
 * 1 - square root of the Jensen-Shannon divergence, in bits, of the shares from
 * those of a profile that is 0 but in this place (Cabili et al. 2011,
 * doi:10.1101/gad.17446611). All other places' terms cancel, so that it depends
 * on the place's share alone: with share p the divergence is (1 - p) / 2 +
 * p log2(p) / 2 - (1 + p) / 2 log2((1 + p) / 2).
 *
 * @example
 * ```ts
 * import { jensenShannon } from "./specificity.ts";
 * console.assert(jensenShannon([0, 3]).join() === "0,1");
 * ```
 */
export function jensenShannon(profile: Profile): Float64Array {
  return tsi(profile).map((p) => {
    if (p === 0) return 0;
    const half = (1 + p) / 2;
    const divergence = (1 - p) / 2 + p * Math.log2(p) / 2 -
      half * Math.log2(half);
    return 1 - Math.sqrt(Math.max(0, divergence));
  });
}

/**
 * Expression enrichment: a value by what its row and its place would lead to
 * expect, x / (sum of the profile x sum of the place / sum of all) (Yu et al.
 * 2006, doi:10.1093/nar/gkl632). PEM, the preferential expression measure, is
 * its logarithm to base 10 (Huminiecki et al. 2003,
 * doi:10.1186/1471-2164-4-31).
 *
 * @param places The sums over all profiles, by place.
 * @returns 0 where the value is.
 *
 * @example
 * ```ts
 * import { expressionEnrichment } from "./specificity.ts";
 * // Of two profiles, the other one is [1, 5].
 * console.assert(expressionEnrichment([3, 1], [4, 6])[0] === 1.875);
 * ```
 */
export function expressionEnrichment(
  profile: Profile,
  places: Profile,
): Float64Array {
  const sum = total(profile);
  const all = total(places);
  return Float64Array.from(
    profile,
    (x, i) => x === 0 ? 0 : x * all / (sum * places[i]),
  );
}

/**
 * The places of a specific profile by extended tau (Luleci and Yilmaz 2022,
 * doi:10.1186/s13040-022-00315-9), as a public implementation of it in R has
 * it: those of at least the largest value - 1.96 standard deviations (n - 1) of
 * the profile. With up to three places these are all.
 *
 * @param profile Linear values; the threshold of 10 is made for TPM.
 * @returns Ascending; empty if tau is below 0.85 or the largest value below 10.
 *
 * @example
 * ```ts
 * import { extendedTau } from "./specificity.ts";
 * console.assert(extendedTau([0, 90, 0, 80, 2, 0, 1, 0]).join() === "1,3");
 * ```
 */
export function extendedTau(profile: Profile): number[] {
  const most = largest(profile);
  if (most < EXTENDED_TAU_VALUE || tau(profile) < SPECIFIC_TAU) return [];
  const least = most - DEVIATIONS * sampleSd(profile);
  return Array.from(profile, (_, i) => i).filter((i) => profile[i] >= least);
}

/** The place of the largest value; -1 if several have it, or all are 0. */
export function onlyLargest(profile: Profile): number {
  const most = largest(profile);
  const first = Array.prototype.indexOf.call(profile, most);
  return most === 0 ||
      Array.prototype.lastIndexOf.call(profile, most) !== first
    ? -1
    : first;
}

function largest(profile: Profile): number {
  let most = 0;
  for (let i = 0; i < profile.length; i++) most = Math.max(most, profile[i]);
  return most;
}

function total(profile: Profile): number {
  let sum = 0;
  for (let i = 0; i < profile.length; i++) sum += profile[i];
  return sum;
}
