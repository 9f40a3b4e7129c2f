/** Where each tissue's name stands in an embedding of samples. */

import {
  type LabelFrame,
  type LabelPlace,
  overlap,
  spreadLabels,
} from "../../report/figures/label_places.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";

/** In pixels. */
export const LABEL_SIZE = 11.5;
/** Between two labels, for fonts are not equally wide everywhere. */
const LABEL_GAP = { x: 6, y: 2 };
/** Labels keep off the border. */
const MARGIN = { x: 5, y: 3 };

/** A sample in pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A sample of a tissue. */
export interface TissuePoint extends Point {
  readonly tissue: string;
}

/** The middle value (the upper one of two). */
function middle(values: readonly number[]): number {
  return values.toSorted((first, second) => first - second)[
    Math.floor(values.length / 2)
  ];
}

/** The sample that lies nearest to the median of its tissue's samples. */
function centerOf(points: readonly Point[]): Point {
  const x = middle(points.map((point) => point.x));
  const y = middle(points.map((point) => point.y));
  const distance = (point: Point) => Math.hypot(point.x - x, point.y - y);
  return points.reduce((nearest, point) =>
    distance(point) < distance(nearest) ? point : nearest
  );
}

/**
 * Whether a name in the figure would be true: of as many samples as the tissue
 * has, those nearest to its center, no other tissue has as many.
 */
function isTogether(
  tissue: string,
  own: readonly Point[],
  all: readonly TissuePoint[],
): boolean {
  const center = centerOf(own);
  const distance = (point: Point) =>
    Math.hypot(point.x - center.x, point.y - center.y);
  const counts = new Map<string, number>();
  all.map((point) => ({ tissue: point.tissue, far: distance(point) }))
    .sort((first, second) => first.far - second.far)
    .slice(0, own.length)
    .forEach((near) =>
      counts.set(near.tissue, (counts.get(near.tissue) ?? 0) + 1)
    );
  const most = counts.get(tissue)!;
  return [...counts].every(([name, count]) => name === tissue || count < most);
}

/** How many points lie under a label. */
function covered(label: LabelPlace, points: readonly Point[]): number {
  return points.filter((point) =>
    Math.abs(point.x - label.x) < label.width / 2 + 3 &&
    Math.abs(point.y - label.y) < label.height / 2 + 3
  ).length;
}

/**
 * A label at the edge of a tissue's samples, above, below, left or right of
 * their center: where it hides the fewest samples and no earlier label.
 */
function placeLabel(
  tissue: string,
  own: readonly Point[],
  all: readonly Point[],
  earlier: readonly LabelPlace[],
  frame: LabelFrame,
): LabelPlace {
  const center = centerOf(own);
  const near = own.filter((point) =>
    Math.hypot(point.x - center.x, point.y - center.y) < 40
  );
  const xs = near.map(({ x }) => x).sort((first, second) => first - second);
  const ys = near.map(({ y }) => y).sort((first, second) => first - second);
  const text = shorten(tissue, 170, LABEL_SIZE);
  const width = textWidth(text, LABEL_SIZE) * 0.96 + LABEL_GAP.x;
  const height = LABEL_SIZE + 2 + LABEL_GAP.y;
  const candidates = [
    { x: center.x, y: ys[0] - 14 },
    { x: center.x, y: ys[ys.length - 1] + 14 },
    { x: xs[xs.length - 1] + width / 2 + 8, y: center.y },
    { x: xs[0] - width / 2 - 8, y: center.y },
  ].map(({ x, y }) => ({
    text,
    x: Math.max(
      frame.left + width / 2,
      Math.min(frame.right - width / 2, x),
    ),
    y: Math.max(frame.top + height / 2, Math.min(frame.bottom - height / 2, y)),
    width,
    height,
    pointX: center.x,
    pointY: center.y,
  }));
  const costs = candidates.map((label) =>
    covered(label, all) +
    8 * earlier.filter((other) => overlap(other, label)).length
  );
  return candidates[costs.indexOf(Math.min(...costs))];
}

/**
 * Places the names such that none overlaps another. A tissue that lies
 * scattered among others has none.
 *
 * @param points All samples, in pixels.
 * @param tissues Their tissues: an earlier name stays, a later one gives way.
 * @param border The frame of the figure.
 * @returns The names, and those of them that a line should lead to their
 * samples, because they stand away from these.
 */
export function labelTissues(
  points: readonly TissuePoint[],
  tissues: readonly string[],
  border: LabelFrame,
): { labels: LabelPlace[]; led: LabelPlace[] } {
  const frame = {
    left: border.left + MARGIN.x,
    top: border.top + MARGIN.y,
    right: border.right - MARGIN.x,
    bottom: border.bottom - MARGIN.y,
  };
  const byTissue = Map.groupBy(points, ({ tissue }) => tissue);
  const chosen: LabelPlace[] = [];
  for (const tissue of tissues) {
    const own = byTissue.get(tissue)!;
    if (!isTogether(tissue, own, points)) continue;
    chosen.push(placeLabel(tissue, own, points, chosen, frame));
  }
  const labels = spreadLabels(chosen, frame);
  const led = labels.filter((label, index) =>
    Math.abs(label.x - label.pointX) > label.width / 2 + 45 ||
    Math.abs(label.y - label.pointY) > 56 ||
    Math.hypot(label.x - chosen[index].x, label.y - chosen[index].y) >
      LABEL_SIZE
  );
  return { labels, led };
}
