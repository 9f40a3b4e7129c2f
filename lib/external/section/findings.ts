/** What another cohort found, for the report. */

import type { SectionReader } from "../../report/section.ts";
import { compareClassifiers } from "../../rankings/section/findings.ts";
import { SHAP } from "../../rankings/shap_rankings.ts";
import { isSimple } from "../../rankings/simple.ts";
import {
  type CohortSummary,
  type PanelRow,
  panels,
  predictions,
  summary,
} from "../outputs.ts";

/** The lists are judged by so many first genes. */
export const VERDICT_DEPTH = 50;

type ListShares = CohortSummary["replication"][number];

/** SHAP's list beside the simple ranking that replicates best. */
export interface ListFindings {
  readonly first: number;
  readonly shap: ListShares;
  /**
   * On the same tissues; undefined if no simple ranking has a list for as many.
   */
  readonly best?: ListShares;
}

/** What the stage found. */
export interface ExternalFindings {
  readonly cohort: CohortSummary | null;
  readonly panels: readonly PanelRow[];
  /** The networks and ridge on the values as they are. */
  readonly network_and_ridge: ReturnType<typeof compareClassifiers>;
  /** Null if SHAP lists no gene of the other cohort. */
  readonly lists: ListFindings | null;
}

/** Reads what the stage wrote. */
export async function readFindings(
  { read }: SectionReader,
): Promise<ExternalFindings> {
  const { cohort } = await read(summary);
  if (cohort === null) {
    return { cohort, panels: [], network_and_ridge: null, lists: null };
  }
  const rows = (await read(predictions))
    .filter(({ values }) => values === "as_is");
  const of = (name: string) =>
    rows.filter(({ classifier }) => classifier === name);
  return {
    cohort,
    panels: await read(panels),
    network_and_ridge: compareClassifiers(of("networks"), of("ridge")),
    lists: compareLists(cohort),
  };
}

function compareLists({ replication }: CohortSummary): ListFindings | null {
  const at = replication.filter(({ first, found }) =>
    first === VERDICT_DEPTH && found !== null
  );
  const shap = at.find(({ ranking }) => ranking === SHAP);
  if (shap === undefined) return null;
  // A ranking without a list for a hard tissue would look better than it is.
  const others = at.filter(({ ranking, tissues }) =>
    isSimple(ranking) && tissues === shap.tissues
  );
  return {
    first: VERDICT_DEPTH,
    shap,
    best: others.toSorted((a, b) => b.found!.up - a.found!.up)[0],
  };
}

/** The numbers for `report/summary.json`. */
export function summarizeFindings(
  { cohort, network_and_ridge, lists }: ExternalFindings,
) {
  return { cohort, network_and_ridge, lists };
}

/** One classifier's macro F1. */
export function macroF1(
  { scores }: CohortSummary,
  classifier: string,
  values: string,
  classes = "all",
): number | undefined {
  return scores.find((each) =>
    each.classifier === classifier && each.values === values &&
    each.classes === classes
  )?.macro_f1;
}
