/** Scores of genes and of their knockoffs, by three methods that see both. */

import { openBackend } from "../../lib/backend/open.ts";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { labeledSamples } from "../../lib/cnn/labeled_samples.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { cnnParameters, type CnnValues } from "../../lib/cnn/parameters.ts";
import { trainNetwork } from "../../lib/cnn/train_network.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import { takeImageRows } from "../../lib/prepare/image_matrix.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../lib/prepare/tissue_contrasts.ts";
import { deriveSeed, openStream, RandomStream } from "../../lib/random.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../../lib/rankings/ranking_method.ts";
import { planDraws } from "../../lib/shap/draws.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import { trainingRows } from "../../lib/shap/explained_rows.ts";
import { median } from "../../lib/statistics/describe.ts";
import type { PairedScores } from "./select.ts";

/** As in `noise_rate.ts`: small, so that a network takes a minute at most. */
export const SMALL = {
  networks: 2,
  epochs: 30,
  draws: 20,
  perTissue: 10,
} as const;

/**
 * Scores by a simple ranking: its score where the column's values are higher in
 * the tissue than elsewhere and the score is above 0, else 0.
 *
 * @param dataset Its first half of columns are genes, then their knockoffs.
 */
export function scoreByRanking(
  dataset: Dataset,
  method: RankingMethod,
): PairedScores[] {
  const input: RankingInput = {
    dataset,
    rows: contrastRows(dataset),
    contrasts: tissueContrasts(dataset),
  };
  return pair(
    method.rank(input).map(({ tissue, scores }) => ({ tissue, scores })),
    input,
  );
}

/**
 * Scores by expected gradients: the median over the tissue's explained training
 * samples of the mean over networks. The genes keep their order in the image, and
 * the knockoffs stand at random places among them, as in the suite.
 */
export async function scoreByNetworks(
  dataset: Dataset,
  seed: number,
): Promise<PairedScores[]> {
  const backend = await openBackend("wasm");
  const columns = dataset.genes.length;
  const matrix = {
    values: dataset.values,
    columns,
    geneColumns: Uint32Array.from({ length: columns }, (_, column) => column),
    decoyColumns: new Uint32Array(),
    decoys: [],
  };
  const [fold] = dataset.folds;
  const train = labeledSamples(dataset, matrix, fold, "train");
  const rows = trainingRows(
    dataset,
    fold,
    SMALL.perTissue,
    openStream(seed, "explained"),
  );
  const means = new Float64Array(columns);
  train.expression.forEach((value, index) =>
    means[index % columns] += value / train.classes.length
  );
  const { batch, ...defaults } = Object.fromEntries(
    Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
  ) as CnnValues;
  const half = columns / 2;
  const order = openStream(seed, "sources").sample(half, half);
  const places = openStream(seed, "columns").sample(columns, half).sort();
  const taken = new Set(places);
  const free = [...matrix.geneColumns].filter((pixel) => !taken.has(pixel));
  const pixelOf = Uint32Array.from(free.concat(Array(half).fill(0)));
  order.forEach((gene, index) => pixelOf[half + gene] = places[index]);
  const totals = Array.from(rows, () => new Float64Array(columns));
  for (let member = 0; member < SMALL.networks; member++) {
    const own = (name: string) => deriveSeed(seed, `${member}/${name}`);
    const architecture = describeNetwork({
      ...defaults,
      genes: columns,
      tissues: dataset.tissueNames.length,
      pixelOf,
    });
    const { network } = await trainNetwork(architecture, {
      train,
      validation: labeledSamples(dataset, matrix, fold, "validation"),
      parameters: { ...defaults, batch, epochs: SMALL.epochs },
      seedOf: own,
    });
    const frozen = freeze(network);
    for (const [index, row] of rows.entries()) {
      const sums = await blockGradientSums(
        frozen,
        takeImageRows(matrix, [row]),
        dataset.classOf[row],
        train.expression,
        planDraws(
          new RandomStream(own(`draws/${dataset.sampleIds[row]}`)),
          { classes: train.classes },
          SMALL.draws,
          1,
          { alphas: "stratified", backgrounds: "balanced" },
        ),
        1,
        inferenceBatch(backend, architecture),
        "centered-logit",
        means,
      );
      sums.forEach((sum, column) => totals[index][column] += sum);
    }
    disposeFrozen(frozen);
    disposeNetwork(network);
  }
  const input = { contrasts: tissueContrasts(dataset) };
  const scores = input.contrasts.map(({ tissue }) => {
    const own = totals.filter((_, index) =>
      dataset.tissues[rows[index]] === tissue
    );
    return {
      tissue,
      scores: Float64Array.from(
        { length: columns },
        (_, column) =>
          own.length === 0 ? 0 : median(own.map((sums) => sums[column])),
      ),
    };
  });
  return pair(scores, input);
}

/** Splits the scores into genes and knockoffs, 0 where it is not higher. */
function pair(
  scored: readonly { tissue: string; scores: Float64Array }[],
  { contrasts }: Pick<RankingInput, "contrasts">,
): PairedScores[] {
  return scored.map(({ tissue, scores }) => {
    const { log2FoldChange } = contrasts.find((own) => own.tissue === tissue)!;
    const up = scores.map((score, column) =>
      log2FoldChange[column] > 0 && score > 0 ? score : 0
    );
    const half = up.length / 2;
    return { tissue, genes: up.slice(0, half), knockoffs: up.slice(half) };
  });
}
