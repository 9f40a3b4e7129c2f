/** How many known genes are among the first genes, for each ranking. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { valueAxisX, valueAxisY } from "../../report/figures/axes.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { shorten } from "../../report/figures/words.ts";

/** One ranking's precision down to the same ranks in every tissue. */
export interface RankingCurves {
  readonly title: string;
  /** By tissue, in the order of `tissues`. */
  readonly precision: readonly (readonly number[])[];
}

/** The data of the figure. */
export interface RecoveryCurves {
  readonly ranks: readonly number[];
  readonly tissues: readonly {
    readonly tissue: string;
    /** Known genes in the matrix. */
    readonly known: number;
  }[];
  /** SHAP first. */
  readonly rankings: readonly RankingCurves[];
  /** Genes of the matrix. */
  readonly genes: number;
}

const TITLE = "Known genes among the first genes of a tissue";
/** With more tissues than this only the mean is drawn. */
const MOST_TISSUES = 12;
const COLUMNS = 3;
const SMALL_HEIGHT = 150;
const MEAN_HEIGHT = 300;

/** Lines that differ in dashes, too. */
const DASHES = [undefined, "7,3", "2,3", "9,3,2,3", "4,2"];
const COLORS = [HUES[0], HUES[3], HUES[2], HUES[7], HUES[5], HUES[6]];

/**
 * Draws the mean precision over the tissues by rank, and below it each tissue.
 *
 * @returns An SVG text.
 */
export function drawRecovery(data: RecoveryCurves): string {
  const { ranks, tissues, rankings, genes } = data;
  if (tissues.length === 0 || ranks.length === 0) {
    return renderNothing(TITLE, "no tissue has known genes");
  }
  const looks = rankings.map(({ title }, index) => ({
    label: title,
    color: COLORS[index % COLORS.length],
    dashes: DASHES[index % DASHES.length],
    symbol: "line",
  }));
  const limits = [
    { label: "best possible", color: INK.gray, symbol: "line" },
    {
      label: "genes drawn at random",
      color: INK.gray,
      symbol: "line",
      dashes: "1,3",
    },
  ];
  const key = drawKey([...looks, ...limits], CONTENT_WIDTH);
  const best = tissues.map(({ known }) =>
    ranks.map((rank) => Math.min(rank, known) / rank)
  );
  const chance = tissues.map(({ known }) => known / genes);
  const lines = (
    pick: (byTissue: readonly (readonly number[])[]) => readonly number[],
    chance: number,
  ): Lines => ({
    looks,
    ranks,
    curves: rankings.map(({ precision }) => pick(precision)),
    best: pick(best),
    chance,
  });
  const panels: Panel[] = [
    { left: 0, top: 4, options: key.options },
    {
      left: 0,
      top: key.height + 10,
      options: panelOf(lines(meanOf, meanOf(chance.map((one) => [one]))[0]), {
        width: CONTENT_WIDTH,
        height: MEAN_HEIGHT,
        title: tissues.length > 1
          ? `Mean of ${countOf(tissues.length, "tissue")}`
          : tissues[0].tissue,
        hasAxisNames: true,
      }),
    },
  ];
  let height = key.height + 10 + MEAN_HEIGHT;
  if (tissues.length > 1 && tissues.length <= MOST_TISSUES) {
    const width = CONTENT_WIDTH / COLUMNS;
    tissues.forEach(({ tissue, known }, index) => {
      panels.push({
        left: (index % COLUMNS) * width,
        top: height + 8 + Math.floor(index / COLUMNS) * SMALL_HEIGHT,
        options: panelOf(lines((all) => all[index], chance[index]), {
          width,
          height: SMALL_HEIGHT,
          title: `${shorten(tissue, width - 90, 12)} (${known})`,
          hasAxisNames: false,
        }),
      });
    });
    height += 8 + Math.ceil(tissues.length / COLUMNS) * SMALL_HEIGHT;
  }
  const last = ranks[ranks.length - 1];
  return renderFigure({
    title: TITLE,
    facts: "Precision: the share of known genes among the genes down to a " +
      "rank." +
      (tissues.length > 1 && tissues.length <= MOST_TISSUES
        ? " Below: each tissue, with its number of known genes in the matrix."
        : ""),
    description:
      `Lines of the precision from rank 1 to ${last} for ${
        rankings.map(({ title }) => title).join(", ")
      }. Mean over ${countOf(tissues.length, "tissue")} at the last rank: ` +
      rankings.map(({ title, precision }) =>
        `${title} ${meanOf(precision)[ranks.length - 1].toFixed(3)}`
      ).join(", ") + ".",
    height,
    panels,
  });
}

/** What one panel shows. */
interface Lines {
  readonly looks: readonly KeyEntry[];
  readonly ranks: readonly number[];
  readonly curves: readonly (readonly number[])[];
  readonly best: readonly number[];
  readonly chance: number;
}

function panelOf(
  { looks, ranks, curves, best, chance }: Lines,
  look: {
    readonly width: number;
    readonly height: number;
    readonly title: string;
    readonly hasAxisNames: boolean;
  },
): Plot.PlotOptions {
  const { width, height, title, hasAxisNames } = look;
  const last = ranks[ranks.length - 1];
  const ticks = [1, 10, 100, 1000].filter((tick) => tick <= last);
  return {
    width,
    height,
    marginTop: hasAxisNames ? 40 : 26,
    marginLeft: 36,
    marginRight: 12,
    marginBottom: hasAxisNames ? 44 : 24,
    x: { type: "log", domain: [1, Math.max(2, last)] },
    y: { domain: [0, 1] },
    marks: [
      ...valueAxisX({
        label: hasAxisNames ? "rank (log scale)" : "",
        ticks,
        tickFormat: String,
      }),
      ...valueAxisY({
        label: hasAxisNames ? "precision" : "",
        ticks: hasAxisNames ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.5, 1],
      }),
      Plot.ruleY([chance], {
        stroke: INK.gray,
        strokeDasharray: "1,3",
        strokeWidth: 1.5,
      }),
      Plot.line(best, {
        x: ranks,
        y: best,
        stroke: INK.gray,
        strokeWidth: 1.2,
      }),
      // The first ranking is drawn on top.
      ...curves.map((curve, index) =>
        Plot.line(curve, {
          x: ranks,
          y: curve,
          stroke: looks[index].color,
          strokeWidth: index === 0 ? 2.4 : 1.8,
          strokeDasharray: looks[index].dashes,
        })
      ).reverse(),
      Plot.text([title], {
        frameAnchor: "top",
        dy: hasAxisNames ? -28 : -16,
        text: (each: string) => each,
        fontSize: 12,
        fontWeight: "bold",
      }),
    ],
  };
}

/** The mean over the tissues at each rank. */
function meanOf(byTissue: readonly (readonly number[])[]): number[] {
  return byTissue[0].map((_, index) =>
    byTissue.reduce((sum, own) => sum + own[index], 0) / byTissue.length
  );
}
