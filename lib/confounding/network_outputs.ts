/** Whether the study can be told from what the networks say of one tissue. */

import type { StageContext } from "../pipeline/stage.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import type { RandomStream } from "../random.ts";
import { learnedOutputs, learnedSamples } from "../shap/learned_outputs.ts";
import { mean } from "../statistics/describe.ts";
import { readNpy } from "../store/npy.ts";
import { unfit } from "../store/unfit.ts";
import type { Design } from "./design.ts";
import { FEWEST_IN_TISSUE, FOLDS } from "./levels.ts";
import { evenSizes, stratify } from "./parts.ts";
import {
  balancedAccuracy,
  chanceOf,
  type TissueStudies,
} from "./within_tissue.ts";

/** The outputs of one fold's networks for the samples that trained them. */
export interface FoldOutputs {
  readonly fold: number;
  /** Tissues: outputs a sample. */
  readonly width: number;
  /** By sample id. */
  readonly outputs: ReadonlyMap<string, Float32Array>;
}

/**
 * Reads them, fold by fold.
 *
 * @throws {InputError} If the two files do not fit each other.
 */
export async function readFoldOutputs(
  context: Pick<StageContext, "read" | "artifact">,
): Promise<FoldOutputs[]> {
  const rows = await context.read(learnedSamples);
  const { data, shape: [count, width] } = await readNpy(
    await context.artifact(learnedOutputs.file),
  );
  if (count !== rows.length) {
    throw unfit(
      learnedOutputs.file,
      `it must have a row for each of ${learnedSamples.file}`,
    );
  }
  const byFold = Map.groupBy(
    rows.map(({ fold, sample_id }, row) => ({ fold, sample_id, row })),
    ({ fold }) => fold,
  );
  return [...byFold].map(([fold, own]) => ({
    fold,
    width,
    outputs: new Map(own.map(({ sample_id, row }) =>
      [
        sample_id,
        Float32Array.from(data.subarray(row * width, (row + 1) * width)),
      ] as const
    )),
  }));
}

/** How well the networks tell the studies of a tissue. */
export interface ToldByNetworks {
  readonly networks: number | null;
  readonly networks_chance: number | null;
  readonly networks_bound: number | null;
}

/**
 * Tells the studies of one tissue by the outputs of each fold's networks, from
 * the samples that trained them: a sample that did not would be recognized by that
 * alone, as folds keep studies whole. Studies of fewer than 5 such samples are
 * left out.
 *
 * @param idOf The id of a sample of the design.
 * @returns Means over the folds; null if no fold has two such studies.
 */
export function tellByNetworks(
  { samples, studyOf, tissue }: TissueStudies,
  { tissues }: Pick<Design, "tissues">,
  folds: readonly FoldOutputs[],
  idOf: (sample: number) => string,
  stream: RandomStream,
): ToldByNetworks {
  const found = folds.flatMap(({ fold, width, outputs }) => {
    const learned = samples.map((sample, at) => ({
      study: studyOf[at],
      values: outputs.get(idOf(sample)),
    })).filter(({ values }) => values !== undefined);
    const large = [...Map.groupBy(learned, ({ study }) => study)]
      .filter(([, own]) => own.length >= FEWEST_IN_TISSUE)
      .map(([study]) => study).sort((a, b) => a - b);
    if (large.length < 2) return [];
    const kept = learned.filter(({ study }) => large.includes(study));
    const kinds = kept.map(({ study }) => large.indexOf(study));
    const matrix = new Float32Array(kept.length * width);
    kept.forEach(({ values }, row) => matrix.set(values!, row * width));
    const parts = stratify(
      [...kept.keys()],
      evenSizes(kept.length, FOLDS),
      kinds,
      stream.child(`${tissues[tissue]}/${fold}`),
    );
    const plan = { studyOf: kinds, studies: large.length, folds: parts };
    return [{
      ...chanceOf(plan),
      told: balancedAccuracy(squaredDistances(matrix, matrix, width), plan),
    }];
  });
  if (found.length === 0) {
    return { networks: null, networks_chance: null, networks_bound: null };
  }
  return {
    networks: mean(found.map(({ told }) => told)),
    networks_chance: mean(found.map(({ chance }) => chance)),
    networks_bound: mean(found.map(({ bound }) => bound)),
  };
}
