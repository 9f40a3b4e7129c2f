/** Places for labels in a scatter of points, such that they do not overlap. */

/** A label, its center in pixels and the point that it names. */
export interface LabelPlace {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  pointX: number;
  pointY: number;
}

/** The edges that labels stay within, in pixels. */
export interface LabelFrame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function overlap(first: LabelPlace, second: LabelPlace): boolean {
  return Math.abs(first.x - second.x) < (first.width + second.width) / 2 &&
    Math.abs(first.y - second.y) < (first.height + second.height) / 2;
}

/** Moves a label into the frame; one that is too wide stays in its middle. */
function clampInto(label: LabelPlace, frame: LabelFrame): LabelPlace {
  const within = (at: number, low: number, high: number) =>
    low > high ? (low + high) / 2 : Math.min(high, Math.max(low, at));
  const halfWidth = label.width / 2;
  const halfHeight = label.height / 2;
  return {
    ...label,
    x: within(label.x, frame.left + halfWidth, frame.right - halfWidth),
    y: within(label.y, frame.top + halfHeight, frame.bottom - halfHeight),
  };
}

/** Steps away from a place, the shortest first; ties in a fixed order. */
function stepsByLength(frame: LabelFrame): { dx: number; dy: number }[] {
  const steps: { dx: number; dy: number }[] = [];
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  for (let dy = 0; dy <= height; dy += 3) {
    for (let dx = 0; dx <= width; dx += 8) {
      steps.push({ dx, dy: -dy }, { dx, dy }, { dx: -dx, dy: -dy }, {
        dx: -dx,
        dy,
      });
    }
  }
  return steps.sort((first, second) =>
    first.dx ** 2 + first.dy ** 2 - second.dx ** 2 - second.dy ** 2
  );
}

/**
 * Moves each label that overlaps an earlier one to the nearest free place in
 * the frame. Depends on nothing but the labels and their order. Where no
 * place is free, a label stays where it is.
 *
 * @returns New labels in the given order.
 */
export function spreadLabels(
  labels: readonly LabelPlace[],
  frame: LabelFrame,
): LabelPlace[] {
  const placed: LabelPlace[] = [];
  let steps: { dx: number; dy: number }[] | undefined;
  for (const label of labels) {
    const start = clampInto(label, frame);
    const isFree = (place: LabelPlace) =>
      placed.every((earlier) => !overlap(place, earlier));
    let place = start;
    if (!isFree(start)) {
      steps ??= stepsByLength(frame);
      for (const { dx, dy } of steps) {
        const moved = { ...start, x: start.x + dx, y: start.y + dy };
        const inside = clampInto(moved, frame);
        if (inside.x === moved.x && inside.y === moved.y && isFree(moved)) {
          place = moved;
          break;
        }
      }
    }
    placed.push(place);
  }
  return placed;
}
