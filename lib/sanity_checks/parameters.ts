/** The parameters of the `checks` stage. */

import { integer } from "../cli/parameters.ts";
import { LEARNED, SHUFFLED_SAMPLES } from "./levels.ts";

/** One declaration a flag. */
export const checksParameters = {
  samples: integer(
    3,
    { minimum: 1, maximum: 100_000 },
    "test samples a tissue that are explained, at most",
  ),
  draws: integer(
    10,
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample, taken in tens",
  ),
  epochs: integer(
    0,
    { minimum: 0, maximum: 100_000 },
    "epochs on shuffled labels of all training samples; 0 for as many as it " +
      `takes to learn ${100 * LEARNED} % of ${SHUFFLED_SAMPLES} labels a ` +
      "tissue, at most the cnn stage's",
  ),
};
