/** A small matrix of a user's: 24 samples, four genes, two tissues. */

/** As CSV: the samples `s0` to `s23`, the tissues `leaf` and `root` by turns. */
export const matrix = [
  "sample_id,g1,g2,g3,g4,tissue",
  ...Array.from({ length: 24 }, (_, index) => {
    const leaf = index % 2 === 0;
    return `s${index},${leaf ? 50 + index : index},3,${leaf ? 1 : 40 + index},${
      index % 5
    },${leaf ? "leaf" : "root"}`;
  }),
].join("\n") + "\n";

/** Its sample sheet: eight donors, three samples of each. */
export const sheet = "sample_id,donor\n" +
  Array.from({ length: 24 }, (_, index) => `s${index},d${index % 8}\n`)
    .join("");

/**
 * Flags that make every stage of a run take as little as it can. One epoch has
 * to do for the network to learn which genes are high in which tissue.
 */
export const quickest = [
  "--cnn.width 0.0625 --cnn.epochs 1 --cnn.ensemble 1 --shap.draws 2",
  "--cnn.batch 4 --cnn.learning-rate 0.01",
  "--prepare.min-expression 0 --clusters.random-sets 1",
  "--clusters.layouts 1 --clusters.n-init 5 --ttest.sets 2",
  "--panels.sets 2 --panels.sizes 1 --panels.repeats 1",
  "--checks.draws 2 --checks.epochs 1 --backend wasm",
].join(" ").split(" ");

/** As many jobs at a time as the machine has cores, in order of the items. */
export async function inParallel<Item>(
  items: readonly Item[],
  job: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) await job(item, index);
  };
  await Promise.all(
    Array.from({ length: Math.min(8, navigator.hardwareConcurrency) }, work),
  );
}
