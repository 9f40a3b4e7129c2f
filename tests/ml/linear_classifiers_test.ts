/** Ridge and logistic regression are scikit-learn's, and choose a penalty. */

import assert from "node:assert/strict";
import { drawInnerFolds } from "../../lib/ml/inner_folds.ts";
import {
  type TrainingParts,
  tuneLogistic,
  tuneRidge,
} from "../../lib/ml/linear_classifiers.ts";
import {
  fitLogistic,
  logisticProbabilities,
} from "../../lib/ml/logistic_regression.ts";
import { trainRidge } from "../../lib/ml/ridge.ts";
import { findAxes } from "../../lib/ml/sample_axes.ts";
import { totalLoss } from "../../lib/ml/softmax_scores.ts";
import { squaredDistances } from "../../lib/ml/squared_distances.ts";
import { RandomStream } from "../../lib/random.ts";
import golden from "../fixtures/ml/linear_classifiers.json" with {
  type: "json",
};

type Case = typeof golden.cases[number];

/**
 * Both stop near the optimum: the golden probabilities hold to 1e-6 also where
 * the penalty is weak and all training samples are right by far.
 */
const PROBABILITIES = 1e-6;

/** Two exact solutions of one system. */
const OUTPUTS = 1e-8;

function measure({ train, test, features }: Case) {
  const values = Float32Array.from(train);
  return {
    among: squaredDistances(values, values, features),
    others: squaredDistances(Float32Array.from(test), values, features),
  };
}

function closeAll(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(found.length, wanted.length);
  for (let index = 0; index < wanted.length; index++) {
    assert.ok(
      Math.abs(found[index] - wanted[index]) <= tolerance,
      `${what} ${index}: ${found[index]}, not ${wanted[index]}`,
    );
  }
}

function learn(one: Case, penalty: number, tolerance?: number) {
  const { among, others } = measure(one);
  const axes = findAxes(among, one.samples);
  const samples = {
    points: axes.points,
    features: axes.axes,
    classOf: one.labels,
    classes: one.classes,
  };
  const model = fitLogistic(samples, penalty, undefined, tolerance);
  return { axes, samples, model, others };
}

Deno.test("probabilities of logistic regression are scikit-learn's", () => {
  for (const one of golden.cases) {
    const { axes, model, others } = learn(one, one.penalty);
    const found = logisticProbabilities(model, axes.place(others), 7);
    closeAll(found, one.probabilities, PROBABILITIES, "probability");
  }
});

Deno.test("on the features themselves logistic regression is the same", () => {
  for (const one of golden.cases) {
    const { train, labels, features, classes, penalty } = one;
    const model = fitLogistic(
      { points: Float64Array.from(train), features, classOf: labels, classes },
      penalty,
    );
    const test = Float64Array.from(one.test);
    closeAll(
      logisticProbabilities(model, test, 7),
      one.probabilities,
      PROBABILITIES,
      "probability",
    );
  }
});

Deno.test("another start leads to the same probabilities", () => {
  const [, one] = golden.cases;
  const { axes, samples, model, others } = learn(one, 100 * one.penalty);
  const again = fitLogistic(samples, one.penalty, model);
  closeAll(
    logisticProbabilities(again, axes.place(others), 7),
    one.probabilities,
    PROBABILITIES,
    "probability",
  );
});

/** Of two parts of a case: the samples of odd rows choose the penalty. */
function partsOf(one: Case, validated: boolean) {
  const { train, labels, features, classes } = one;
  const values = (rows: readonly number[]) =>
    Float32Array.from(
      rows.flatMap((row) => train.slice(row * features, (row + 1) * features)),
    );
  const all = [...labels.keys()];
  const own = validated ? all.filter((row) => row % 2 === 0) : all;
  const rest = validated ? all.filter((row) => row % 2 === 1) : [];
  const classOf = (rows: readonly number[]) => rows.map((row) => labels[row]);
  const parts: TrainingParts = {
    train: {
      squares: squaredDistances(values(own), values(own), features),
      classOf: classOf(own),
    },
    validation: {
      squares: squaredDistances(values(rest), values(own), features),
      classOf: classOf(rest),
    },
    classes,
    innerFold: own.map((_, index) => index % 5),
  };
  const others = squaredDistances(
    Float32Array.from(one.test),
    values(own),
    features,
  );
  return { parts, axes: findAxes(parts.train.squares, own.length), others };
}

Deno.test("ridge without validation samples is trainRidge, by leave-one-out", () => {
  for (const one of golden.cases) {
    const { train, test, labels, classes, features } = one;
    const { parts, axes, others } = partsOf(one, false);
    const tuned = tuneRidge(parts, axes);
    const known = trainRidge(
      Float32Array.from(train),
      labels,
      classes,
      features,
    );
    assert.equal(tuned.penalty, known.penalty);
    const { weights, intercepts } = known;
    const wanted = Array.from({ length: 7 * classes }, (_, index) => {
      const [row, label] = [Math.floor(index / classes), index % classes];
      let output = intercepts[label];
      for (let f = 0; f < features; f++) {
        output += weights[label * features + f] *
          Math.fround(test[row * features + f]);
      }
      return output;
    });
    closeAll(tuned.outputsOf(others), wanted, OUTPUTS, "output");
  }
});

Deno.test("outputs of ridge are scikit-learn's at its penalty", () => {
  for (const one of golden.cases) {
    const { among, others } = measure(one);
    const axes = findAxes(among, one.samples);
    const nearest = [...Array(13).keys()].map((k) => 10 ** (k / 2 - 4))
      .reduce((best, share) =>
        Math.abs(Math.log(share * axes.meanSquare / one.penalty)) <
            Math.abs(Math.log(best * axes.meanSquare / one.penalty))
          ? share
          : best
      );
    assert.ok(
      Math.abs(nearest * axes.meanSquare / one.penalty - 1) < 1e-6,
      "the golden penalty is in the grid",
    );
    // Validation samples of the classes that scikit-learn predicts.
    const squares = others;
    const classOf = Array.from(
      { length: 7 },
      (_, row) => {
        const own = one.outputs.slice(
          row * one.classes,
          (row + 1) * one.classes,
        );
        return own.indexOf(Math.max(...own));
      },
    );
    const tuned = tuneRidge({
      train: { squares: among, classOf: one.labels },
      validation: { squares, classOf },
      classes: one.classes,
      innerFold: [],
    }, axes);
    // The error at the golden penalty is that of the golden outputs.
    const error = one.outputs.reduce((sum, output, index) => {
      const isOwn = index % one.classes ===
        classOf[Math.floor(index / one.classes)];
      return sum + (output - (isOwn ? 1 : -1)) ** 2;
    }, 0) / one.outputs.length;
    const found = tuned.errors.find(({ penalty }) =>
      Math.abs(penalty / one.penalty - 1) < 1e-6
    )!;
    closeAll([found.error], [error], 1e-6, "error");
    assert.ok(
      tuned.errors.every(({ error }) =>
        error >= tuned.errors.find(({ penalty }) => penalty === tuned.penalty)!
          .error
      ),
    );
  }
});

Deno.test("the penalty of logistic regression has the least log loss", () => {
  for (const validated of [true, false]) {
    for (const one of golden.cases) {
      const { parts, axes } = partsOf(one, validated);
      const tuned = tuneLogistic(parts, axes);
      assert.equal(tuned.errors.length, 7);
      const least = Math.min(...tuned.errors.map(({ error }) => error));
      const chosen = tuned.errors.find(({ penalty }) =>
        penalty === tuned.penalty
      )!;
      assert.equal(chosen.error, least);
      if (!validated) continue;
      // Judged by a model that is fitted by itself, to the end.
      const model = fitLogistic(
        {
          points: axes.points,
          features: axes.axes,
          classOf: parts.train.classOf,
          classes: one.classes,
        },
        tuned.penalty,
      );
      const { squares, classOf } = parts.validation;
      const probabilities = logisticProbabilities(
        model,
        axes.place(squares),
        classOf.length,
      );
      const loss = totalLoss(
        probabilities.map(Math.log),
        classOf,
        one.classes,
      ) / classOf.length;
      assert.ok(
        Math.abs(loss - least) < 0.01 * (1 + loss),
        `log loss ${least}, not ${loss}`,
      );
    }
  }
});

Deno.test("a class without samples is never predicted", () => {
  const [one] = golden.cases;
  const { parts, axes, others } = partsOf({ ...one, classes: 5 }, false);
  const found = tuneLogistic(parts, axes).outputsOf(others);
  for (let row = 0; row < 7; row++) {
    const own = found.subarray(row * 5, (row + 1) * 5);
    assert.equal(own[3], 0);
    assert.equal(own[4], 0);
    closeAll([own.reduce((sum, p) => sum + p, 0)], [1], 1e-12, "sum");
  }
});

Deno.test("samples that do not differ give the share of each class", () => {
  const squares = new Float64Array(16);
  const axes = findAxes(squares, 4);
  assert.equal(axes.axes, 0);
  const parts = {
    train: { squares, classOf: [0, 0, 0, 1] },
    validation: { squares: new Float64Array(4), classOf: [0] },
    classes: 2,
    innerFold: [],
  };
  const row = new Float64Array(4);
  closeAll(tuneRidge(parts, axes).outputsOf(row), [0.5, -0.5], 1e-12, "ridge");
  closeAll(tuneLogistic(parts, axes).outputsOf(row), [0.75, 0.25], 1e-7, "p");
});

Deno.test("inner folds spread every class", () => {
  const classOf = Array.from({ length: 23 }, (_, row) => row % 3);
  const stream = new RandomStream(5);
  const parts = drawInnerFolds(classOf, (rows) => stream.shuffle(rows));
  for (const label of [0, 1, 2]) {
    const counts = Array.from(
      { length: 5 },
      (_, part) =>
        classOf.filter((own, row) => own === label && parts[row] === part)
          .length,
    );
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${counts}`);
  }
  assert.notDeepEqual(
    [...parts],
    [...drawInnerFolds(classOf, (rows) => rows)],
  );
});

Deno.test("logistic regression refuses what does not fit", () => {
  const samples = {
    points: Float64Array.of(1, 2, 3, 4),
    features: 2,
    classOf: [0, 1],
    classes: 2,
  };
  assert.throws(() => fitLogistic(samples, 0), RangeError);
  assert.throws(() => fitLogistic({ ...samples, features: 3 }, 1), RangeError);
  assert.throws(
    () => fitLogistic({ ...samples, points: Float64Array.of(1, 2, 3, NaN) }, 1),
    /finite/,
  );
});
