/** One step: a network is trained, tested and explained. */

import { RunError } from "../../lib/cli/errors.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { type Architecture, countWeights } from "../../lib/cnn/architecture.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../../lib/cnn/inference_pass.ts";
import { labeledSamples } from "../../lib/cnn/labeled_samples.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { cnnParameters, type CnnValues } from "../../lib/cnn/parameters.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow } from "../../lib/cnn/softmax.ts";
import { trainNetwork } from "../../lib/cnn/train_network.ts";
import { rowsById } from "../../lib/prepare/dataset.ts";
import {
  type ImageMatrix,
  takeImageRows,
} from "../../lib/prepare/image_matrix.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";
import { columnMeans } from "../../lib/shap/background_control.ts";
import { blockCount } from "../../lib/shap/draw_rounds.ts";
import { planDraws } from "../../lib/shap/draws.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import { trainingRows } from "../../lib/shap/explained_rows.ts";
import {
  meanSlopes,
  neighborCorrelations,
} from "../../lib/shap/image_neighbors.ts";
import type { AblationSettings } from "./cell.ts";
import { coexpressionPixels } from "./coexpression.ts";
import { judge, type Measured, measureRidge, test } from "./judge.ts";
import { type AblationStudy, standardizeMatrix } from "./study.ts";
import { architectureOf, type Variant } from "./variants.ts";

/** Samples that dense layers take at a time; it changes the speed alone. */
const DENSE_BATCH = 64;

/** What a step is made from. */
export interface Step {
  readonly study: AblationStudy;
  readonly variant: Variant;
  readonly settings: AblationSettings;
  readonly seed: number;
  readonly rate: number;
}

/** The last epoch's loss of the validation samples; null if it diverged. */
export async function tryRate(step: Step): Promise<number | null> {
  try {
    const { network, history } = await train(prepareStep(step), step);
    disposeNetwork(network);
    return history.at(-1)!.val_loss;
  } catch (error) {
    if (error instanceof RunError) return null;
    throw error;
  }
}

/** Trains, tests and explains. */
export async function measureStep(step: Step): Promise<Measured> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  if (step.variant.network === "ridge") {
    return measureRidge(step.study, seconds);
  }
  const prepared = prepareStep(step);
  const { study: { dataset }, settings } = step;
  const { architecture, matrix } = prepared;
  const backend = await openBackend("wasm");
  const { network } = await train(prepared, step);
  const frozen = freeze(network);
  // Without an image nothing limits the batch.
  const batch = step.variant.network === "dense"
    ? DENSE_BATCH
    : inferenceBatch(backend, architecture);
  const testRows = rowsById(dataset, dataset.folds[0], "test");
  const logits = await predictLogits(
    frozen,
    takeImageRows(matrix, testRows),
    testRows.length,
    batch,
  );
  const explained = await explain(frozen, batch, matrix, step);
  disposeFrozen(frozen);
  disposeNetwork(network);
  const own = explained.rows.map((row) => dataset.tissues[row]);
  const neighbors = step.variant.network === "dense"
    ? { below: null, right: null, chance_sd: null }
    : neighborsOf(explained, matrix, own, architecture, settings);
  return {
    weights: countWeights(architecture),
    ...test(
      step.study,
      testRows,
      largestOfRow(logits, dataset.tissueNames.length),
    ),
    ...judge(step.study, genesOf(explained, matrix), own),
    below: neighbors.below,
    right_neighbor: neighbors.right,
    chanceSd: neighbors.chance_sd,
    seconds: seconds(),
  };
}

interface Prepared {
  readonly matrix: ImageMatrix;
  readonly architecture: Architecture;
}

/** The variant's matrix and layers. */
function prepareStep({ study, variant, settings, seed }: Step): Prepared {
  const { dataset } = study;
  const trainRows = rowsById(dataset, dataset.folds[0], "train");
  const matrix = variant.standardized
    ? standardizeMatrix(study.matrix, trainRows)
    : study.matrix;
  const { columns } = matrix;
  const stream = openStream(seed, `ablation/${variant.id}/pixels`);
  const pixelOf = {
    file: () => undefined,
    shuffled: () =>
      stream.shuffle(Uint32Array.from({ length: columns }, (_, c) => c)),
    coexpression: () =>
      coexpressionPixels(
        takeImageRows(matrix, trainRows),
        trainRows.length,
        stream,
      ),
  }[variant.pixels]();
  const { width, hidden } = settings;
  const size = {
    genes: columns,
    tissues: dataset.tissueNames.length,
    ...{ blocks: 1, width, hidden },
    ...(pixelOf ? { pixelOf } : {}),
  };
  return { matrix, architecture: architectureOf(variant, size) };
}

/** Trains with the default flags but for the settings; seeds as in a run. */
async function train(
  { architecture, matrix }: Prepared,
  { study: { dataset }, settings: { epochs }, seed, rate }: Step,
) {
  await openBackend("wasm");
  const defaults = Object.fromEntries(
    Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
  ) as CnnValues;
  const [fold] = dataset.folds;
  return await trainNetwork(architecture, {
    train: labeledSamples(dataset, matrix, fold, "train"),
    validation: labeledSamples(dataset, matrix, fold, "validation"),
    parameters: { ...defaults, epochs, "learning-rate": rate },
    seedOf: (stream) => deriveSeed(seed, `cnn/${stream}`),
  });
}

interface Explained {
  readonly rows: readonly number[];
  /** samples x columns. */
  readonly scores: Float32Array;
  readonly means: Float64Array;
}

/** Explains some training samples of each tissue for their own tissue. */
async function explain(
  frozen: FrozenNetwork,
  batch: number,
  matrix: ImageMatrix,
  { study: { dataset }, settings: { draws, perTissue }, seed }: Step,
): Promise<Explained> {
  const [fold] = dataset.folds;
  const background = labeledSamples(dataset, matrix, fold, "train");
  const means = columnMeans(background.expression, background.classes.length);
  // The same samples and draws for all variants of a seed.
  const rows = [
    ...trainingRows(dataset, fold, perTissue, openStream(seed, "explained")),
  ];
  const { columns } = matrix;
  const scores = new Float32Array(rows.length * columns);
  const blocks = blockCount(draws);
  for (const [index, row] of rows.entries()) {
    const sums = await blockGradientSums(
      frozen,
      takeImageRows(matrix, [row]),
      dataset.classOf[row],
      background.expression,
      planDraws(
        openStream(seed, `draws/${dataset.sampleIds[row]}`),
        background,
        draws,
        blocks,
        { alphas: "stratified", backgrounds: "balanced" },
      ),
      blocks,
      batch,
      "centered-logit",
      means,
    );
    sums.forEach((sum, at) =>
      scores[index * columns + at % columns] += sum / draws
    );
  }
  return { rows, scores, means };
}

/** samples x genes, decoys left out. */
function genesOf(
  { rows, scores }: Explained,
  { columns, geneColumns }: ImageMatrix,
): Float32Array {
  const genes = geneColumns.length;
  const own = new Float32Array(rows.length * genes);
  for (let row = 0; row < rows.length; row++) {
    geneColumns.forEach((column, gene) =>
      own[row * genes + gene] = scores[row * columns + column]
    );
  }
  return own;
}

/** How far slopes go with those of the genes beside them in the image. */
function neighborsOf(
  { rows, scores, means }: Explained,
  matrix: ImageMatrix,
  tissueOf: readonly string[],
  { pixelOf }: Architecture,
  { perTissue }: AblationSettings,
) {
  const { columns, values } = matrix;
  const scored = {
    parts: [{
      scores,
      columns: Uint32Array.from({ length: columns }, (_, column) => column),
    }],
    columns,
    valuesOf: (index: number) =>
      values.subarray(rows[index] * columns, (rows[index] + 1) * columns),
    meansOf: () => means,
  };
  const slopes = [...Map.groupBy(rows.keys(), (index) => tissueOf[index])]
    .map(([, own]) => meanSlopes(scored, own));
  return neighborCorrelations(
    slopes,
    [pixelOf],
    openStream(perTissue, "neighbors"),
  );
}
