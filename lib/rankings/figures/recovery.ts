/** How many known genes are among the first genes, for each ranking. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import {
  CHANCE_LINE,
  chanceLook,
  curveChart,
  lookOf,
  pointsAt,
  rankAxis,
} from "../../report/figures/curves.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { INK } from "../../report/figures/palette.ts";
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
  const looks = rankings.map(({ title }, index) => lookOf(title, index));
  const limits = [
    { label: "best possible", color: INK.gray, symbol: "line" },
    chanceLook("genes drawn at random"),
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
  return curveChart({
    ...look,
    x: rankAxis(ranks[ranks.length - 1]),
    y: {
      label: "precision",
      ...!look.hasAxisNames && { ticks: [0, 0.5, 1] },
    },
    below: [
      Plot.ruleY([chance], CHANCE_LINE),
      Plot.line(best, {
        x: ranks,
        y: best,
        stroke: INK.gray,
        strokeWidth: 1.2,
      }),
    ],
    curves: curves.map((curve, index) => ({
      look: looks[index],
      points: pointsAt(ranks, curve),
    })),
  });
}

/** The mean over the tissues at each rank. */
function meanOf(byTissue: readonly (readonly number[])[]): number[] {
  return byTissue[0].map((_, index) =>
    byTissue.reduce((sum, own) => sum + own[index], 0) / byTissue.length
  );
}
