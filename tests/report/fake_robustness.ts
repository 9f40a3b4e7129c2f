/** What a run holds that says how far to believe its gene set. */

import { writeTable } from "../../lib/store/csv.ts";
import type { Wishes } from "./fake_stage.ts";

/** The fold that tests a tissue's sample of that number. */
export function foldOf(sample: number, { folds }: Wishes): string {
  return folds ? String(sample % folds + 1) : "";
}

/** `prepare/folds.csv` and `prepare/decoys.csv`. */
export function foldFiles(
  samples: readonly { readonly sample_id: string; readonly fold: string }[],
  genes: readonly string[],
  { folds = 0, whole }: Wishes,
): Record<string, string> {
  return {
    ...(folds > 0 && {
      "folds.csv": writeTable(
        ["fold", "sample_id", "split"],
        Array.from(
          { length: folds },
          (_, index) =>
            samples.map(({ sample_id, fold }) => ({
              fold: index + 1,
              sample_id,
              split: fold === String(index + 1) ? "test" : "train",
            })),
        ).flat(),
      ),
    }),
    ...(whole && {
      "decoys.csv": writeTable(
        ["decoy", "source", "column"],
        [1, 2, 3, 4, 5, 6, 7, 8].map((decoy) => ({
          decoy: `decoy_${decoy}`,
          source: genes[decoy],
          column: 5 * decoy,
        })),
      ),
    }),
  };
}

/** What `cnn/metrics.json` says of several networks. */
export function fakeNetworks({ folds = 1, replicates = 1 }: Wishes) {
  return {
    folds,
    replicates,
    networks: Array.from({ length: folds * replicates }, (_, index) => ({
      fold: Math.floor(index / replicates) + 1,
      replicate: index % replicates + 1,
      // 0.90, 0.92, 0.94, … : the sd of neighbors is 0.02 / sqrt(2).
      macro_f1: 0.9 + 0.02 * index,
      accuracy: 0.9 + 0.02 * index,
      kept_epoch: 30 - index,
    })),
  };
}

/** Of 8 decoys 1 entered; of 40 genes 5 would, of the 12 in the set. */
export const fakeDecoys = {
  decoys: 8,
  entered: 1,
  rate: 0.125,
  false_genes: 5,
  false_discovery_rate: 5 / 12,
  lowest_false_discovery_rate: 0.3125,
  lowest_at_rank: 9,
};

/** What a whole run's `shap/summary.json` holds beside an older one's. */
export const wholeSummary = {
  draws_asked: "auto",
  rounds: 2,
  blocks: 10,
  replicates: 2,
  folds: 1,
  cut: "unique",
  mean_standard_error: 0.02,
  decoys: fakeDecoys,
  draws_stability: {
    top: 4,
    overlap_of_halves: 0.8,
    expected_overlap: 0.86,
    spearman_of_halves: 0.77,
  },
  networks_stability: {
    replicates: 2,
    top: 4,
    overlap: 0.55,
    overlap_top_10: 0.65,
    spearman: 0.41,
    chance_overlap: 0.1,
  },
};

/** `shap/cut_curve.csv` and `shap/stability.csv`. */
export function shapFiles(
  tissues: readonly string[],
  { whole }: Wishes,
): Record<string, string> {
  if (!whole) return {};
  return {
    "cut_curve.csv": writeTable(
      [
        "rank",
        "genes",
        "unique_share",
        "decoys",
        "decoy_rate",
        "false_discovery_rate",
      ],
      [
        // 1 / 8 * 40 / 40: no decoy down to rank 9, which lists all genes.
        { rank: 8, genes: 20, decoys: 0 },
        { rank: 9, genes: 40, decoys: 0 },
        { rank: 10, genes: 40, decoys: 1 },
      ].map((row) => ({
        ...row,
        unique_share: 0.5,
        decoy_rate: row.decoys / 8,
        false_discovery_rate: row.decoys / 8 * 40 / row.genes,
      })),
    ),
    "stability.csv": writeTable(
      [
        "source",
        "first",
        "second",
        "tissue",
        "samples",
        "top",
        "overlap",
        "spearman",
      ],
      tissues.flatMap((tissue, index) =>
        ["draws", "networks"].map((source) => ({
          source,
          first: source === "draws" ? "odd" : "1",
          second: source === "draws" ? "even" : "2",
          tissue,
          samples: 5,
          top: 4,
          overlap: source === "draws" ? 0.8 : 0.5 + index / 10,
          spearman: 0.4,
        }))
      ),
    ),
  };
}

/** Three spaces by two nulls: uniform holds everywhere, matched in UMAP. */
export function spaceTests(
  holds: (kind: string, space: string) => boolean = (kind, space) =>
    kind === "uniform" || space === "umap",
) {
  return ["uniform", "matched"].flatMap((kind) =>
    ["umap", "pca", "genes"].map((space) => ({
      null: kind,
      space,
      sets: 30,
      repeats: 2,
      genes: 12,
      null_mean: kind === "uniform" ? 0.7 : 0.8,
      null_sd: 0.02,
      within_set_sd: 0.005,
      statistic: 0.85,
      z: 7.5,
      t: kind === "uniform" ? 7.378 : 2.459,
      df: 29,
      p_t: holds(kind, space) ? 0.002 : 0.3,
      p_empirical: holds(kind, space) ? 1 / 31 : 10 / 31,
      naive_p_t: 4e-15,
      as_high: holds(kind, space) ? 0 : 9,
      mean_overlap: kind === "uniform" ? 0.3 : 0.62,
    }))
  );
}

function agreement(
  check: string,
  spearman: number,
  spearman_absolute: number,
  overlap: number,
) {
  return { check, spearman, spearman_absolute, overlap };
}

/** The checks of a network whose scores depend on what it learnt. */
export const fakeChecks = {
  top: 4,
  chance_overlap: 0.1,
  samples: 10,
  draws: 50,
  checks: [
    agreement("rerun", 0.8, 0.95, 0.9),
    agreement("output_layer", 0.3, 0.9, 0.5),
    agreement("dense_layers", 0.2, 0.85, 0.3),
    agreement("all_layers", 0.1, 0.8, 0.2),
    agreement("shuffled_labels", 0.2, 0.7, 0.14),
  ],
  shuffled_network: {
    epochs: 30,
    train_accuracy: 0.97,
    macro_f1: 0.11,
    accuracy: 0.13,
    chance_accuracy: 0.16,
  },
};
