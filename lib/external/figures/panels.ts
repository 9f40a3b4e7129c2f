/** How well small panels of each ranking tell the other cohort's tissues. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { valueAxisX, valueAxisY } from "../../report/figures/axes.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { INK } from "../../report/figures/palette.ts";
import type { PanelScore } from "../panels.ts";
import { VIEW_TITLES, type ViewName, viewNames } from "../names.ts";
import { lookOf } from "./looks.ts";

/** The data of the figure. */
export interface PanelCurves {
  /** Genes that each tissue gives, ascending. */
  readonly depths: readonly number[];
  /** SHAP first. */
  readonly rankings: readonly {
    readonly name: string;
    readonly title: string;
  }[];
  readonly panels: readonly PanelScore[];
  readonly tissues: number;
  /** Judged samples. */
  readonly samples: number;
  /** Random panels of each size. */
  readonly random: number;
}

const TITLE = "Small panels, made here and judged by the other cohort";
const HEIGHT = 270;

/**
 * Draws macro F1 by genes a tissue: a panel for each view of the values.
 *
 * @returns An SVG text.
 */
export function drawPanels(data: PanelCurves): string {
  const { rankings, panels, tissues, samples, random } = data;
  if (panels.length === 0) {
    return renderNothing(TITLE, "no ranking has a gene of the other cohort");
  }
  const looks = rankings.map(({ title }, index) => lookOf(title, index));
  const key = drawKey([
    ...looks,
    {
      label: "random panels as large as SHAP's",
      color: INK.gray,
      symbol: "line",
      dashes: "1,3",
    },
  ], CONTENT_WIDTH);
  const width = Math.floor(CONTENT_WIDTH / viewNames.length);
  return renderFigure({
    title: TITLE,
    facts:
      `Macro F1 of nearest centroids in ${countOf(samples, "sample")} of ${
        countOf(tissues, "tissue")
      }; gray: the mean of ${random} random ` +
      "panels. The other cohort's values as they are; with each gene's mean " +
      "moved to the run's; and with the mean of its tissues moved.",
    description: "Lines of macro F1 by genes a tissue. " +
      viewNames.map((view) =>
        `Values ${VIEW_TITLES[view]}: ` +
        rankings.map(({ name, title }) => {
          const own = ofRanking(data, name, view);
          return `${title} ${
            own.map(({ genes_a_tissue, macro_f1 }) =>
              `${macro_f1.toFixed(2)} with ${genes_a_tissue}`
            ).join(", ")
          }`;
        }).join("; ")
      ).join(". ") + ".",
    height: key.height + 10 + HEIGHT,
    panels: [
      { left: 0, top: 4, options: key.options },
      ...viewNames.map((view, index) => ({
        left: index * width,
        top: key.height + 10,
        options: optionsOf(data, view, width, looks, index === 0),
      })),
    ],
  });
}

function ofRanking(
  { panels }: Pick<PanelCurves, "panels">,
  name: string,
  view: ViewName,
): PanelScore[] {
  return panels.filter((panel) =>
    panel.ranking === name && panel.view === view
  );
}

function optionsOf(
  data: PanelCurves,
  view: ViewName,
  width: number,
  looks: readonly KeyEntry[],
  hasAxisName: boolean,
): Plot.PlotOptions {
  const { depths, rankings } = data;
  const first = ofRanking(data, rankings[0].name, view);
  return {
    width,
    height: HEIGHT,
    marginTop: 40,
    marginLeft: 36,
    marginRight: 12,
    marginBottom: 44,
    x: { type: "log", domain: [depths[0], depths[depths.length - 1]] },
    y: { domain: [0, 1] },
    marks: [
      ...valueAxisX({
        label: "genes a tissue (log scale)",
        ticks: depths,
        tickFormat: String,
      }),
      ...valueAxisY({
        label: hasAxisName ? "macro F1" : "",
        ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
      }),
      Plot.line(first, {
        x: "genes_a_tissue",
        y: "random_mean",
        stroke: INK.gray,
        strokeDasharray: "1,3",
        strokeWidth: 1.5,
      }),
      // The first ranking is drawn on top.
      ...rankings.map(({ name }, index) => {
        const own = ofRanking(data, name, view);
        const place = { x: "genes_a_tissue", y: "macro_f1" };
        return [
          Plot.line(own, {
            ...place,
            stroke: looks[index].color,
            strokeWidth: index === 0 ? 2.4 : 1.8,
            strokeDasharray: looks[index].dashes,
          }),
          // Plot's markers have ids, which differ from drawing to drawing.
          Plot.dot(own, { ...place, r: 2.5, fill: looks[index].color }),
        ];
      }).reverse(),
      Plot.text([VIEW_TITLES[view]], {
        frameAnchor: "top",
        dy: -28,
        text: (each: string) => each[0].toUpperCase() + each.slice(1),
        fontSize: 12,
        fontWeight: "bold",
      }),
    ],
  };
}
