/** Colors and shapes that readers with color-blindness tell apart, too. */

import { byCodeUnit } from "./words.ts";

/** The card that every figure is drawn on, and the inks on it. */
export const INK = {
  card: "#fcfcfa",
  border: "#d3d7dc",
  text: "#1f2328",
  quiet: "#59636e",
  grid: "#e4e7ea",
  missing: "#c9cdd2",
  gray: "#8c959f",
} as const;

/**
 * Eight hues of different lightness (after Okabe and Ito 2008; their yellow,
 * too pale on a white card, gave way to wine).
 */
export const HUES = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#56b4e9",
  "#cc79a7",
  "#3d3d3d",
  "#882255",
] as const;

/** Filled symbols of Observable Plot, the most different ones first. */
export const SHAPES = [
  "circle",
  "triangle",
  "square",
  "cross",
  "star",
  "diamond",
  "wye",
] as const;

export interface TissueStyle {
  color: string;
  symbol: typeof SHAPES[number];
}

/**
 * Gives each tissue a hue and a shape: 56 pairs that differ, then again from
 * the start. Up to seven tissues differ in both, so that a print in gray tells
 * them apart, too. The same tissues get the same pairs in every figure,
 * whatever their order.
 */
export function styleTissues(
  tissues: Iterable<string>,
): Map<string, TissueStyle> {
  const names = [...new Set(tissues)].sort(byCodeUnit);
  return new Map(names.map((name, index) => [name, {
    color: HUES[index % HUES.length],
    // 7 and 8 have no common divisor: no pair comes twice in 56.
    symbol: SHAPES[index % SHAPES.length],
  }]));
}

/** Red, green and blue of `#rrggbb`. */
function channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}

/**
 * A ramp through colors at equal steps.
 *
 * @returns The color at a place in [0, 1]; places outside are clamped.
 */
function rampThrough(stops: readonly string[]): (place: number) => string {
  const colors = stops.map(channels);
  return (place) => {
    const at = Math.min(1, Math.max(0, place)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(at));
    const mixed = colors[below].map((low, channel) =>
      Math.round(low + (at - below) * (colors[below + 1][channel] - low))
    );
    return "#" + mixed.map((one) => one.toString(16).padStart(2, "0")).join("");
  };
}

/** From almost white (0) to dark blue (1), for shares and amounts. */
export const amountRamp: (place: number) => string = rampThrough([
  "#f4f6f8",
  "#c3d9ec",
  "#7fb2d8",
  "#3a80ba",
  "#0b4a85",
  "#08264d",
]);

/** From blue (0) over almost white (0.5) to red-brown (1), for differences. */
export const differenceRamp: (place: number) => string = rampThrough([
  "#0b3c7d",
  "#3d86c0",
  "#a9cfe6",
  "#f5f5f3",
  "#f6bd8d",
  "#d2691e",
  "#7a2a04",
]);

/**
 * Dark or white ink, whichever stands out more on a color (relative
 * luminance of WCAG 2.1).
 */
export function inkOn(color: string): string {
  const [red, green, blue] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.26 ? INK.text : "#ffffff";
}
