/** The flags of the simulation. */

import { integer, number } from "../cli/parameters.ts";

export const simulateParameters = {
  samples: integer(240, { minimum: 6 }, "samples, at least 3 per tissue"),
  genes: integer(2000, { minimum: 4 }, "genes"),
  tissues: integer(8, { minimum: 2 }, "tissues"),
  studies: integer(
    6,
    { minimum: 1 },
    "studies, each with shifts of its own and some of the tissues",
  ),
  planted: integer(30, { minimum: 1 }, "tissue-specific genes per tissue"),
  effect: number(
    4,
    { above: 0, maximum: 20 },
    "strongest planted log2 fold change; the weakest is an eighth of it",
  ),
  dispersion: number(
    0.2,
    { above: 0, maximum: 10 },
    "dispersion of the negative binomial counts",
  ),
};
