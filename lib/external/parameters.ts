/** The flags of the stage `external`. */

import { integer, text } from "../cli/parameters.ts";
import { readingParameters } from "../prepare/parameters.ts";

/** How the other cohort's files are read: as `prepare` reads the run's. */
const ownReading = [
  "sample-column",
  "orient",
  "ignore",
  "layer",
  "tx2gene",
  "features",
  "duplicates",
  "missing",
] as const;

export const externalParameters = {
  external: text(
    "",
    "FILE",
    "another cohort of the same tissues, in any form that --input takes: it " +
      "judges the networks, the SHAP set and all rankings",
  ),
  "external-samples": text("", "FILE", "the other cohort's sample sheet"),
  "external-label": text(
    "",
    "COLUMN",
    "the column (or row) that holds its tissues (default: found as for --label)",
  ),
  "external-tissues": text(
    "",
    "FILE",
    "a table with the columns from and to: a tissue of the other cohort, and " +
      "what this run calls it; other tissues are matched by name",
  ),
  ...Object.fromEntries(
    ownReading.map((name) => [name, readingParameters[name]]),
  ) as Pick<typeof readingParameters, typeof ownReading[number]>,
  random: integer(
    // Of six sizes an adjusted p below 0.05 takes 120.
    199,
    { minimum: 19, maximum: 100_000 },
    "random panels, and random sets, that each panel and the set are compared " +
      "with",
  ),
};
