/**
 * The look that all figures share: a near-white rounded card with dark ink,
 * which holds on light and on dark pages, a title, a line of facts, and below
 * them panels drawn with Observable Plot.
 */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type DrawnNode, escapeXml, writeNode } from "./markup.ts";
import { INK } from "./palette.ts";
import { wrap } from "./words.ts";

/** The width of a figure unless its data ask for more, in pixels. */
export const FIGURE_WIDTH = 720;
/** The free edge around everything on the card, in pixels. */
export const CARD_PADDING = 20;
/** The width that panels may fill in a figure of the usual width. */
export const CONTENT_WIDTH = FIGURE_WIDTH - 2 * CARD_PADDING;
/** The size of ordinary text in panels, in pixels. */
export const TEXT_SIZE = 12;

const TITLE_SIZE = 17;
const TITLE_LINE = 22;
const FACTS_SIZE = 12.5;
const FACTS_LINE = 17;

/** A drawing of Observable Plot and its place below the heading. */
export interface Panel {
  /** Pixels from the left edge of the content. */
  left: number;
  /** Pixels from the heading's lower end. */
  top: number;
  /** What Plot draws; `width` and `height` must be given. */
  options: Plot.PlotOptions;
}

export interface Figure {
  /** What the figure shows, in a few words. */
  title: string;
  /** One or two sentences below the title: counts and how to read it. */
  facts?: string;
  /** The figure in words, for those who do not see it. */
  description: string;
  /** The card's width in pixels, by default 720. */
  width?: number;
  /** The height of what stands below the heading, in pixels. */
  height: number;
  panels: Panel[];
}

/** Draws one panel as a `g` element. */
function writePanel(panel: Panel, left: number, top: number): string {
  // A page of its own for each panel: nothing of one drawing reaches another.
  const page = parseHTML("<!doctype html><html><body></body></html>");
  const { document } = page as unknown as { document: unknown };
  const drawn = Plot.plot({
    ...panel.options,
    document: document as never,
  }) as unknown as DrawnNode;
  const inside = Array.from(drawn.childNodes, writeNode).join("\n");
  return `<g transform="translate(${left + panel.left},${
    top + panel.top
  })" text-anchor="middle">\n${inside}\n</g>`;
}

/**
 * Draws a figure as a self-contained SVG text: no links, no scripts, no ids,
 * no fonts but the reader's own sans-serif, the same bytes at every call.
 */
export function renderFigure(figure: Figure): string {
  const width = Math.round(figure.width ?? FIGURE_WIDTH);
  const limit = width - 2 * CARD_PADDING;
  const heading: string[] = [];
  let y = CARD_PADDING + 12;
  const add = (text: string, size: number, step: number, look: string) => {
    for (const line of wrap(text, limit, size)) {
      heading.push(
        `<text x="${CARD_PADDING}" y="${y}" font-size="${size}" ${look}>${
          escapeXml(line)
        }</text>`,
      );
      y += step;
    }
  };
  add(figure.title, TITLE_SIZE, TITLE_LINE, `font-weight="bold"`);
  if (figure.facts !== undefined) {
    add(figure.facts, FACTS_SIZE, FACTS_LINE, `fill="${INK.quiet}"`);
  }
  const top = y - 4;
  const height = Math.round(top + figure.height + CARD_PADDING - 6);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="${TEXT_SIZE}" color="${INK.text}" fill="${INK.text}">`,
    `<title>${escapeXml(figure.title)}</title>`,
    `<desc>${escapeXml(figure.description)}</desc>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${
      height - 1
    }" rx="10" fill="${INK.card}" stroke="${INK.border}"/>`,
    ...heading,
    ...figure.panels.map((panel) => writePanel(panel, CARD_PADDING, top)),
    "</svg>",
    "",
  ].join("\n");
}

/**
 * A figure that says why it is empty.
 *
 * @param reason What is missing, such as `no epoch was recorded`.
 */
export function renderNothing(title: string, reason: string): string {
  return renderFigure({
    title,
    facts: `Nothing to draw: ${reason}.`,
    description: `Nothing to draw: ${reason}.`,
    height: 6,
    panels: [],
  });
}
