/** The stage that explains the test samples and cuts out the gene set. */

import { openBackend } from "../backend/open.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import { readModel, type SavedModel } from "../cnn/layers_model.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow, softmax } from "../cnn/softmax.ts";
import {
  type Dataset,
  readDataset,
  rowsOf,
  takeRows,
} from "../expression/dataset.ts";
import { withCommas } from "../run/counts.ts";
import { RunError } from "../run/errors.ts";
import { choice, integer } from "../run/parameters.ts";
import { mapInWorkers, shareFloats } from "../run/pool.ts";
import { deriveSeed } from "../run/random.ts";
import { defineStage, type StageContext } from "../run/stage.ts";
import { writeExplanations, writeFigures, writeGenes } from "./artifacts.ts";
import { type Explanation, summarize } from "./explanation.ts";
import type { ExplainSetup, ExplainTask } from "./explain_worker.ts";
import { cutGenes } from "./gene_cut.ts";
import { rankGenes } from "./ranks.ts";

/** Below this share of unique genes among those listed, the walk stops. */
const UNIQUE_SHARE = 0.5;

const parameters = {
  draws: integer(
    200,
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample",
  ),
  alphas: choice(
    "stratified",
    ["stratified", "random"],
    "where between background and sample a draw lies: one in each of as " +
      "many equal parts as there are draws, or anywhere",
  ),
};

/** Explains, ranks, cuts, and writes `shap/`. */
export const shapStage = defineStage({
  name: "shap",
  summary: "explain each test sample by expected gradients, cut the gene set",
  needs: ["prepare", "cnn"],
  parameters,
  async run(context) {
    const dataset = await readDataset(context);
    const modelPath = await context.artifact("cnn/model.json");
    const weightsPath = await context.artifact("cnn/weights.bin");
    const testRows = rowsOf(dataset, "test");
    if (testRows.length === 0) {
      throw new RunError(
        "Cannot explain: the test part is empty and should hold a sample",
        "deno task prepare --test-fraction 0.2",
      );
    }
    const backend = await openBackend(context.settings.backend);
    const { explanations, background } = await predictTestSamples(
      context,
      dataset,
      testRows,
      await readModel(modelPath, weightsPath),
      backend.maxBufferBytes,
    );

    const progress = context.progress(
      "explaining",
      testRows.length,
      "samples",
    );
    const genes = dataset.genes.length;
    const scores = new Float32Array(testRows.length * genes);
    const setup: ExplainSetup = {
      backend: backend.name,
      modelPath,
      weightsPath,
      background: {
        expression: background,
        samples: background.length / genes,
      },
      draws: context.parameters.draws,
      alphas: context.parameters.alphas,
    };
    try {
      await mapInWorkers<ExplainSetup, ExplainTask, Float64Array>({
        module: new URL("./explain_worker.ts", import.meta.url),
        setup,
        tasks: explanations.map((explanation, place) => ({
          expression: takeRows(dataset, [testRows[place]]),
          explainedClass: explanation.predictedClass,
          seed: explanation.seed,
        })),
        // Workers would share one GPU, and each would load its own model.
        threads: backend.name === "webgpu" ? 1 : Math.min(
          context.settings.threads,
          testRows.length,
        ),
        onResult(sampleScores, place) {
          const sum = sampleScores.reduce((a, b) => a + b, 0);
          if (!Number.isFinite(sum)) {
            throw new RunError(
              `Cannot explain sample ${explanations[place].sampleId}: its ` +
                `scores sum to ${sum} and should be finite; the network's ` +
                "weights may have diverged",
              "deno task cnn --learning-rate 0.00001",
            );
          }
          scores.set(sampleScores, place * genes);
          explanations[place].sum = sum;
          progress.advance(1);
        },
      });
    } finally {
      progress.close();
    }

    const tissues = dataset.tissueNames;
    const correct = explanations.map(({ tissue, predicted }) =>
      tissue === predicted ? tissue : null
    );
    const ranked = rankGenes({ scores, genes }, correct, tissues);
    if (ranked.length === 0) {
      throw new RunError(
        "Cannot rank the genes: no test sample's tissue was predicted right, " +
          "and only such samples are ranked",
        "Train longer, e.g. deno task cnn --epochs 200",
      );
    }
    const missing = tissues.filter((tissue) =>
      !ranked.some((ranks) => ranks.tissue === tissue)
    );
    if (missing.length > 0) {
      context.warn(
        `No ranks for ${missing.join(", ")}: no test sample of ` +
          `${missing.length === 1 ? "it" : "these"} was predicted right.`,
      );
    }
    const cut = cutGenes(ranked, UNIQUE_SHARE);
    const summary = summarize(explanations, ranked, cut, {
      draws: context.parameters.draws,
      tissuesWithoutSamples: missing,
    });
    await writeExplanations(context.folder, scores, genes, explanations);
    await writeGenes(context.folder, dataset.genes, ranked, cut);
    await Deno.writeTextFile(
      `${context.folder}/summary.json`,
      JSON.stringify(summary, null, 2) + "\n",
    );
    await writeFigures(context.folder, {
      dataset,
      testRows,
      scores,
      correct,
      ranked,
      cut,
      threshold: UNIQUE_SHARE,
    });
    const { correct: right, explained } = summary;
    return {
      verdict:
        `${withCommas(cut.chosen.length)} of ${
          withCommas(genes)
        } genes, cut at rank ` +
        `${
          withCommas(cut.ranks)
        }; ${right} of ${explained} test samples predicted right`,
      backend: backend.description,
    };
  },
});

/**
 * Predicts the test samples and the background, which is the training part.
 * The background's values are shared with the workers, not copied to them.
 */
async function predictTestSamples(
  context: Pick<StageContext, "settings">,
  dataset: Dataset,
  testRows: Int32Array,
  model: SavedModel,
  maxBufferBytes: number,
): Promise<{ explanations: Explanation[]; background: Float32Array }> {
  const { architecture, weights } = model;
  const tissues = dataset.tissueNames;
  const network = buildNetwork(architecture, weights);
  const frozen = freeze(network);
  const batch = inferenceBatch({ maxBufferBytes }, architecture);
  const probabilitiesOf = async (rows: Int32Array) => {
    const expression = takeRows(dataset, rows);
    const logits = await predictLogits(frozen, expression, rows.length, batch);
    return {
      expression,
      predicted: largestOfRow(logits, tissues.length),
      probabilities: softmax(logits, tissues.length),
    };
  };
  const trainRows = rowsOf(dataset, "train");
  const train = await probabilitiesOf(trainRows);
  const test = await probabilitiesOf(testRows);
  disposeFrozen(frozen);
  disposeNetwork(network);

  const expected = new Float64Array(tissues.length);
  train.probabilities.forEach((probability, at) => {
    expected[at % tissues.length] += probability / trainRows.length;
  });
  const background = shareFloats(train.expression);
  const explanations = Array.from(testRows, (row, place): Explanation => {
    const sampleId = dataset.sampleIds[row];
    const predictedClass = test.predicted[place];
    return {
      sampleId,
      tissue: dataset.tissues[row],
      predicted: tissues[predictedClass],
      predictedClass,
      // By the sample's name, so that its scores do not depend on its row.
      seed: deriveSeed(context.settings.seed, `shap/draws/${sampleId}`),
      output: test.probabilities[place * tissues.length + predictedClass],
      expected: expected[predictedClass],
      sum: 0,
    };
  });
  return { explanations, background };
}
