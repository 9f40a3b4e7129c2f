/** The files of the `checks` stage. */

import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable, type RowOf } from "../store/table.ts";

const check = word(
  [
    "rerun",
    "ensemble_member",
    "output_layer",
    "dense_layers",
    "all_layers",
    "shuffled_labels",
  ],
  "the network that is compared: the same with other draws, the second one of " +
    "the ensemble, with layers re-initialized, or trained on shuffled labels",
);

const measures = {
  spearman: nullable(
    number("rank correlation of the medians; empty if one side is constant"),
  ),
  spearman_absolute: nullable(number("the same without their signs")),
  overlap: number("share of the best genes that both have"),
};

export const agreement = defineTable(
  "checks/agreement.csv",
  "One row per check and tissue: scores compared with the network's own",
  {
    check,
    tissue: text("the tissue"),
    samples: integer("samples behind the medians"),
    spearman: measures.spearman,
    spearman_absolute: measures.spearman_absolute,
    top: integer("how many of the best genes are compared"),
    overlap: measures.overlap,
  },
);

export const checks = defineJson(
  "checks/checks.json",
  "The agreement of each check as a mean over the tissues",
  {
    top: integer("how many of a tissue's best genes are compared"),
    chance_overlap: number("the overlap of unrelated orders: top / genes"),
    samples: integer("samples explained by every network"),
    draws: integer("draws a sample"),
    checks: list(object({ check, ...measures }), "a check each"),
    shuffled_network: object({
      epochs: integer("epochs on the shuffled labels"),
      train_accuracy: number("on the shuffled labels that it was trained with"),
      macro_f1: number("on the test samples' own tissues"),
      accuracy: number("on the test samples' own tissues"),
      chance_accuracy: number(
        "of guesses by the training labels' shares, on the test samples",
      ),
    }, "the network that was trained on shuffled labels"),
  },
);

export const agreementFigure = defineFigure(
  "checks/agreement.svg",
  "Agreement of each check with the network's own scores, by tissue",
  new URL("./figures/agreement.ts", import.meta.url),
  ({ drawAgreement }: typeof import("./figures/agreement.ts")) => drawAgreement,
);

/** All that the stage writes. */
export const outputs = [agreement, checks, agreementFigure];

export type AgreementRow = RowOf<typeof agreement>;
export type ChecksSummary = ReturnType<typeof checks.parse>;
export type CheckMeans = ChecksSummary["checks"][number];
export type Check = AgreementRow["check"];
