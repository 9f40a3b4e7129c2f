import assert from "node:assert/strict";
import {
  meanSlopes,
  neighborCorrelations,
} from "../../lib/shap/image_neighbors.ts";
import { RandomStream } from "../../lib/random.ts";
import { spearman } from "../../lib/statistics/rank_agreement.ts";
import { StudyFolder } from "../cnn/run_folder.ts";
import { explain, hideDecoys } from "./explain.ts";

/** Random slopes on an image of 40 x 40 pixels, the last row half full. */
const COLUMNS = 1580;
const SIDE = 40;

function drawSlopes(seed: number): Float64Array {
  const stream = new RandomStream(seed);
  return Float64Array.from({ length: COLUMNS }, () => stream.uniform());
}

/** As slopes are where a pixel's gradient has a part of the one's above it. */
function leakDown(slopes: Float64Array, pixelOf?: Uint32Array): Float64Array {
  const columnOf = new Map(
    Array.from(slopes, (_, column) => [pixelOf?.[column] ?? column, column]),
  );
  return slopes.map((slope, column) => {
    const above = columnOf.get((pixelOf?.[column] ?? column) - SIDE);
    return above === undefined ? slope : slope + 0.5 * slopes[above];
  });
}

Deno.test("neighbors: slopes are recovered from scores", () => {
  const slopes = [2, -1, 0.5];
  const values = [Float32Array.of(1, 5, 3), Float32Array.of(4, 2, 3)];
  const means = Float64Array.of(2, 2, 3);
  const scores = values.map((row) =>
    row.map((value, column) => (value - means[column]) * slopes[column])
  );
  const found = meanSlopes({
    parts: [
      {
        scores: Float32Array.of(
          ...[scores[0][2], scores[0][0], scores[1][2], scores[1][0]],
        ),
        columns: Uint32Array.of(2, 0),
      },
      {
        scores: Float32Array.of(scores[0][1], scores[1][1]),
        columns: Uint32Array.of(1),
      },
    ],
    columns: 3,
    valuesOf: (sample) => values[sample],
    meansOf: () => means,
  }, [0, 1]);
  assert.ok(Math.abs(found[0] - 2) < 1e-6);
  assert.ok(Math.abs(found[1] + 1) < 1e-6);
  // All samples have the mean: nothing is known of the slope.
  assert.ok(Number.isNaN(found[2]));
});

Deno.test("neighbors: equals Spearman's correlation of the pairs", () => {
  const slopes = leakDown(drawSlopes(1));
  const { below, right } = neighborCorrelations(
    [slopes],
    [undefined],
    new RandomStream(2),
  );
  // Ranks are those among all columns, not among the pairs': a difference of
  // the order of SIDE / COLUMNS times the correlation.
  const pairs = slopes.subarray(0, COLUMNS - SIDE);
  assert.ok(Math.abs(below! - spearman(pairs, slopes.subarray(SIDE))!) < 5e-3);
  assert.ok(below! > 0.3, `${below}`);
  const inRow = [...slopes.keys()].filter((pixel) =>
    pixel % SIDE !== SIDE - 1 && pixel + 1 < COLUMNS
  );
  const expected = spearman(
    inRow.map((pixel) => slopes[pixel]),
    inRow.map((pixel) => slopes[pixel + 1]),
  )!;
  assert.ok(Math.abs(right! - expected) < 5e-3, `${right} ${expected}`);
});

Deno.test("neighbors: a leak is seen in its own image alone", () => {
  const pixelOf = new RandomStream(3)
    .shuffle(Uint32Array.from({ length: COLUMNS }, (_, column) => column));
  const slopes = [4, 5].map((seed) => leakDown(drawSlopes(seed), pixelOf));
  const measure = (images: (Uint32Array | undefined)[]) =>
    neighborCorrelations(slopes, images, new RandomStream(6));
  const own = measure([pixelOf]);
  // Two tissues, so 1 / sqrt(2 x 1,580).
  assert.ok(own.chance_sd! > 0.01 && own.chance_sd! < 0.03);
  assert.ok(own.below! > 10 * own.chance_sd!);
  assert.ok(Math.abs(own.right!) < 4 * own.chance_sd!);
  const other = measure([undefined]);
  assert.ok(Math.abs(other.below!) < 4 * other.chance_sd!);
  const both = measure([pixelOf, undefined]);
  assert.ok(Math.abs(both.below! - (own.below! + other.below!) / 2) < 1e-12);
});

Deno.test("neighbors: unknown slopes are left out, and none gives null", () => {
  const slopes = leakDown(drawSlopes(7));
  const some = slopes.map((slope, column) => column % 3 === 0 ? NaN : slope);
  const stream = () => new RandomStream(8);
  const { below } = neighborCorrelations([some], [undefined], stream());
  assert.ok(below! > 0.3, `${below}`);
  for (const none of [[], [slopes.map(() => NaN)], [slopes.map(() => 1)]]) {
    assert.deepEqual(
      neighborCorrelations(none, [undefined], stream()),
      { below: null, right: null, chance_sd: null },
    );
  }
});

Deno.test("neighbors: the stage says how far they go together", async () => {
  await using study = await StudyFolder.make();
  await hideDecoys(study, 5);
  await study.train({ ensemble: 2, epochs: 4, columns: "member" });
  await explain(study);
  const { below, right, chance_sd } =
    (await study.json("shap/summary.json")).image_neighbors;
  for (const value of [below, right]) assert.ok(Math.abs(value) < 1);
  // 25 columns in three tissues, whose slopes go together.
  assert.ok(chance_sd > 0.05 && chance_sd < 0.5, `${chance_sd}`);
});
