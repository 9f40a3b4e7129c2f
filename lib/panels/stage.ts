/** The stage `panels`: small gene panels judged on samples no step has seen. */

import { fixed } from "../cli/numbers.ts";
import { byCodeUnit, countOf } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { type Dataset, readDataset } from "../prepare/dataset.ts";
import { rankingMethods } from "../rankings/methods.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { shareFloats } from "../workers/pool.ts";
import { comparePanels } from "./compare.ts";
import { panelsDeclaration } from "./declaration.ts";
import { find } from "./find_rows.ts";
import { judgedFolds, supportOf } from "./judged_folds.ts";
import * as files from "./outputs.ts";
import { judgeInWorkers } from "./panel_worker.ts";
import { readSizes } from "./parameters.ts";
import { planPanels } from "./plan.ts";
import { type PanelRanking, WHOLE_SET } from "./ranked_lists.ts";
import { bestRival, testRivals } from "./rivals.ts";
import { sortRandomScores } from "./random_scores.ts";
import * as rows from "./rows.ts";
import type { JudgedFold, JudgeSetup } from "./score_panel.ts";
import { readShapRankings } from "./shap_lists.ts";
import { summarize } from "./summarize.ts";
import { rankSimply } from "./simple_lists.ts";

/** A longer table of predictions is not written. */
const MOST_PREDICTIONS = 500_000;

/** @param methods The simple rankings. */
export function makePanelsStage(methods: readonly RankingMethod[]) {
  return defineStage({
    ...panelsDeclaration,
    async run(context) {
      const { parameters: { sets, repeats }, settings } = context;
      const sizes = [...readSizes(context.parameters.sizes), WHOLE_SET];
      const dataset = await readDataset(context);
      const { genes, classOf, tissueNames } = dataset;
      const folds = judgedFolds(dataset, repeats, context.seedOf);
      const shap = await readShapRankings(
        context,
        dataset,
        folds.map(({ fold }) => fold),
      );
      const setup: JudgeSetup = {
        values: shareFloats(dataset.values),
        genes: genes.length,
        classOf,
        classes: tissueNames.length,
        byId: Uint32Array.from(genes.keys())
          .sort((a, b) => byCodeUnit(genes[a], genes[b])),
        folds,
      };
      const rankings = [
        ...shap,
        ...rankWithProgress(context, methods, dataset, folds, shap[0]),
      ];
      const plan = planPanels(rankings, sizes, setup, sets, settings.seed);
      const results = await judgeInWorkers(context, setup, [
        ...plan.ranked,
        ...plan.random,
      ]);
      const random = results.slice(plan.ranked.length);
      const scored = plan.panels.map((panel, index) => ({
        ...panel,
        judged: folds.map((_, fold) => {
          const result = results[index * folds.length + fold];
          if (result.kind !== "ranked") throw new TypeError("Not a panel");
          return result.judged;
        }),
      }));
      const compared = folds.length === 0 ? [] : comparePanels(
        scored,
        sortRandomScores(plan, random),
        setup,
        supportOf(dataset, folds),
      );
      const table = compared.flatMap((panel) => panel.rows);
      await context.write(files.panels, table);
      await context.write(
        files.panelGenes,
        rows.geneRows(compared, folds, dataset),
      );
      await context.write(
        files.nullPanels,
        rows.nullRows(compared, plan),
      );
      const tested = folds.reduce((sum, { test }) => sum + test.length, 0);
      if (2 * tested * compared.length <= MOST_PREDICTIONS) {
        await context.write(
          files.panelPredictions,
          rows.predictionRows(compared, folds, dataset),
        );
      }
      const summary = summarize(
        { dataset, folds, rankings, sizes, sets, repeats },
        table,
        testRivals(compared, setup, dataset.groups),
        plan.empty,
      );
      await context.write(files.summary, summary);
      warnOf(summary, context.warn);
      await context.draw(files.panelCurves, { rows: table, summary });
      return { verdict: describe(summary, table) };
    },
  });
}

export const panelsStage = makePanelsStage(rankingMethods);

function rankWithProgress(
  context: Pick<StageContext, "progress">,
  methods: readonly RankingMethod[],
  dataset: Dataset,
  folds: readonly JudgedFold[],
  shap: PanelRanking,
): PanelRanking[] {
  using shown = context.progress(
    "ranking",
    methods.length * folds.length,
    "lists",
  );
  return rankSimply(methods, dataset, folds, shap, () => shown.advance());
}

/** Warns of what no result can come from. */
function warnOf(
  { least_adjusted_p, sets, sizes, not_clustered, samples, not_judged }:
    files.PanelsSummary,
  warn: (message: string) => void,
): void {
  if (samples === 0) {
    warn("No panel is judged: there is no test sample, or none to learn from");
    return;
  }
  if (least_adjusted_p >= SIGNIFICANCE_LEVEL) {
    warn(
      `No panel can be better than chance: ${
        countOf(sets, "random panel")
      } and ${countOf(sizes.length, "size")} give no adjusted p below ${
        least_adjusted_p.toPrecision(3)
      }`,
    );
  }
  for (const { fold, samples, tissues } of not_clustered) {
    warn(
      `Fold ${fold} is not clustered: it has ${
        countOf(samples, "test sample")
      } of ${countOf(tissues, "tissue")}`,
    );
  }
  for (const { ranking, size } of not_judged) {
    warn(
      `The panels of ${ranking} ${
        size === WHOLE_SET ? "with its whole set" : `of size ${size}`
      } are not judged: there is no gene in some fold`,
    );
  }
}

/** The stage's result in words. */
function describe(
  summary: files.PanelsSummary,
  table: readonly files.PanelRow[],
): string {
  const { rankings: [first], sizes, samples, folds } = summary;
  const on = `${countOf(samples, "test sample")}${
    folds > 1 ? ` of ${folds} folds` : ""
  }`;
  const { ranking, title, smallest_macro_f1: smallest } = first;
  const shown = sizes.find((size) =>
    find(table, ranking, smallest ?? size, "centroid_macro_f1")
  );
  if (shown === undefined) return `No panel is judged (${on})`;
  const row = find(
    table,
    ranking,
    smallest ?? shown,
    "centroid_macro_f1",
  )!;
  const rival = bestRival(table, summary, row);
  return `${title}, ${
    row.size === WHOLE_SET
      ? "the whole set"
      : `${countOf(row.size, "gene")} a tissue`
  }: macro F1 ${fixed(row.value)} on ${on}, random genes ${
    fixed(row.null_mean)
  }${
    rival === null
      ? ""
      : `, ${rival.title}, the best simple ranking, ${fixed(rival.row.value)}`
  }${smallest === null ? "; no size is shown to be better than they" : ""}`;
}
