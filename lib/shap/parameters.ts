/** The parameters of the `shap` stage. */

import { choice, integer, integerOr, number } from "../cli/parameters.ts";
import { alphaDraws, backgroundDraws } from "./draws.ts";
import { FIRST_ROUND } from "./draw_rounds.ts";
import { cutoffRules } from "../selection/cutoff.ts";

/** One declaration a flag. */
export const shapParameters = {
  draws: integerOr(
    200,
    ["auto"],
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample and network, taken in tens; auto takes more " +
      "until a rerun is expected to share 95 % of each tissue's top genes",
  ),
  "max-draws": integer(
    3200,
    { minimum: FIRST_ROUND, maximum: 1_000_000 },
    "draws at which auto ends at the latest",
  ),
  alphas: choice(
    "steep",
    alphaDraws,
    "where between background and sample draws lie: anywhere (random), one " +
      "in each of as many equal parts as there are draws, or of parts that " +
      "are short where the network's output changes most (steep)",
  ),
  backgrounds: choice(
    "balanced",
    backgroundDraws,
    "the background samples of the draws: spread over the tissues, or any",
  ),
  cut: choice(
    "unique",
    cutoffRules,
    "where the tissues' lists are cut: where half of the genes listed are " +
      "repeats, at the last rank that keeps the false discovery rate by " +
      "decoys, or after a number of ranks",
  ),
  fdr: number(
    0.1,
    { above: 0, maximum: 1 },
    "largest estimated false discovery rate, with --cut fdr",
  ),
  top: integer(100, { minimum: 1 }, "ranks a tissue, with --cut top"),
};
