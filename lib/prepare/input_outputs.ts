/** The files on how the matrix was read, and on what is doubtful in it. */

import {
  flag,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { confounderFindings } from "./review/finding_names.ts";
import { droppingFlags } from "./review/revision.ts";

/** How often one fact of the samples predicts another. */
const prediction = (what: string) =>
  object({
    samples: integer("samples that it was tried on, each left out in turn"),
    right: number("share that is predicted right"),
    guessed: number("share that is right by guessing"),
    bound: number("share that chance alone hardly reaches"),
  }, what);

export const input = defineJson(
  "prepare/input.json",
  "How the matrix was read, and which samples were left out",
  {
    format: nullable(text("the file's format; empty for the simulated matrix")),
    genes_in: nullable(
      word(["rows", "columns"], "the side of the file that the genes are on"),
    ),
    orientation_reason: nullable(
      text("why the genes are taken to be there, after a comma"),
    ),
    label: nullable(text("what the file calls the tissues")),
    label_from: nullable(
      word(["matrix", "sheet"], "the file that has the tissues"),
    ),
    samples: integer("samples that were read"),
    genes: integer("genes that were read"),
    dropped: list(
      object({
        flag: word(droppingFlags, "the flag that left them out"),
        samples: integer("their number"),
      }),
      "samples that were left out, in this order",
    ),
    merged: list(
      object({
        from: text("the tissue in the file"),
        to: text("its new name"),
        samples: integer("its samples"),
      }),
      "tissues that --merge-labels renamed",
    ),
    notes: list(text("a note"), "what the user should know of the reading"),
  },
);

export const review = defineJson(
  "prepare/review.json",
  "What may make the scores look better than they are",
  {
    logarithm_twice: flag(
      "the values look like logarithms, and their logarithm was taken",
    ),
    empty_samples: integer(
      "samples that hold only zeros or one value, of those that were read; " +
        "--drop-zero-samples leaves them out",
    ),
    twins: object(
      {
        samples: integer("samples with the same values as another one"),
        sets: integer("sets of samples with the same values"),
        of_several_tissues: integer(
          "samples in sets of more than one tissue",
        ),
        tested: integer("test samples, of all folds"),
        tested_with_twin: integer(
          "of these, those with a twin of the same tissue among the training " +
            "and validation samples of their fold",
        ),
      },
      "samples with equal values, of those that are used",
    ),
    confounders: list(
      object({
        column: nullable(
          text("the column of the samples; empty for the library size"),
        ),
        measure: word(
          ["categories", "numbers"],
          "categories: by the commonest tissue of the others with the same " +
            "text; numbers: by the nearest of the tissues' means, the mean " +
            "share of all tissues",
        ),
        finding: word(
          confounderFindings,
          "predicts: it predicts the tissue, and the tissue it; within: its values lie within one " +
            "tissue each; shared: tissues have one value each",
        ),
        is_group: flag("the split keeps its samples together"),
        tissue: prediction("how it predicts the tissue"),
        reverse: nullable(
          prediction("how the tissue predicts it; categories only"),
        ),
      }),
      "library size (of counts) and columns of the samples, and how they go " +
        "with the tissue",
    ),
  },
);
