/** Which tissue and which study each sample is of. */

import type { Dataset } from "../prepare/dataset.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import { correctedCramersV, cramersV } from "../statistics/cramers_v.ts";
import type { ConfoundingSummary, StudyRow } from "./outputs.ts";

/** Samples in the order of their ids, so that no order of a file matters. */
export interface Design {
  /** The row of each sample in the matrix. */
  readonly rows: readonly number[];
  readonly tissues: readonly string[];
  /** The studies, sorted. */
  readonly studies: readonly string[];
  /** By sample, an index of `tissues`. */
  readonly tissueOf: Int32Array;
  /** By sample, an index of `studies`. */
  readonly studyOf: Int32Array;
}

/** @param column Each sample's study, by row of the matrix. */
export function designOf(
  { sampleIds, tissueNames, classOf }: Pick<
    Dataset,
    "sampleIds" | "tissueNames" | "classOf"
  >,
  column: readonly string[],
): Design {
  const rows = rowsInIdOrder(sampleIds);
  const studies = [...new Set(column)].sort();
  const indices = new Map(studies.map((study, index) => [study, index]));
  return {
    rows,
    tissues: tissueNames,
    studies,
    tissueOf: Int32Array.from(rows, (row) => classOf[row]),
    studyOf: Int32Array.from(rows, (row) => indices.get(column[row])!),
  };
}

/** Samples by tissue and study; cells without a sample are left out. */
export function countCells(
  { rows, tissues, studies, tissueOf, studyOf }: Design,
): StudyRow[] {
  const counts = tissues.map(() => new Int32Array(studies.length));
  rows.forEach((_, sample) => counts[tissueOf[sample]][studyOf[sample]]++);
  return counts.flatMap((own, tissue) =>
    [...own].flatMap((samples, study) =>
      samples === 0
        ? []
        : [{ tissue: tissues[tissue], study: studies[study], samples }]
    )
  );
}

/** What the design alone says: how tissue and study go together. */
export function describeDesign(design: Design) {
  const cells = countCells(design);
  const byTissue = Map.groupBy(cells, ({ tissue }) => tissue);
  const byStudy = Map.groupBy(cells, ({ study }) => study);
  const single = [...byTissue].filter(([, own]) => own.length === 1);
  const samplesOf = (own: readonly StudyRow[]) =>
    own.reduce((sum, { samples }) => sum + samples, 0);
  return {
    samples: design.rows.length,
    tissues: design.tissues.length,
    studies: design.studies.length,
    single_sample_studies:
      [...byStudy.values()].filter((own) => samplesOf(own) === 1).length,
    single_study_tissues: single.map(([tissue, [{ study }]]) => ({
      tissue,
      study,
      other_tissues: byStudy.get(study)!.length - 1,
    })),
    shared_tissues: byTissue.size - single.length,
  };
}

/** How strongly tissue and study go together. */
export function associationOf({ tissueOf, studyOf }: Design) {
  const columns = [[...tissueOf], [...studyOf]] as const;
  return {
    cramers_v: cramersV(...columns),
    corrected_v: correctedCramersV(...columns),
  };
}

/**
 * Why nothing can be measured; null if it can. A group of a single sample
 * cannot be told from that sample.
 */
export function obstacleOf(
  { studies, single_sample_studies }: Pick<
    ConfoundingSummary,
    "studies" | "single_sample_studies"
  >,
): ConfoundingSummary["obstacle"] {
  if (studies === 0) return "no column";
  if (studies === 1) return "one study";
  return 2 * single_sample_studies >= studies ? "single samples" : null;
}
