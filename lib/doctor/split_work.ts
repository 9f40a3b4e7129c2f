/** Networks that a run trains on other parts of its samples, and their cost. */

import { DENSITY_PREDICTIONS } from "../shap/alpha_density.ts";
import type { NetworkCosts } from "./costs.ts";
import type { RunPlan } from "./plan.ts";

/** What is trained and explained once more, all together. */
export interface RetrainingWork {
  /** Parts of the samples: splits, or halves. */
  readonly parts: number;
  readonly networks: number;
  /** Networks that are trained at a time. */
  readonly atATime: number;
  /** Samples that a network learns from. */
  readonly learned: number;
  /** Samples that pass through an update, each as often as it does. */
  readonly trained: number;
  readonly recomputed: number;
  readonly predicted: number;
  /** Samples times networks. */
  readonly explained: number;
}

/** Splits of `--splits`; no work without them. */
export function splitsWork(plan: RunPlan): RetrainingWork {
  const { values: { splits, prepare }, samples, members } = plan;
  const learned = Math.round(samples * (1 - prepare["test-fraction"]));
  return retraining(plan, {
    parts: splits.splits > 1 ? splits.splits : 0,
    members,
    learned,
    atATime: Math.min(plan.trainedAtATime, members),
  });
}

/** Halves of `--shap.halves`, each with one network. */
export function halvesWork(plan: RunPlan): RetrainingWork {
  const { values: { shap }, folds, samples } = plan;
  const [{ train, validation }] = folds;
  const all = folds.length > 1 ? samples : train + validation;
  return retraining(plan, {
    parts: shap.halves,
    members: 1,
    learned: Math.ceil(all / 2),
    // All halves are trained together, as many at a time as the networks of
    // the run; one by itself uses the threads inside the kernels.
    atATime: plan.trainedAtATime,
  });
}

function retraining(
  { values: { cnn, shap, prepare }, epochs, samples, tissues }: RunPlan,
  { parts, members, learned, atATime }: {
    readonly parts: number;
    readonly members: number;
    readonly learned: number;
    readonly atATime: number;
  },
): RetrainingWork {
  const networks = parts * members;
  const validated = Math.round(learned * prepare["validation-fraction"]);
  const train = learned - validated;
  const explained = Math.min(learned, tissues * shap["per-tissue"]);
  const ofDensity = shap.alphas === "importance" ? DENSITY_PREDICTIONS : 0;
  return {
    parts,
    networks,
    atATime,
    learned,
    trained: networks * epochs * train,
    recomputed: cnn["batch-norm"] === "recomputed" ? networks * train : 0,
    predicted: networks *
      (epochs * validated + samples + train + explained + ofDensity),
    explained: networks * explained,
  };
}

/**
 * Seconds of all of it.
 *
 * @param draws Of each explained sample.
 */
export function retrainingSeconds(
  work: RetrainingWork,
  draws: number,
  network: NetworkCosts,
): number {
  const { parts, networks, atATime } = work;
  if (networks === 0) return 0;
  const alone = atATime > 1 ? network.trainAlone / network.train : 1;
  const training = (atATime > 1 ? network.trainAlone : network.train) *
      work.trained + network.build * networks + alone * (
        network.recompute * work.recomputed +
        network.predict * work.predicted
      );
  return training / atATime +
    network.openPool * parts * (atATime > 1 ? 2 : 1) +
    network.load * networks + network.draw * work.explained * draws;
}
