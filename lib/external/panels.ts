/** Small panels of each ranking's first genes, made here and judged there. */

import { pickColumns } from "../ml/pick_columns.ts";
import { PanelCentroids } from "../panels/panel_centroids.ts";
import { panelsParameters, readSizes } from "../panels/parameters.ts";
import { panelOf } from "../panels/ranked_lists.ts";
import type { RandomStream } from "../random.ts";
import type { Ranking } from "../rankings/shap_rankings.ts";
import { holmWithin } from "../statistics/adjust_within.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import { empiricalP } from "../statistics/empirical_p.ts";
import type { ViewName } from "./names.ts";
import type { CommonSamples, View } from "./views.ts";

/** Genes that each tissue gives to a panel, as in the stage `panels`. */
export const PANEL_DEPTHS: readonly number[] = readSizes(
  panelsParameters.sizes.default,
);

/** A panel's score in one view of the other cohort. */
export interface PanelScore {
  readonly ranking: string;
  /** First genes of each tissue. */
  readonly genes_a_tissue: number;
  readonly view: ViewName;
  /** Different genes in it. */
  readonly genes: number;
  readonly macro_f1: number;
  /** Mean of the random panels of its size. */
  readonly random_mean: number;
  /** (1 + random panels that score as high) / (1 + random panels). */
  readonly p: number;
  /** By Holm, over the sizes of the ranking in this view. */
  readonly adjusted_p: number;
}

/** What panels are judged by. */
export interface PanelInput {
  readonly rankings: readonly Ranking[];
  /** The common tissues: each gives its first genes. */
  readonly tissues: readonly string[];
  /** The run's samples of these tissues, that centroids are made of. */
  readonly training: CommonSamples;
  readonly views: readonly View[];
  /** Each judged sample's class. */
  readonly classOf: ArrayLike<number>;
  /** Random panels of each size. */
  readonly random: number;
  readonly stream: RandomStream;
  readonly onPanel?: () => void;
}

/**
 * Scores each ranking's panels by nearest centroids: the centroids are those
 * of the run's training samples, and macro F1 is that of the other cohort's.
 * Random panels are drawn from the genes that both cohorts have, the same ones
 * for all panels of a size.
 *
 * @returns A ranking without a gene at all has no panel.
 */
export function scorePanels(input: PanelInput): PanelScore[] {
  const { rankings, tissues, training, views, random, stream } = input;
  const { genes } = training;
  const centroids = new PanelCentroids(
    training.values,
    genes,
    training.classOf,
  );
  const score = (columns: Uint32Array): number[] => {
    input.onPanel?.();
    return views.map(({ values }) =>
      classificationScores(
        input.classOf,
        centroids.predict(pickColumns(values, genes, columns), columns),
        training.tissues,
      ).macroF1
    );
  };
  const drawn = new Map<number, number[][]>();
  const randomOf = (size: number): number[][] => {
    let scores = drawn.get(size);
    if (scores === undefined) {
      scores = Array.from({ length: random }, (_, index) =>
        score(
          stream.child(`${size}/${index + 1}`).sample(genes, size).sort(),
        ));
      drawn.set(size, scores);
    }
    return scores;
  };
  return rankings.flatMap(({ name, lists }) => {
    const panels = PANEL_DEPTHS.flatMap((depth) => {
      const columns = firstGenes(lists, tissues, depth);
      if (columns.length === 0) return [];
      const scores = score(columns);
      const others = randomOf(columns.length);
      return views.map(({ name: view }, index) => ({
        ranking: name,
        genes_a_tissue: depth,
        view,
        genes: columns.length,
        macro_f1: scores[index],
        random_mean: others.reduce((sum, each) => sum + each[index], 0) /
          random,
        p: empiricalP(others.map((each) => each[index]), scores[index]),
      }));
    });
    // In each view the panels of all sizes are tested together.
    const adjusted = holmWithin(panels, ({ view }) => view);
    return panels.map((panel) => ({
      ...panel,
      adjusted_p: adjusted.get(panel)!,
    }));
  });
}

/** How many panels `scorePanels` will score. */
export function panelsToScore(
  { rankings, tissues, random }: Pick<
    PanelInput,
    "rankings" | "tissues" | "random"
  >,
): number {
  const sizes = rankings.flatMap(({ lists }) =>
    PANEL_DEPTHS.map((depth) => firstGenes(lists, tissues, depth).length)
  ).filter((size) => size > 0);
  return sizes.length + random * new Set(sizes).size;
}

/** The different first genes of all tissues, ascending. */
function firstGenes(
  lists: Ranking["lists"],
  tissues: readonly string[],
  depth: number,
): Uint32Array {
  const own = new Map(
    tissues.map((tissue) => [tissue, lists.get(tissue) ?? []]),
  );
  const listed = new Set([...own.values()].flatMap((list) => Array.from(list)));
  return panelOf(
    { lists: own, set: [] },
    depth,
    Uint32Array.from(listed).sort(),
  );
}
