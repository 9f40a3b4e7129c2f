/**
 * The flags that say what is studied: the user's files, and how often the
 * samples are parted. Every task of the suite takes them.
 */

import { integer, text } from "../cli/parameters.ts";

/**
 * Where the matrix and the sample sheet are. Without `input` the demo matrix
 * is simulated.
 */
export const inputParameters = {
  input: text(
    "",
    "FILE",
    "the expression matrix, samples in rows (csv or tsv, plain or gzipped); without it a demo is simulated",
  ),
  label: text(
    "",
    "COLUMN",
    "the matrix's column that holds the tissue (default: the last)",
  ),
  samples: text(
    "",
    "FILE",
    "a sample sheet with the column sample_id; goes with --group",
  ),
  group: text(
    "",
    "COLUMN",
    "the sample sheet's column of groups (studies, donors) that the split keeps together",
  ),
  folds: integer(
    1,
    { minimum: 1, maximum: 100 },
    "test parts for cross-fitting: each sample is predicted and explained by a network that has not seen it; 1 for a single test part",
  ),
};
