/**
 * Do boosted trees name the same genes with the columns in another order? Of
 * LightGBM and of ours, on the maize organs; writes `TREE_AGREEMENT.md`.
 */

import { InputError, RunError } from "../lib/cli/errors.ts";
import { integer, text, toggle } from "../lib/cli/parameters.ts";
import { trainBoostedTrees } from "../lib/ml/boosted_trees/boosting.ts";
import {
  gainsByClass,
  sharedGainsByClass,
} from "../lib/ml/boosted_trees/gains.ts";
import { lightgbmDefaults } from "../lib/ml/boosted_trees/settings.ts";
import { mean } from "../lib/statistics/describe.ts";
import { readNpy } from "../lib/store/npy.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runProgram } from "./suite/child.ts";

/** Inputs of the measurement; ignored by git. */
const SCRATCH = "reports/tree_agreement";

/** Genes of the lists. */
const FIRST = 100;

const flags = {
  genes: integer(6000, { minimum: FIRST }, "the most variable genes"),
  rounds: integer(20, { minimum: 1 }, "rounds of each training"),
  orders: integer(6, { minimum: 2 }, "random orders of the columns"),
  maize: text("../shared/data/maize-walley2016", "DIR", "the maize matrix"),
  python: text("bench/peers/.venv/bin/python", "FILE", "LightGBM's Python"),
  out: text("bench", "DIR", "where TREE_AGREEMENT.md is"),
  help: toggle("list the flags"),
};

await runBench(async () => {
  const values = readBenchFlags(Deno.args, flags, "bench/tree_agreement.ts");
  if (values === undefined) return;
  const { genes, rounds, orders, maize, python, out } = values;
  if (!await Deno.stat(maize).then(() => true, () => false)) {
    throw new InputError(`Cannot measure: ${maize} does not exist`);
  }
  await Deno.mkdir(SCRATCH, { recursive: true });
  const parts: string[] = [];
  for (const minData of [20, 2]) {
    const task = { genes, rounds, orders, maize, minData, folder: SCRATCH };
    const { code, err } = await runProgram(python, {
      args: ["bench/peers/tree_agreement.py", JSON.stringify(task)],
      cwd: Deno.cwd(),
    });
    if (code !== 0) {
      throw new RunError(
        `Cannot measure: ${err.trim().split("\n").at(-1) ?? code}`,
      );
    }
    parts.push(await compare(minData, rounds));
  }
  await Deno.writeTextFile(
    `${out}/TREE_AGREEMENT.md`,
    [
      "# Boosted trees with the columns in another order",
      "Made by `bench/tree_agreement.ts`. Maize organs (Walley et al. 2016), " +
      `all samples, the ${genes} most variable genes, log2(x + 1), ${rounds} ` +
      `rounds, LightGBM's defaults but for \`min_data_in_leaf\`; the columns ` +
      `as they are and in ${orders} random orders. Genes in common: the share ` +
      `of the ${FIRST} genes of the largest gain (sum over the organs' trees) ` +
      "that are among those of the other training, mean over the pairs.",
      "Equal gains are the rule with many genes and few samples, and " +
      "LightGBM takes the first column. So its list is one draw of many. With " +
      "the same order ours is the same list. Where genes of equal gain " +
      "share it, the list depends on the order only as far as equal genes " +
      "split other samples off: far where an organ has fewer samples than a " +
      "leaf and is never alone in one (at least 20), not where leaves are " +
      "small (at least 2).",
      ...parts,
    ].join("\n\n") + "\n",
  );
  console.log(`${out}/TREE_AGREEMENT.md`);
});

async function compare(minData: number, rounds: number): Promise<string> {
  const read = async (name: string) => await readNpy(`${SCRATCH}/${name}.npy`);
  const { data, shape: [, genes] } = await read("values");
  const classes = (await read("classes")).data;
  const orders = rowsOf(await read("orders"));
  const theirs = rowsOf(await read("gains"));
  const ours: Float64Array[] = [];
  const shared: Float64Array[] = [];
  for (const order of orders) {
    const model = trainBoostedTrees(
      data,
      classes,
      Math.max(...classes) + 1,
      { ...lightgbmDefaults, rounds, minDataInLeaf: minData },
      { order: Uint32Array.from(order), collectsEquals: true },
    );
    ours.push(overClasses(gainsByClass(model), genes));
    // A gene that is low in an organ counts as much as one that is high.
    shared.push(
      overClasses(
        sharedGainsByClass(model).map((gain) => Math.abs(gain)),
        genes,
      ),
    );
  }
  const half = Math.ceil(shared.length / 2);
  const sumOf = (parts: readonly Float64Array[]) =>
    parts[0].map((_, gene) => mean(parts.map((part) => part[gene])));
  const largest = Math.max(
    ...theirs.map((gains, index) =>
      Math.max(
        ...gains.map((gain, gene) =>
          gain === 0 && ours[index][gene] === 0
            ? 0
            : Math.abs(gain - ours[index][gene]) / Math.max(gain, 1e-6)
        ),
      )
    ),
  );
  const used = theirs[0].filter((gain) => gain > 0).length;
  const rows: [string, string][] = [
    ["LightGBM, pairs of orders", percent(overPairs(theirs))],
    ["ours, pairs of orders", percent(overPairs(ours))],
    [
      "ours and LightGBM, the same order",
      percent(mean(theirs.map((gains, index) => common(gains, ours[index])))),
    ],
    ["ours, gain shared, pairs of orders", percent(overPairs(shared))],
    [
      "ours, gain shared, mean of half of the orders and of the others",
      percent(common(sumOf(shared.slice(0, half)), sumOf(shared.slice(half)))),
    ],
  ];
  return `## At least ${minData} samples in a leaf\n\n` +
    `LightGBM's trees use ${used} genes. With the same order the largest ` +
    `relative difference of a gene's gain is ${largest.toExponential(1)} ` +
    "(float32 sums are compared).\n\n" +
    "| compared | genes in common |\n| --- | --: |\n" +
    rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function rowsOf(
  { data, shape: [count, width] }: {
    data: Float32Array;
    shape: readonly number[];
  },
): Float64Array[] {
  return Array.from(
    { length: count },
    (_, row) =>
      Float64Array.from(data.subarray(row * width, (row + 1) * width)),
  );
}

function overClasses(gains: Float64Array, genes: number): Float64Array {
  const sums = new Float64Array(genes);
  gains.forEach((gain, at) => sums[at % genes] += gain);
  return sums;
}

/** The share of the first genes that are among those of the other; ties in order. */
function common(a: Float64Array, b: Float64Array): number {
  const first = (gains: Float64Array) =>
    [...gains.keys()].filter((gene) => gains[gene] > 0)
      .sort((x, y) => gains[y] - gains[x]).slice(0, FIRST);
  const other = new Set(first(b));
  const own = first(a);
  return own.filter((gene) => other.has(gene)).length / own.length;
}

function overPairs(lists: readonly Float64Array[]): number {
  return mean(
    lists.flatMap((list, index) =>
      lists.slice(index + 1).map((other) => common(list, other))
    ),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
