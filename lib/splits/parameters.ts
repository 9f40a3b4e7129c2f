/** The flags of the stage `splits`. */

import { integer } from "../cli/parameters.ts";

export const splitsParameters = {
  splits: integer(
    1,
    { minimum: 1, maximum: 1000 },
    "how often the samples are split at random: with 2 or more, networks, " +
      "explanations and rankings are made again for each split, and scores " +
      "get an interval; each split takes about as long as cnn and shap",
  ),
};
