/** How well small panels of each ranking tell the other cohort's tissues. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import {
  CHANCE_LINE,
  chanceLook,
  curveChart,
  lookOf,
} from "../../report/figures/curves.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import type { PanelScore } from "../panels.ts";
import { VIEW_TITLES, type ViewName, viewNames } from "../names.ts";

/** The data of the figure. */
export interface PanelCurves {
  /** Genes that each tissue gives, ascending. */
  readonly depths: readonly number[];
  /** SHAP first. */
  readonly rankings: readonly {
    readonly name: string;
    readonly title: string;
  }[];
  readonly panels: readonly Omit<PanelScore, "adjusted_p">[];
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
    chanceLook("random panels as large as SHAP's"),
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
): PanelCurves["panels"] {
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
  const title = VIEW_TITLES[view];
  return curveChart({
    width,
    height: HEIGHT,
    title: title[0].toUpperCase() + title.slice(1),
    x: {
      type: "log",
      domain: [depths[0], depths[depths.length - 1]],
      label: "genes a tissue (log scale)",
      ticks: depths,
    },
    y: { label: hasAxisName ? "macro F1" : "" },
    below: [
      Plot.line(ofRanking(data, rankings[0].name, view), {
        x: "genes_a_tissue",
        y: "random_mean",
        ...CHANCE_LINE,
      }),
    ],
    curves: rankings.map(({ name }, index) => ({
      look: looks[index],
      points: ofRanking(data, name, view).map(
        ({ genes_a_tissue, macro_f1 }) => ({
          x: genes_a_tissue,
          y: macro_f1,
          dot: 2.5,
        }),
      ),
    })),
  });
}
