/** Which rankings list the same genes: bars and dots, as UpSet draws them. */

import * as Plot from "@observablehq/plot";
import { countOf, withCommas } from "../../cli/text.ts";
import { drawKey, pixelPanel } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";

/** The data of the figure. */
export interface Intersections {
  /** A tissue's first genes that are looked at. */
  readonly depth: number;
  readonly tissues: number;
  /** Titles. */
  readonly rankings: readonly string[];
  /** Places of the rankings that a core gene is in. */
  readonly core: readonly number[];
  /** The largest first. */
  readonly intersections: readonly {
    readonly members: readonly number[];
    readonly genes: number;
  }[];
}

const TITLE = "Genes that the rankings have in common";
/** Columns that the figure has room for. */
const MOST = 20;
const BARS = 150;
const ROW = 22;
const CORE = HUES[3];
const OTHER = HUES[0];

/**
 * Draws a bar for each combination of rankings that has genes of its own, the
 * largest first, and below it which rankings these are (after Lex et al. 2014,
 * doi:10.1109/TVCG.2014.2346248).
 *
 * @returns An SVG text.
 */
export function drawIntersections(data: Intersections): string {
  const { depth, tissues, rankings, core, intersections } = data;
  if (intersections.length === 0) {
    return renderNothing(TITLE, "no ranking lists a gene");
  }
  const shown = chooseShown(intersections, rankings.length);
  const isCore = (members: readonly number[]) =>
    core.length > 0 && core.every((place) => members.includes(place));
  const names = rankings.map((title) => shorten(title, 190, 12));
  const left = 12 + Math.max(...names.map((name) => textWidth(name, 12)));
  const step = (CONTENT_WIDTH - left - 6) / Math.max(10, shown.length);
  const most = Math.max(...shown.map(({ genes }) => genes));
  const top = 18;
  const dotsTop = top + BARS + 12;
  const columns = shown.map(({ members, genes }, index) => ({
    members,
    genes,
    x: left + (index + 0.5) * step,
    y: top + BARS * (1 - genes / most),
    color: isCore(members) ? CORE : OTHER,
  }));
  const rowY = (place: number) => dotsTop + (place + 0.5) * ROW;
  const dots = columns.flatMap(({ x, members, color }) =>
    rankings.map((_, place) => ({
      x,
      y: rowY(place),
      color: members.includes(place) ? color : INK.grid,
    }))
  );
  const height = dotsTop + rankings.length * ROW + 4;
  const all = intersections.reduce((sum, { genes }) => sum + genes, 0);
  const drawn = shown.reduce((sum, { genes }) => sum + genes, 0);
  const common = intersections.filter(({ members }) => isCore(members))
    .reduce((sum, { genes }) => sum + genes, 0);
  const looks = [
    {
      label: "in these rankings, in no other of those shown",
      color: OTHER,
      symbol: "square",
    },
    ...core.length > 0
      ? [{ label: "of them core genes", color: CORE, symbol: "square" }]
      : [],
  ];
  const key = drawKey(looks, CONTENT_WIDTH);
  const left_out = intersections.length - shown.length;
  return renderFigure({
    title: TITLE,
    facts:
      `Pairs of a gene and a tissue: the first ${
        countOf(depth, "gene")
      } of each of ${countOf(tissues, "tissue")}, ${
        withCommas(all)
      } different pairs in all.` +
      (left_out > 0
        ? ` Not drawn: ${countOf(left_out, "combination")} with ${
          countOf(all - drawn, "pair")
        }.`
        : ""),
    description:
      `Bars by combination of rankings. ${
        shown.slice(0, 5).map(({ members, genes }) =>
          `${members.map((place) => rankings[place]).join(" and ")}: ${genes}`
        ).join("; ")
      }. ` +
      (core.length > 0 ? `Core genes: ${common}.` : ""),
    height: key.height + 8 + height,
    panels: [
      { left: 0, top: 4, options: key.options },
      {
        left: 0,
        top: key.height + 8,
        options: pixelPanel(CONTENT_WIDTH, height, [
          Plot.rect(rankings.flatMap((_, place) => place % 2 ? [] : [place]), {
            x1: 0,
            x2: CONTENT_WIDTH,
            y1: (place: number) => rowY(place) - ROW / 2,
            y2: (place: number) => rowY(place) + ROW / 2,
            fill: "#f1f3f5",
          }),
          Plot.ruleY([top + BARS], {
            x1: left,
            x2: left + shown.length * step,
            stroke: INK.gray,
          }),
          Plot.rect(columns, {
            x1: ({ x }: { x: number }) => x - step * 0.32,
            x2: ({ x }: { x: number }) => x + step * 0.32,
            y1: "y",
            y2: top + BARS,
            fill: "color",
          }),
          Plot.text(columns, {
            x: "x",
            y: ({ y }: { y: number }) => y - 8,
            text: ({ genes }: { genes: number }) => withCommas(genes),
            fontSize: 11,
          }),
          Plot.link(columns, {
            x1: "x",
            x2: "x",
            y1: ({ members }: { members: readonly number[] }) =>
              rowY(members[0]),
            y2: ({ members }: { members: readonly number[] }) =>
              rowY(members[members.length - 1]),
            stroke: "color",
            strokeWidth: 2,
          }),
          Plot.dot(dots, { x: "x", y: "y", r: 5, fill: "color" }),
          Plot.text(names, {
            x: left - 8,
            y: (_: string, place: number) => rowY(place),
            text: (name: string) => name,
            textAnchor: "end",
            fontWeight: "normal",
          }),
          Plot.text(["pairs"], {
            x: left - 8,
            y: top + 4,
            textAnchor: "end",
            fill: INK.quiet,
          }),
        ]),
      },
    ],
  });
}

/** The largest ones, among them what all rankings share. */
function chooseShown(
  intersections: Intersections["intersections"],
  rankings: number,
) {
  const shown = intersections.slice(0, MOST);
  const inAll = intersections.find(({ members }) =>
    members.length === rankings
  );
  return inAll === undefined || shown.includes(inAll)
    ? shown
    : [...shown.slice(0, MOST - 1), inAll];
}
