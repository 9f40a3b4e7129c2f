import assert from "node:assert/strict";
import { expectedMutualInformation } from "../../lib/statistics/expected_mutual_information.ts";

/** All orders of the items. */
function permutations<T>(items: T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest])
  );
}

Deno.test("expected mutual information is the mean over all permutations", () => {
  const classes = [0, 0, 0, 1, 1, 2];
  const orders = permutations([0, 0, 1, 1, 1, 1]);
  const sizeOf = (labels: number[], own: number) =>
    labels.filter((label) => label === own).length;
  const information = orders.map((clusters) => {
    const cells = Map.groupBy(
      classes.keys(),
      (sample) => `${classes[sample]} ${clusters[sample]}`,
    );
    return [...cells.values()].reduce((sum, [sample, ...others]) => {
      const count = 1 + others.length;
      const chance = sizeOf(classes, classes[sample]) *
        sizeOf(clusters, clusters[sample]) / 6;
      return sum + count / 6 * Math.log(count / chance);
    }, 0);
  });
  const mean = information.reduce((a, b) => a + b, 0) / orders.length;
  const expected = expectedMutualInformation([3, 2, 1], [2, 4]);
  assert.ok(Math.abs(expected - mean) < 1e-13, `${expected} is not ${mean}`);
});

Deno.test("with a single part nothing is shared", () => {
  assert.ok(Math.abs(expectedMutualInformation([5], [2, 3])) < 1e-13);
});

Deno.test("partitions of different samples are refused", () => {
  assert.throws(() => expectedMutualInformation([2, 2], [3]), /equally many/);
});
