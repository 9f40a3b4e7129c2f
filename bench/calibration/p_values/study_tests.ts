/** How often the study seems to matter where its labels are shuffled. */

import { designOf } from "../../../lib/confounding/design.ts";
import { geneVariance } from "../../../lib/confounding/gene_variance.ts";
import { planHeldOut, testHeldOut } from "../../../lib/confounding/held_out.ts";
import type { RandomStream } from "../../../lib/random.ts";
import type { ClassifierName } from "../../../lib/confounding/outputs.ts";
import { type KnownStudy, shuffleStudies } from "./known_study.ts";
import {
  anyBelow,
  mcNemarLevel,
  type Measured,
  shareRejected,
} from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Samples that are used: half of them, to save time. */
const MOST_SAMPLES = 120;
/** Genes that predict the tissue: few, so that errors are made. */
const FEW_GENES = 20;

/**
 * The study's F of every gene.
 *
 * @param shuffles For its p.
 */
export function testStudyGenes(
  study: KnownStudy,
  stream: RandomStream,
  shuffles: number,
): Measured[] {
  const design = designOf(study.dataset, shuffleStudies(study, stream));
  const variance = geneVariance(study.dataset, design, [], {
    count: shuffles,
    stream: stream.child("shuffles"),
    onShuffle: () => {},
  });
  if (variance === null) return [];
  const known = (p: number | null) => p ?? NaN;
  return [
    {
      row: "study_genes",
      value: shareRejected(variance.rows.map(({ p_study }) => known(p_study))),
    },
    {
      row: "study_any",
      value: anyBelow(
        variance.rows.map(({ adjusted_p_study }) => known(adjusted_p_study)),
      ),
    },
  ];
}

/**
 * Tissues predicted with a study held out, and with a random part: study labels
 * are shuffled within each tissue, and among all samples.
 */
export function testHeldOutStudies(
  study: KnownStudy,
  stream: RandomStream,
): Measured[] {
  const within = shuffleStudies(study, stream);
  const among = stream.shuffle([...study.studies]);
  return [
    ...holdOut(study, within, stream.child("within"), {
      ridge: "held_out_ridge",
      "nearest centroid": "held_out_centroid",
    }),
    ...holdOut(study, among, stream.child("among"), {
      ridge: "held_out_ridge_all",
      "nearest centroid": "held_out_centroid_all",
    }),
  ];
}

function holdOut(
  { dataset }: KnownStudy,
  studies: readonly string[],
  stream: RandomStream,
  rows: Readonly<Record<ClassifierName, RowId>>,
): Measured[] {
  const design = designOf(dataset, studies);
  const plan = planHeldOut(design, MOST_SAMPLES, stream.child("held_out"));
  if (plan === null) return [];
  const columns = stream.sample(dataset.genes.length, FEW_GENES).sort();
  const { summary: { scores } } = testHeldOut(
    { dataset, design },
    plan,
    [{ genes: "set", columns }],
    () => {},
  );
  return scores.map((
    { classifier, p, only_random_right, only_whole_right },
  ): Measured => ({
    row: rows[classifier],
    value: p,
    attainable: mcNemarLevel(only_random_right + only_whole_right),
  }));
}
