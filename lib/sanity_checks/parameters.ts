/** The parameters of the `checks` stage. */

import { integer } from "../cli/parameters.ts";

/** One declaration a flag. */
export const checksParameters = {
  samples: integer(
    5,
    { minimum: 1, maximum: 100_000 },
    "test samples a tissue that are explained, at most",
  ),
  draws: integer(
    50,
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample",
  ),
  epochs: integer(
    0,
    { minimum: 0, maximum: 100_000 },
    "epochs on shuffled labels; 0 for as many as the cnn stage's",
  ),
};
