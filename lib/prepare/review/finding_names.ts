/** What a fact of the samples may have to do with the tissue. */

/**
 * What a fact of the samples has to do with the tissue:
 *
 * - `predicts`: it predicts the tissue, and the tissue predicts it where it is a
 *   category: the two cannot be kept apart;
 * - `within`: each of its values lies within one tissue, which has several,
 *   such as donors who gave one tissue each;
 * - `shared`: each tissue has one of its values, which several tissues share,
 *   such as studies of some tissues each;
 * - `none`.
 */
export const confounderFindings = [
  "none",
  "predicts",
  "within",
  "shared",
] as const;
export type ConfounderFinding = typeof confounderFindings[number];
