/**
 * The SHAP set of a simulated run beside the simplest rival: genes ranked by
 * Welch's t of each tissue against the rest, as many in all.
 *
 *     deno run --allow-read bench/simple_ranking.ts --run reports/example
 */

import { text } from "../lib/cli/parameters.ts";
import { percent } from "../lib/cli/numbers.ts";
import { readDataset } from "../lib/prepare/dataset.ts";
import { shapGenes } from "../lib/shap/outputs.ts";
import { isTrueUp, truth } from "../lib/simulate/outputs.ts";
import { mean, sampleSd } from "../lib/statistics/describe.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";

const flags = { run: text("reports/demo", "DIR", "a finished simulated run") };

async function compare(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench/simple_ranking.ts");
  if (values === undefined) return;
  const run = runReader(values.run);
  const dataset = await readDataset(run);
  const planted = new Set(
    (await run.read(truth)).filter(isTrueUp).map(({ gene }) => gene),
  );
  const shap = new Set((await run.read(shapGenes)).map(({ gene }) => gene));
  const { genes, tissues, tissueNames, split, values: expression } = dataset;
  // The test samples choose nothing.
  const rows = tissues.flatMap((_, row) => split[row] === "test" ? [] : [row]);
  const rankings = tissueNames.map((tissue) => {
    const t = genes.map((_, gene) => {
      const of = (isOwn: boolean) =>
        rows.filter((row) => (tissues[row] === tissue) === isOwn)
          .map((row) => expression[row * genes.length + gene]);
      return welch(of(true), of(false));
    });
    return genes.map((_, gene) => gene).sort((a, b) => t[b] - t[a]);
  });
  const rival = new Set<string>();
  for (let rank = 0; rival.size < shap.size; rank++) {
    for (const ranking of rankings) {
      if (rival.size < shap.size) rival.add(genes[ranking[rank]]);
    }
  }
  for (const [name, set] of [["SHAP", shap], ["Welch t", rival]] as const) {
    const found = [...set].filter((gene) => planted.has(gene)).length;
    console.log(
      `${name}: ${percent(found / planted.size)} of the planted genes found, ` +
        `${percent(found / set.size)} of the ${set.size} genes planted`,
    );
  }
}

/** Welch's t, which does not take the variances to be equal. */
function welch(a: readonly number[], b: readonly number[]): number {
  const error = Math.hypot(
    sampleSd(a) / Math.sqrt(a.length),
    sampleSd(b) / Math.sqrt(b.length),
  );
  return error === 0 ? 0 : (mean(a) - mean(b)) / error;
}

await runBench(() => compare(Deno.args));
