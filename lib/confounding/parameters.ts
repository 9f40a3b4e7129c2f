/** The flags of the stage `confounding`. */

import { integer } from "../cli/parameters.ts";

export const confoundingParameters = {
  samples: integer(
    600,
    { minimum: 20, maximum: 100_000 },
    "samples, at most, that whole studies are held out of; the time grows " +
      "with their cube",
  ),
  "random-sets": integer(
    20,
    { minimum: 1, maximum: 10_000 },
    "random gene sets of the SHAP set's size that the study is told from " +
      "within each tissue",
  ),
};
