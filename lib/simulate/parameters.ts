/** The flags of the simulation. */

import { integer, integerOr, number } from "../cli/parameters.ts";

export const simulateParameters = {
  samples: integer(
    240,
    { minimum: 6, maximum: 1_000_000 },
    "samples, at least 3 per tissue",
  ),
  genes: integer(2000, { minimum: 4, maximum: 200_000 }, "genes"),
  tissues: integer(8, { minimum: 2, maximum: 1000 }, "tissues"),
  studies: integer(
    6,
    { minimum: 1, maximum: 1000 },
    "studies, each with shifts of its own and some of the tissues",
  ),
  imbalance: number(
    6,
    { minimum: 1, maximum: 1000 },
    "samples of the largest tissue per sample of the smallest, as far as " +
      "each tissue keeps 8",
  ),
  planted: integer(
    30,
    { minimum: 1, maximum: 100_000 },
    "genes up in one tissue, per tissue",
  ),
  "low-expression": number(
    0.2,
    { minimum: 0, maximum: 1 },
    "share of these that are expressed at the detection limit",
  ),
  down: integerOr(
    "auto",
    ["auto"],
    { minimum: 0, maximum: 100_000 },
    "genes lower in one tissue than in all others, per tissue; auto: a third " +
      "of --simulate.planted",
  ),
  "group-enriched": integerOr(
    "auto",
    ["auto"],
    { minimum: 0, maximum: 100_000 },
    "genes up in two or three tissues, in all; auto: four thirds of " +
      "--simulate.planted",
  ),
  "study-biased": integerOr(
    "auto",
    ["auto"],
    { minimum: 0, maximum: 100_000 },
    "genes that one study, which holds mostly one tissue, measures too high; " +
      "auto: as many as --simulate.planted",
  ),
  modules: integer(
    10,
    { minimum: 0, maximum: 1000 },
    "groups of genes that vary together whatever the tissue, 1.5 % of the " +
      "genes each",
  ),
  effect: number(
    4,
    { above: 0, maximum: 20 },
    "strongest planted log2 fold change; the weakest is an eighth of it",
  ),
  dispersion: number(
    0.2,
    { above: 0, maximum: 10 },
    "median over the genes of the dispersion of the negative binomial counts",
  ),
};
