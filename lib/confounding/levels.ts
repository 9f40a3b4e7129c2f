/** From where on a study is large enough, and a number worth a sentence. */

/** Samples of a study in a tissue, at least, to tell it there from others. */
export const FEWEST_IN_TISSUE = 5;
/** Tested samples of a study, at least, for it to be held out. */
export const FEWEST_HELD_OUT = 10;
/** Studies that are held out, at most: the largest. */
export const MOST_HELD_OUT = 10;
/** Parts of the cross-validation within a tissue. */
export const FOLDS = 5;
/** Samples of a tissue whose studies are compared, at most. */
export const MOST_IN_TISSUE = 120;
/** Standard errors above guessing that chance hardly reaches. */
export const ERRORS = 3;
/** A loss of macro F1 that is said to be one. */
export const LOSS = 0.02;
/** Cramér's V of what goes together, and of what does so in part. */
export const TOGETHER = { mostly: 0.5, partly: 0.2 } as const;
