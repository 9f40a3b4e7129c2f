/** The levels by which the stability over samples is judged. */

/**
 * From this share of the halves on a gene is said to come again often. With
 * thresholds from 0.6 to 0.9 results differ little (Meinshausen and Buhlmann,
 * Journal of the Royal Statistical Society B 72, 2010).
 */
export const FREQUENT = 0.7;

/**
 * Above this a stability index is excellent, and below the other it is poor, by
 * the guideline that its authors take over from Cohen's kappa (Fleiss).
 */
export const EXCELLENT_INDEX = 0.75;
export const POOR_INDEX = 0.4;
