/** Times the logistic regression of `cnn` on this machine. */

import { tuneLogistic } from "../ml/linear_classifiers.ts";
import { INNER_FOLDS } from "../ml/inner_folds.ts";
import { findAxes } from "../ml/sample_axes.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { seconds } from "./stopwatch.ts";

/** So many samples take about a second. */
const SAMPLES = 100;

/**
 * Seconds of a logistic regression whose penalty validation samples choose, for
 * the square of the training samples and a tissue. How many steps it takes
 * depends on the data, so that it is timed on samples of them.
 *
 * @param dataset All samples and some of the genes.
 */
export async function timeLogistic(dataset: Dataset): Promise<number> {
  const all = dataset.sampleIds.length;
  const count = Math.min(SAMPLES, all);
  const genes = dataset.genes.length;
  // Spread over all, as the samples of a tissue may stand together.
  const rows = Array.from(
    { length: count },
    (_, index) => Math.floor(index * all / count),
  );
  const values = new Float32Array(count * genes);
  rows.forEach((row, index) =>
    values.set(
      dataset.values.subarray(row * genes, (row + 1) * genes),
      index * genes,
    )
  );
  const classOf = rows.map((row) => dataset.classOf[row]);
  const classes = dataset.tissueNames.length;
  const squares = squaredDistances(values, values, genes);
  const axes = findAxes(squares, count);
  // Which samples choose the penalty changes little of the time.
  const validation = Math.ceil(count / INNER_FOLDS);
  const [, time] = await seconds(() =>
    tuneLogistic(
      {
        train: { squares, classOf },
        validation: {
          squares: squares.slice(0, validation * count),
          classOf: classOf.slice(0, validation),
        },
        classes,
        innerFold: [],
      },
      axes,
    )
  );
  return time / (count ** 2 * classes);
}
