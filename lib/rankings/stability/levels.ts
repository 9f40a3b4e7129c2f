/** The levels by which the stability over samples is judged. */

export { FREQUENT } from "../../selection/levels.ts";

/**
 * Above this a stability index is excellent, and below the other it is poor, by
 * the guideline that its authors take over from Cohen's kappa (Fleiss).
 */
export const EXCELLENT_INDEX = 0.75;
export const POOR_INDEX = 0.4;
