/**
 * How fast the rankings of two halves of the draws come together: the exponent
 * that `--shap.draws auto` foretells a rerun by. Reads finished runs, explains
 * some training samples of each tissue by each run's first network, and prints:
 *
 *     deno run --allow-read bench/draw_overlap.ts --runs reports/a,reports/b
 */

import "../lib/sandbox.ts";
import { openBackend } from "../lib/backend/open.ts";
import { withThreads } from "../lib/backend/threads.ts";
import { choice, integer, list, toggle } from "../lib/cli/parameters.ts";
import { inferenceBatch } from "../lib/cnn/batch_limits.ts";
import { readNetworks } from "../lib/cnn/ensemble.ts";
import { disposeFrozen, freeze } from "../lib/cnn/inference_pass.ts";
import { labeledSamples } from "../lib/cnn/labeled_samples.ts";
import { buildNetwork, disposeNetwork } from "../lib/cnn/network.ts";
import { readNetwork } from "../lib/cnn/read_network.ts";
import { readDataset } from "../lib/prepare/dataset.ts";
import { readImageMatrix, takeImageRows } from "../lib/prepare/image_matrix.ts";
import { tissueContrasts } from "../lib/prepare/tissue_contrasts.ts";
import { openStream } from "../lib/random.ts";
import { candidatesOf } from "../lib/selection/candidates.ts";
import { SAMPLES_WORTH_DRAWS } from "../lib/selection/levels.ts";
import { splitHalfAgreement } from "../lib/selection/stability.ts";
import { alphaDensity } from "../lib/shap/alpha_density.ts";
import { columnMeans } from "../lib/shap/background_control.ts";
import { BlockScores } from "../lib/shap/block_scores.ts";
import { blockCount } from "../lib/shap/draw_rounds.ts";
import { planDraws } from "../lib/shap/draws.ts";
import { blockGradientSums } from "../lib/shap/expected_gradients.ts";
import {
  DEFAULT_OUTPUT,
  explainedOutputs,
} from "../lib/shap/explained_output.ts";
import { trainingRows } from "../lib/shap/explained_rows.ts";
import { mean } from "../lib/statistics/describe.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";

const flags = {
  runs: list("DIR,DIR", "finished runs"),
  draws: list("N,N", "draws, ascending; default: 50,100,200,400"),
  "per-tissue": integer(5, { minimum: 1 }, "samples of a tissue, at most"),
  output: choice(DEFAULT_OUTPUT, explainedOutputs, "what is explained"),
  seed: integer(42, { minimum: 0 }, "of samples and draws"),
  threads: integer(2, { minimum: 1 }, "threads"),
  help: toggle("list the flags"),
};

/** The slope of the least-squares line. */
function slope(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [mean(x), mean(y)];
  const products = x.map((value, index) =>
    (value - meanX) * (y[index] - meanY)
  );
  return mean(products) / mean(x.map((value) => (value - meanX) ** 2));
}

await runBench(async () => {
  const values = readBenchFlags(Deno.args, flags, "bench/draw_overlap.ts");
  if (values === undefined) return;
  const { output, seed } = values;
  const counts = values.draws.length > 0
    ? values.draws.map(Number)
    : [50, 100, 200, 400];
  const backend = await openBackend("wasm");
  console.log(`| run | ${counts.join(" | ")} | exponent |`);
  console.log(`|${" --- |".repeat(counts.length + 2)}`);
  for (const run of values.runs) {
    const reader = runReader(run);
    const dataset = await readDataset(reader);
    const matrix = await readImageMatrix(reader, dataset);
    const [file] = await readNetworks(reader);
    const { architecture, weights } = await readNetwork(file, dataset, matrix);
    const [fold] = dataset.folds;
    const background = labeledSamples(dataset, matrix, fold, "train");
    const means = columnMeans(background.expression, background.classes.length);
    const rows = trainingRows(
      dataset,
      fold,
      values["per-tissue"],
      openStream(seed, "explained"),
    );
    const differing: number[] = [];
    await withThreads(values.threads, async () => {
      const frozen = freeze(buildNetwork(architecture, weights));
      const batch = inferenceBatch(backend, architecture);
      const density = await alphaDensity(
        frozen,
        {
          from: background.expression,
          to: takeImageRows(matrix, rows),
          classes: rows.map((row) => dataset.classOf[row]),
          output,
        },
        openStream(seed, "density"),
        batch,
      );
      for (const draws of counts) {
        const blocks = blockCount(draws);
        const scores = new BlockScores({
          ...{ samples: rows.length, columns: matrix.columns },
          ...{ blocks, ensemble: 1 },
        });
        for (const [index, row] of rows.entries()) {
          const sums = await blockGradientSums(
            frozen,
            takeImageRows(matrix, [row]),
            dataset.classOf[row],
            background.expression,
            planDraws(
              openStream(seed, `${draws}/${dataset.sampleIds[row]}`),
              { classes: background.classes, density },
              draws,
              blocks,
              { alphas: "importance", backgrounds: "balanced" },
            ),
            blocks,
            batch,
            output,
            means,
          );
          scores.add(index, 0, sums);
        }
        scores.endRound(draws);
        const halves = splitHalfAgreement({
          scores,
          columns: matrix.geneColumns,
          tissueOf: Array.from(rows, (row) => dataset.tissues[row]),
          tissues: dataset.tissueNames,
          candidates: candidatesOf("up", tissueContrasts(dataset)),
        }).filter(({ samples }) => samples >= SAMPLES_WORTH_DRAWS);
        differing.push(1 - mean(halves.map(({ overlap }) => overlap)));
      }
      disposeFrozen(frozen);
      disposeNetwork(frozen.network);
    });
    const exponent = -slope(counts.map(Math.log), differing.map(Math.log));
    console.log(
      `| ${
        [
          run.split("/").slice(-2).join(" "),
          ...differing.map((share) => share.toFixed(3)),
          exponent.toFixed(2),
        ].join(" | ")
      } |`,
    );
  }
});
