/** Scenarios C and D: the whole pipeline on shuffled labels. */

import { openBackend } from "../../lib/backend/open.ts";
import type { Space } from "../../lib/clusters/spaces/space.ts";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import { cnnParameters, type CnnValues } from "../../lib/cnn/parameters.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { labeledSamples } from "../../lib/cnn/labeled_samples.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow } from "../../lib/cnn/softmax.ts";
import { trainNetwork } from "../../lib/cnn/train_network.ts";
import type { TrainingValues } from "../../lib/cnn/training_epochs.ts";
import { type Dataset, rowsOf } from "../../lib/prepare/dataset.ts";
import { makeDecoys } from "../../lib/prepare/decoys.ts";
import {
  type ImageMatrix,
  placeDecoys,
  takeImageRows,
} from "../../lib/prepare/image_matrix.ts";
import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { planDraws } from "../../lib/shap/draws.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import { type SelectedGenes, selectGenes } from "../../lib/selection/cutoff.ts";
import {
  type ExplainedScores,
  selectGeneSet,
} from "../../lib/selection/select_gene_set.ts";
import { nullModels } from "../../lib/null_test/null_models/null_models.ts";
import { scoreTrial, testTrial } from "./scoring.ts";
import {
  type CalibrationSetup,
  NETWORK,
  type PipelineFacts,
  TOP_RANKS,
  type TrialResult,
  type TrialTest,
} from "./setup.ts";
import { simulateStudy } from "./study.ts";

/** Decoys, as a share of the genes. */
const DECOYS = 0.1;

/** The default cutoff: the share of unique genes at which the set ends. */
const UNIQUE_SHARE = 0.5;

/** Scores of the test samples; only correctly predicted ones have a tissue. */
interface Explained extends ExplainedScores {
  readonly train_accuracy: number;
}

/**
 * Shuffles the labels of a simulated study and runs the whole method: split,
 * decoys, training, expected gradients, ranks, cutoff (the default one in C, the
 * best ranks in D), and the test against random sets of both null models.
 */
export async function tryPipeline(
  setup: CalibrationSetup,
  seed: number,
): Promise<TrialResult> {
  const dataset = simulateStudy({
    size: setup.study,
    samples: setup.study.pipelineSamples,
    shuffled: true,
    allTested: false,
    seed,
  });
  const genes = dataset.genes.length;
  const matrix = placeDecoys(
    dataset,
    makeDecoys({
      sampleIds: dataset.sampleIds,
      genes: dataset.genes,
      tissues: dataset.tissues,
      values: dataset.values,
      parts: dataset.split,
      count: Math.round(DECOYS * genes),
      seed: deriveSeed(seed, "decoys"),
    }),
  );
  const explained = await trainAndExplain(dataset, matrix, setup, seed);
  const { tissueOf, train_accuracy } = explained;
  const facts: PipelineFacts = {
    train_accuracy,
    correct: tissueOf.filter((tissue) => tissue !== null).length,
    tested: tissueOf.length,
    genes: 0,
    all_genes: genes,
    top_genes: 0,
    false_discovery_rate: null,
  };
  const { ranked, union, rates, selected } = selectGeneSet(
    explained,
    dataset.tissueNames,
    dataset.genes,
    { rule: "unique", share: UNIQUE_SHARE },
  );
  if (ranked.length === 0) return { tests: [], facts };
  const top = selectGenes(union, { rule: "top", ranks: TOP_RANKS }, rates);
  const test = async (
    scenario: TrialTest["scenario"],
    { chosen }: SelectedGenes,
    spaces: readonly Space[],
  ) => {
    const columns = Uint32Array.from(chosen, ({ gene }) => gene).sort();
    const own = deriveSeed(seed, scenario);
    return testTrial(
      scenario,
      await scoreTrial(
        dataset,
        spaces,
        columns,
        nullModels,
        setup,
        own,
        "needed",
      ),
    );
  };
  return {
    tests: [
      ...await test("C", selected, spaces),
      // Without UMAP, which would take another third of the time.
      ...await test("D", top, spaces.filter((space) => space !== umapSpace)),
    ],
    facts: {
      ...facts,
      genes: selected.chosen.length,
      top_genes: top.chosen.length,
      false_discovery_rate: rates?.[selected.ranks - 1].noise_rate ?? null,
    },
  };
}

/** Trains a small network and explains the test samples. */
async function trainAndExplain(
  dataset: Dataset,
  matrix: ImageMatrix,
  setup: CalibrationSetup,
  seed: number,
): Promise<Explained> {
  const backend = await openBackend("wasm");
  const tissues = dataset.tissueNames;
  const [fold] = dataset.folds;
  const architecture = describeNetwork({
    ...NETWORK,
    genes: matrix.columns,
    tissues: tissues.length,
  });
  const train = labeledSamples(dataset, matrix, fold, "train");
  const { network } = await trainNetwork(architecture, {
    train,
    validation: labeledSamples(dataset, matrix, fold, "validation"),
    parameters: networkParameters(setup.epochs),
    seedOf: (stream) => deriveSeed(seed, `cnn/${stream}`),
  });
  const frozen = freeze(network);
  const batch = inferenceBatch(backend, architecture);
  const classify = async (values: Float32Array, rows: number) =>
    largestOfRow(
      await predictLogits(frozen, values, rows, batch),
      tissues.length,
    );
  const testRows = rowsOf(dataset, "test");
  const predicted = await classify(
    takeImageRows(matrix, testRows),
    testRows.length,
  );
  const { geneColumns, decoyColumns } = matrix;
  const genes = new Float32Array(testRows.length * geneColumns.length);
  const decoys = new Float32Array(testRows.length * decoyColumns.length);
  for (const [index, row] of testRows.entries()) {
    const stream = new RandomStream(
      deriveSeed(seed, `shap/draws/${dataset.sampleIds[row]}`),
    );
    const sums = await blockGradientSums(
      frozen,
      takeImageRows(matrix, [row]),
      predicted[index],
      train.expression,
      planDraws(stream, { classes: train.classes }, setup.draws, 1, {
        alphas: "stratified",
        backgrounds: "random",
      }),
      1,
      batch,
    );
    geneColumns.forEach((column, gene) =>
      genes[index * geneColumns.length + gene] = sums[column] / setup.draws
    );
    decoyColumns.forEach((column, decoy) =>
      decoys[index * decoyColumns.length + decoy] = sums[column] / setup.draws
    );
  }
  const trained = await classify(train.expression, train.classes.length);
  disposeFrozen(frozen);
  disposeNetwork(network);
  return {
    genes,
    decoys,
    tissueOf: Array.from(
      testRows,
      (row, index) =>
        predicted[index] === dataset.classOf[row] ? dataset.tissues[row] : null,
    ),
    train_accuracy: trained.filter((own, index) => own === train.classes[index])
      .length / trained.length,
  };
}

/** The parameters of the stage: defaults, except for the small network. */
function networkParameters(epochs: number): TrainingValues {
  const { learningRate, ...sizes } = NETWORK;
  const defaults = Object.fromEntries(
    Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
  ) as CnnValues;
  return {
    ...defaults,
    ...sizes,
    epochs,
    "learning-rate": learningRate,
  };
}
