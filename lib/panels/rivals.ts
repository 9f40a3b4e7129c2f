/** SHAP's panels beside those of the simple rankings, sample by sample. */

import { asByGroups, isShownToDiffer } from "../cnn/by_groups.ts";
import { testPairs } from "../statistics/paired_test.ts";
import { isSimple } from "../rankings/simple.ts";
import type { ComparedPanel } from "./compare.ts";
import { find } from "./find_rows.ts";
import type { PanelRow, PanelsSummary } from "./outputs.ts";
import { SHAP, SHAP_TEST } from "./ranked_lists.ts";
import type { JudgeSetup } from "./score_panel.ts";

type RivalTest = PanelsSummary["rivals"][number];

/** Whether SHAP has no part in a ranking of panels. */
function isRival(ranking: string): boolean {
  return ranking !== SHAP_TEST && isSimple(ranking);
}

/**
 * Compares SHAP's panel of each size with that of each simple ranking by the
 * samples that only one of them tells right (nearest centroid), by McNemar's
 * exact test and by whole groups; p is adjusted by Holm over the rankings of a
 * size.
 *
 * @param groups The group of each sample of the dataset, empty text for none.
 * @returns None if SHAP's genes were ranked on the samples judged here.
 */
export function testRivals(
  panels: readonly ComparedPanel[],
  { folds, classOf }: Pick<JudgeSetup, "folds" | "classOf">,
  groups: readonly string[],
): RivalTest[] {
  const groupOf = folds.flatMap(({ test }) =>
    Array.from(test, (row) => groups[row])
  );
  const right = ({ judged }: ComparedPanel) =>
    folds.flatMap(({ test }, fold) =>
      Array.from(
        test,
        (row, sample) =>
          judged[fold].predictions.centroid[sample] === classOf[row],
      )
    );
  return panels.filter(({ ranking }) => ranking.name === SHAP)
    .flatMap((own) => {
      const others = panels.filter(({ ranking, size }) =>
        size === own.size && isRival(ranking.name)
      );
      return testPairs(right(own), others.map(right), groupOf).map((
        test,
        index,
      ) => ({
        size: own.size,
        ranking: others[index].ranking.name,
        only_shap_right: test.onlyFirst,
        only_ranking_right: test.onlySecond,
        p: test.p,
        adjusted_p: test.adjustedP,
        by_groups: asByGroups(test.byGroups),
      }));
    });
}

/** The best simple ranking at a size, beside SHAP. */
export interface Rival {
  readonly title: string;
  /** Its macro F1. */
  readonly row: PanelRow;
  /** Null if SHAP's genes were ranked on the samples judged here. */
  readonly test: RivalTest | null;
  /**
   * What the simple ranking is: `better` or `worse` than SHAP if both the
   * macro F1 and the samples told right say so, and the difference is shown
   * (`isShown`).
   */
  readonly is: "better" | "worse" | "not different";
}

/**
 * The simple ranking of the highest macro F1 at the size of a panel of SHAP,
 * the first of equals.
 *
 * @returns Null if no simple ranking was judged at that size.
 */
export function bestRival(
  rows: readonly PanelRow[],
  { rankings, rivals }: Pick<PanelsSummary, "rankings" | "rivals">,
  { size, score, value }: PanelRow,
): Rival | null {
  const candidates = rankings.flatMap(({ ranking, title }) => {
    const row = isRival(ranking) ? find(rows, ranking, size, score) : undefined;
    return row === undefined ? [] : [{ title, row }];
  });
  if (candidates.length === 0) return null;
  const best = candidates.reduce((best, each) =>
    each.row.value > best.row.value ? each : best
  );
  const test =
    rivals.find((each) =>
      each.size === size && each.ranking === best.row.ranking
    ) ?? null;
  return { ...best, test, is: judge(best.row.value - value, test) };
}

function judge(ahead: number, test: RivalTest | null): Rival["is"] {
  if (test === null || !isShownToDiffer(test)) return "not different";
  const more = test.only_ranking_right - test.only_shap_right;
  if (ahead > 0 && more > 0) return "better";
  return ahead < 0 && more < 0 ? "worse" : "not different";
}
