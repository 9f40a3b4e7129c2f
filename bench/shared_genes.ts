/**
 * How much of each tissue's gene list two runs share: the same data, other
 * seeds.
 *
 *     deno run --allow-read bench/shared_genes.ts --first reports/a --second reports/b
 */

import { percent } from "../lib/cli/numbers.ts";
import { integer, text } from "../lib/cli/parameters.ts";
import { consensusGenes, ranks } from "../lib/shap/outputs.ts";
import { mean } from "../lib/statistics/describe.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";

const flags = {
  first: text("", "DIR", "a finished run"),
  second: text("", "DIR", "another one"),
  top: integer(100, { minimum: 1 }, "first genes of a tissue"),
};

/** Gene ids by tissue. */
type Lists = ReadonlyMap<string, readonly string[]>;

async function compare(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench/shared_genes.ts");
  if (values === undefined) return;
  const { first, second, top } = values;
  const [a, b] = [await listsOf(first, top), await listsOf(second, top)];
  print(`the first ${top} genes`, a.ranked, b.ranked);
  print("the consensus", a.consensus, b.consensus);
}

async function listsOf(
  folder: string,
  top: number,
): Promise<{ ranked: Lists; consensus: Lists }> {
  const run = runReader(folder);
  const { names, values } = await run.read(ranks);
  const ranked = new Map(names.map((tissue, column) => [
    tissue,
    values.slice(0, top).map((row) => row[column])
      .filter((gene) => gene !== null),
  ]));
  const agreed = await run.has(consensusGenes)
    ? await run.read(consensusGenes)
    : [];
  const consensus = new Map(
    [...Map.groupBy(agreed, ({ tissue }) => tissue)]
      .map(([tissue, rows]) => [tissue, rows.map(({ gene }) => gene)]),
  );
  return { ranked, consensus };
}

/** Shared genes / the mean length of the two lists, mean over the tissues. */
function print(what: string, a: Lists, b: Lists): void {
  const shares = [...a].flatMap(([tissue, genes]) => {
    const other = new Set(b.get(tissue));
    if (genes.length + other.size === 0) return [];
    const shared = genes.filter((gene) => other.has(gene)).length;
    return [{ tissue, share: 2 * shared / (genes.length + other.size) }];
  }).sort((a, b) => a.share - b.share);
  if (shares.length === 0) return console.log(`${what}: none`);
  const worst = shares[0];
  console.log(
    `${what}: ${percent(mean(shares.map(({ share }) => share)))} shared, ` +
      `mean of ${shares.length} tissues; least in ${worst.tissue}, ` +
      `${percent(worst.share)}; ` +
      shares.map(({ tissue, share }) => `${tissue} ${percent(share)}`)
        .join(", "),
  );
}

await runBench(() => compare(Deno.args));
