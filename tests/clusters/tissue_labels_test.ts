/** Names of tissues in an embedding: legible, and only where they are true. */

import assert from "node:assert/strict";
import { labelTissues } from "../../lib/clusters/figures/tissue_labels.ts";
import { overlap } from "../../lib/report/figures/label_places.ts";
import { RandomStream } from "../../lib/random.ts";

const FRAME = { left: 0, top: 0, right: 700, bottom: 500 };

/** Samples around a place. */
function cloud(tissue: string, x: number, y: number, radius: number) {
  const stream = new RandomStream(tissue.length + x + 1000 * y);
  return Array.from({ length: 10 }, () => ({
    tissue,
    x: x + radius * (stream.uniform() - 0.5),
    y: y + radius * (stream.uniform() - 0.5),
  }));
}

const names = Array.from(
  { length: 30 },
  (_, index) => `tissue number ${index}`,
);

Deno.test("30 tissues side by side have names that do not overlap, with lines", () => {
  const points = names.flatMap((name, index) =>
    cloud(name, 300 + 25 * (index % 6), 200 + 25 * Math.floor(index / 6), 8)
  );
  const { labels, led } = labelTissues(points, names, FRAME);
  assert.deepEqual(labels.map(({ text }) => text), names);
  labels.forEach((label, index) => {
    assert.ok(!labels.slice(index + 1).some((other) => overlap(label, other)));
    assert.ok(label.x > FRAME.left && label.x < FRAME.right);
    assert.ok(label.y > FRAME.top && label.y < FRAME.bottom);
  });
  assert.ok(led.length > 10 && led.length < 30, `${led.length}`);
  // Far from any other, none needs a line.
  const apart = names.flatMap((name, index) =>
    cloud(name, 70 + 110 * (index % 6), 50 + 90 * Math.floor(index / 6), 8)
  );
  assert.deepEqual(labelTissues(apart, names, FRAME).led, []);
});

Deno.test("a tissue that lies scattered among others has no name", () => {
  const places = [[100, 100], [500, 300], [300, 400]];
  const [scattered, ...together] = names.slice(0, 4);
  const points = places.flatMap(([x, y], index) => [
    ...cloud(together[index], x, y, 20),
    // Three with each of them.
    ...cloud(scattered, x, y, 20).slice(0, 3),
  ]);
  assert.deepEqual(
    labelTissues(points, [scattered, ...together], FRAME).labels
      .map(({ text }) => text),
    together,
  );
});
