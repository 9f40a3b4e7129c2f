/** How often panels are called better than random ones, or than each other. */

import { comparePanels } from "../../../lib/panels/compare.ts";
import { judgedFolds, supportOf } from "../../../lib/panels/judged_folds.ts";
import { work } from "../../../lib/panels/panel_worker.ts";
import { planPanels } from "../../../lib/panels/plan.ts";
import {
  panelOf,
  type PanelRanking,
  SHAP,
} from "../../../lib/panels/ranked_lists.ts";
import { sortRandomScores } from "../../../lib/panels/random_scores.ts";
import { testRivals } from "../../../lib/panels/rivals.ts";
import {
  type JudgeSetup,
  PanelJudge,
} from "../../../lib/panels/score_panel.ts";
import type { ScoreName } from "../../../lib/panels/scores.ts";
import { rankSimply } from "../../../lib/panels/simple_lists.ts";
import type { Dataset } from "../../../lib/prepare/dataset.ts";
import { tissueContrasts } from "../../../lib/prepare/tissue_contrasts.ts";
import { deriveSeed, type RandomStream } from "../../../lib/random.ts";
import { foldChangeRanking } from "../../../lib/rankings/fold_change.ts";
import { genesById, rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import {
  divide,
  type KnownStudy,
  shuffleLabels,
  splitAgain,
} from "./known_study.ts";
import { anyBelow, mcNemarLevel, type Measured } from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Genes a tissue. */
const SIZES = [1, 3, 10] as const;
/** Random panels: Holm's p of three sizes can be 0.03. */
const SETS = 99;

/** No network ranks the genes here; a ranking's set has as many as this one. */
const NO_SHAP: PanelRanking = {
  name: SHAP,
  title: "SHAP",
  seen: true,
  folds: [{ lists: new Map(), set: [0] }],
};

/** Panels of genes ranked by shuffled labels, beside random ones. */
export function testPanels(study: KnownStudy, seed: number): Measured[] {
  const dataset = shuffleLabels(study.dataset, seed);
  const setup = setupOf(dataset, seed);
  const plan = planPanels(
    rankSimply([foldChangeRanking], dataset, setup.folds, NO_SHAP),
    SIZES,
    setup,
    SETS,
    seed,
  );
  const judge = new PanelJudge(setup);
  const ranked = plan.ranked.map((task) => work(task, judge));
  const compared = comparePanels(
    plan.panels.map((panel, index) => {
      const result = ranked[index];
      if (result.kind !== "ranked") throw new TypeError("Not a panel");
      return { ...panel, judged: [result.judged] };
    }),
    sortRandomScores(plan, plan.random.map((task) => work(task, judge))),
    setup,
    supportOf(dataset, setup.folds),
  );
  const rows = compared.flatMap((panel) => panel.rows);
  const of = (score: ScoreName) => rows.filter((row) => row.score === score);
  const first = (row: RowId, score: ScoreName, size: number): Measured => ({
    row,
    value: of(score).find((each) => each.size === size)!.p!,
  });
  const any = (row: RowId, score: ScoreName): Measured => ({
    row,
    value: anyBelow(of(score).map(({ adjusted_p }) => adjusted_p!)),
  });
  return [
    first("panel_1", "centroid_macro_f1", 1),
    first("panel_10", "centroid_macro_f1", 10),
    any("panel_holm", "centroid_macro_f1"),
    first("panel_ami", "ami", 1),
    any("panel_ami_holm", "ami"),
  ];
}

/**
 * Panels of the first gene of each tissue, ranked on three parts of the
 * training samples: the rankings are equally good.
 */
export function comparePanelsOfThirds(
  study: KnownStudy,
  stream: RandomStream,
): Measured[] {
  const dataset = splitAgain(study.dataset, stream.seed);
  const setup = setupOf(dataset, stream.seed);
  const [fold] = setup.folds;
  const judge = new PanelJudge(setup);
  const panels = divide(dataset, [...fold.train], 3, stream)
    .map((rows, part) => {
      const lists = {
        lists: new Map(
          rankTissues(foldChangeRanking, {
            dataset,
            rows,
            contrasts: tissueContrasts(dataset, rows),
          }).map(({ tissue, order }) => [tissue, order]),
        ),
        set: [],
      };
      const ranking: PanelRanking = {
        name: part === 0 ? SHAP : `part_${part}`,
        title: `part ${part}`,
        seen: false,
        folds: [lists],
      };
      const columns = panelOf(lists, 1, setup.byId);
      return {
        ranking,
        size: 1,
        columns: [columns],
        judged: [judge.judge(fold, columns)],
        byChance: [],
        rows: [],
      };
    });
  const tests = testRivals(panels, setup, dataset.groups);
  const [{ p, only_shap_right, only_ranking_right }] = tests;
  return [
    {
      row: "panel_mcnemar",
      value: p,
      attainable: mcNemarLevel(only_shap_right + only_ranking_right),
    },
    {
      row: "panel_mcnemar_holm",
      value: anyBelow(tests.map(({ adjusted_p }) => adjusted_p)),
    },
  ];
}

function setupOf(dataset: Dataset, seed: number): JudgeSetup {
  return {
    values: dataset.values,
    genes: dataset.genes.length,
    classOf: dataset.classOf,
    classes: dataset.tissueNames.length,
    byId: genesById(dataset.genes),
    folds: judgedFolds(dataset, 1, (name) => deriveSeed(seed, name)),
  };
}
