/** How well the SHAP set clusters the other cohort by tissue. */

import { genesSpace } from "../clusters/spaces/genes.ts";
import { type ClusterSetup, scoreGeneSet } from "../clusters/score_gene_set.ts";
import { drawGenes } from "../gene_sets/gene_set.ts";
import type { ClusteringScores } from "../statistics/clustering_scores.ts";
import { empiricalP } from "../statistics/empirical_p.ts";
import type { Dataset } from "../prepare/dataset.ts";

/** Random starts of each k-means, and where each is stopped. */
const RESTARTS = 20;
const MOST_ITERATIONS = 1000;

/** The scores that are compared. */
const SCORES = ["vMeasure", "ami", "ari"] as const;
type ScoreName = typeof SCORES[number];

/** A score of the set beside those of random sets of its size. */
export interface SetScore {
  readonly value: number;
  readonly random_mean: number;
  /** (1 + random sets that score as high) / (1 + random sets). */
  readonly p: number;
}

/**
 * Clusters the cohort's samples by k-means on the set's genes, as many
 * clusters as tissues, and the same on random sets of its size. The cohort's
 * shift does not matter here: all its samples have it.
 *
 * @param set Columns of the cohort, at least one.
 * @param seedOf Gives the seed of a named random stream.
 */
export async function clusterBySet(
  { values, genes, classOf, tissueNames }: Dataset,
  set: Uint32Array,
  random: number,
  seedOf: (name: string) => number,
  onSet: () => void = () => {},
): Promise<Record<ScoreName, SetScore>> {
  const setup: ClusterSetup = {
    values,
    genes: genes.length,
    classes: classOf,
    clusters: Math.min(tissueNames.length, classOf.length),
    method: "hartigan",
    restarts: RESTARTS,
    restartsHighDim: RESTARTS,
    maxIterations: MOST_ITERATIONS,
    // Of other spaces.
    neighbors: 2,
    minDist: 0.1,
    epochs: null,
    components: 2,
    spacesModule: "",
  };
  const score = async (columns: Uint32Array, name: string) => {
    const [{ repeats: [scores] }] = await scoreGeneSet(
      setup,
      {
        columns,
        spaces: [{
          space: genesSpace.name,
          layouts: [{
            embeddingSeed: null,
            kmeansSeeds: [seedOf(`${name}/kmeans`)],
          }],
        }],
      },
      [genesSpace],
    );
    onSet();
    return scores;
  };
  const own = await score(set, "set");
  const others: ClusteringScores[] = [];
  for (let index = 1; index <= random; index++) {
    const name = `random_${index}`;
    const columns = drawGenes(
      genes.length,
      set.length,
      seedOf(`${name}/genes`),
    );
    others.push(await score(columns, name));
  }
  return Object.fromEntries(SCORES.map((name): [ScoreName, SetScore] => {
    const drawn = others.map((scores) => scores[name]);
    return [name, {
      value: own[name],
      random_mean: drawn.reduce((sum, each) => sum + each, 0) / random,
      p: empiricalP(drawn, own[name]),
    }];
  })) as Record<ScoreName, SetScore>;
}
