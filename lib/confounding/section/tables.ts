/** The section's tables. */

import { fixed } from "../../cli/numbers.ts";
import { byCodeUnit, withCommas } from "../../cli/text.ts";
import {
  details,
  escapeText,
  numberColumns,
  table,
} from "../../report/markdown.ts";
import type { ConfoundingSummary, StudyRow, WithinRow } from "../outputs.ts";

/** A row per tissue: its samples and studies, the largest of them named. */
export function studyTable(cells: readonly StudyRow[]): string {
  const tissues = [...Map.groupBy(cells, ({ tissue }) => tissue)];
  return details(
    `Studies of each tissue (${withCommas(tissues.length)} rows)`,
    table(
      [
        { title: "tissue" },
        ...numberColumns("samples", "studies"),
        { title: "largest study" },
        ...numberColumns("its samples"),
      ],
      tissues.map(([tissue, own]) => {
        const [largest] = own.toSorted((a, b) =>
          b.samples - a.samples || byCodeUnit(a.study, b.study)
        );
        return [
          escapeText(tissue),
          withCommas(own.reduce((sum, { samples }) => sum + samples, 0)),
          withCommas(own.length),
          escapeText(largest.study),
          withCommas(largest.samples),
        ];
      }),
    ),
  );
}

/** A row per classifier and choice of genes. */
export function heldOutTable(
  scores: NonNullable<ConfoundingSummary["held_out"]>["scores"],
): string {
  return table(
    [
      { title: "classifier" },
      { title: "genes" },
      ...numberColumns(
        "macro F1, random parts",
        "macro F1, whole studies",
        "accuracy, random parts",
        "accuracy, whole studies",
      ),
    ],
    scores.map(({ classifier, genes, n_genes, ...score }) => [
      classifier,
      `${genes === "set" ? "the SHAP set" : "all"} (${withCommas(n_genes)})`,
      fixed(score.random_macro_f1),
      fixed(score.macro_f1),
      fixed(score.random_accuracy),
      fixed(score.accuracy),
    ]),
  );
}

/** A row per tissue of several large studies. */
export function withinTable(rows: readonly WithinRow[]): string {
  const told = (row: WithinRow, by: "set" | "random" | "all") => {
    const text = fixed(row[by], 2);
    return row[by] > row.bound ? `**${text}**` : text;
  };
  const toldByNetworks = (
    { networks, networks_chance, networks_bound }: WithinRow,
  ) => {
    if (networks === null) return "";
    const text = fixed(networks, 2);
    return `${networks > networks_bound! ? `**${text}**` : text} (${
      fixed(networks_chance, 2)
    })`;
  };
  return table(
    [
      { title: "tissue" },
      ...numberColumns(
        "studies",
        "samples",
        "guessing",
        "SHAP set",
        "random genes",
        "all genes",
        "networks (guessing)",
      ),
    ],
    rows.map((row) => [
      escapeText(row.tissue),
      withCommas(row.studies),
      withCommas(row.samples),
      fixed(row.chance, 2),
      told(row, "set"),
      told(row, "random"),
      told(row, "all"),
      toldByNetworks(row),
    ]),
  );
}
