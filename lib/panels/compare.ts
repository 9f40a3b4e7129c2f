/** Panels compared with random panels of as many genes. */

import { holmWithin } from "../statistics/adjust_within.ts";
import { mean, quantile, sampleSd } from "../statistics/describe.ts";
import { empiricalP } from "../statistics/empirical_p.ts";
import type { PanelRow } from "./outputs.ts";
import type { PlannedPanel } from "./plan.ts";
import type { RandomScores } from "./random_scores.ts";
import type { JudgedPanel, JudgeSetup } from "./score_panel.ts";
import {
  type PanelScores,
  pooledScores,
  scoreNames,
  TESTED,
} from "./scores.ts";

/** A panel with its scores in each fold. */
export interface ScoredPanel extends PlannedPanel {
  /** By fold. */
  readonly judged: readonly JudgedPanel[];
}

/** A panel compared. */
export interface ComparedPanel extends ScoredPanel {
  /** Of each random panel. */
  readonly byChance: readonly PanelScores[];
  /** Its rows of the table. */
  readonly rows: readonly PanelRow[];
}

/**
 * Compares every panel with its random panels, by every score that both have.
 * The p-values of each tested score are adjusted over the sizes of a ranking.
 *
 * @param support Judged samples of each class.
 */
export function comparePanels(
  panels: readonly ScoredPanel[],
  random: RandomScores,
  { folds }: Pick<JudgeSetup, "folds">,
  support: ArrayLike<number>,
): ComparedPanel[] {
  const samples = folds.map(({ test }) => test.length);
  const compared = panels.map((panel) => {
    const own = pooledScores(
      panel.judged.map((scores, fold) => ({ samples: samples[fold], scores })),
      support,
    );
    const counts = panel.columns.map(({ length }) => length);
    const byChance = random.of(panel.size, counts).map((scores) =>
      pooledScores(
        scores.map((scores, fold) => ({ samples: samples[fold], scores })),
        support,
      )
    );
    return { ...panel, byChance, rows: rowsOf(panel, own, byChance) };
  });
  const adjusted = adjustedPs(compared.flatMap(({ rows }) => rows));
  return compared.map((panel) => ({
    ...panel,
    rows: panel.rows.map((row) => ({
      ...row,
      adjusted_p: adjusted.get(row) ?? null,
    })),
  }));
}

function rowsOf(
  { ranking, size, columns }: ScoredPanel,
  own: PanelScores,
  byChance: readonly PanelScores[],
): PanelRow[] {
  return scoreNames.flatMap((score) => {
    const value = own.get(score);
    if (value === undefined) return [];
    const nulls = byChance.flatMap((scores) => scores.get(score) ?? []);
    const isCompared = nulls.length === byChance.length;
    return [{
      ranking: ranking.name,
      size,
      genes: mean(columns.map(({ length }) => length)),
      score,
      value,
      null_mean: isCompared ? mean(nulls) : null,
      null_sd: isCompared ? sampleSd(nulls) : null,
      null_low: isCompared ? quantile(nulls, 0.025) : null,
      null_high: isCompared ? quantile(nulls, 0.975) : null,
      p: isCompared ? empiricalP(nulls, value) : null,
      adjusted_p: null,
    }];
  });
}

/** The adjusted p of the tested rows; a ranking's sizes are one family. */
function adjustedPs(rows: readonly PanelRow[]): Map<PanelRow, number> {
  return holmWithin(
    rows.filter((row): row is PanelRow & { readonly p: number } =>
      row.p !== null && TESTED.includes(row.score)
    ),
    ({ ranking, score }) => `${score} ${ranking}`,
  );
}
