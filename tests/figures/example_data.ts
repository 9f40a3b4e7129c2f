/** Made-up results of realistic size: 30 human tissues and 12 maize organs. */

import type { TissueF1 } from "../../lib/cnn/figures/tissue_f1.ts";
import type { Check } from "../../lib/sanity_checks/outputs.ts";
import type { GeneSetKind } from "../../lib/gene_sets/gene_set_method.ts";
import type { SplitCurves } from "../../lib/splits/figures/split_curves.ts";
import type { PanelCurves } from "../../lib/panels/figures/panel_curves.ts";
import { RandomStream } from "../../lib/random.ts";

export const HUMAN_TISSUES = [
  "Adipose Tissue",
  "Adrenal Gland",
  "Bladder",
  "Blood",
  "Blood Vessel",
  "Brain",
  "Breast",
  "Cervix Uteri",
  "Colon",
  "Esophagus",
  "Fallopian Tube",
  "Heart",
  "Kidney",
  "Liver",
  "Lung",
  "Muscle",
  "Nerve",
  "Ovary",
  "Pancreas",
  "Pituitary",
  "Prostate",
  "Salivary Gland",
  "Skin",
  "Small Intestine",
  "Spleen",
  "Stomach",
  "Testis",
  "Thyroid",
  "Uterus",
  "Vagina",
];

export const MAIZE_ORGANS = [
  "anther",
  "cob",
  "embryo",
  "endosperm",
  "germinating_kernel",
  "internode",
  "leaf",
  "meristem",
  "pericarp_aleurone",
  "pollen",
  "root",
  "silk",
];

/** Names that break careless programs. */
export const HOSTILE_NAMES = [
  "<script>alert('&amp;')</script>",
  'a "quoted" & <b>bold</b> name',
  "../../etc/passwd",
  "C:\\tissues\\leaf",
  "🌽 kernel 雌花",
  "__proto__",
  "constructor",
  "",
  "red",
  "#ff0000",
  "2020-01-01",
  "NaN",
  "line one\nline two\u0000\u0007",
  "half a pair \ud83d",
  "]]>",
  "x".repeat(300),
];

/** Draws near a normal distribution of mean 0 and deviation 1. */
function bell(stream: RandomStream): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += stream.uniform();
  return sum - 6;
}

export function exampleHistory(epochs: number) {
  const stream = new RandomStream(1);
  return Array.from({ length: epochs }, (_, index) => {
    const decay = Math.exp(-index / 9);
    const late = Math.max(0, index - 30) * 0.004;
    return {
      epoch: index + 1,
      loss: 0.03 + 3.2 * decay + 0.02 * bell(stream),
      accuracy: Math.min(1, 1 - 0.9 * decay + 0.004 * bell(stream)),
      val_loss: 0.28 + 3.4 * Math.exp(-index / 11) + late + 0.06 * bell(stream),
      val_accuracy: Math.min(
        1,
        Math.max(0, 0.95 - 0.92 * Math.exp(-index / 10) + 0.01 * bell(stream)),
      ),
    };
  });
}

export function exampleCounts(tissues: readonly string[]): number[][] {
  const stream = new RandomStream(2);
  return tissues.map((_, row) => {
    const counts = tissues.map(() => 0);
    const samples = 2 + stream.integer(13);
    for (let sample = 0; sample < samples; sample++) {
      const column = stream.uniform() < 0.85
        ? row
        : stream.integer(tissues.length);
      counts[column]++;
    }
    return counts;
  });
}

export function exampleF1(tissues: readonly string[]) {
  const stream = new RandomStream(3);
  return f1Data(tissues.map((tissue) => {
    const f1 = Math.min(1, 0.7 + 0.4 * stream.uniform());
    return {
      tissue,
      f1,
      support: 1 + stream.integer(14),
      centroidF1: Math.min(1, Math.max(0, f1 - 0.05 + 0.06 * bell(stream))),
      neighborsF1: Math.min(1, Math.max(0, f1 - 0.12 + 0.1 * bell(stream))),
    };
  }));
}

/** Scores as `drawTissueF1` takes them, from a row a tissue. */
export function f1Data(
  rows: readonly {
    tissue: string;
    support: number;
    f1: number;
    centroidF1: number;
    neighborsF1: number;
  }[],
): TissueF1 {
  const scores = (which: "f1" | "centroidF1" | "neighborsF1") =>
    rows.map(({ tissue, support, ...row }) => {
      const f1 = row[which];
      return { tissue, support, f1, precision: f1, recall: f1 };
    });
  const baseline = (which: "f1" | "centroidF1" | "neighborsF1") => ({
    tissues: scores(which),
  });
  return {
    tissues: scores("f1"),
    baselines: {
      nearest_centroid: baseline("centroidF1"),
      five_nearest_neighbors: baseline("neighborsF1"),
      // One that falls together with the network's, and one between.
      ridge: baseline("f1"),
      logistic_regression: {
        tissues: scores("f1").map((row, index) => ({
          ...row,
          f1: (row.f1 + rows[index].centroidF1) / 2,
        })),
      },
    },
  };
}

export function exampleShares(ranks: number, genes: number): number[] {
  return Array.from({ length: ranks }, (_, index) => {
    const listed = 30 * (index + 1);
    return genes * (1 - Math.exp(-listed / genes)) / listed;
  });
}

/** Genes of which some go with the tissue and some with the study. */
export function exampleVariances(genes: number) {
  const stream = new RandomStream(11);
  return Array.from({ length: genes }, (_, gene) => {
    const both = stream.uniform();
    const share = stream.uniform();
    return {
      epsilon_tissue: both * share,
      epsilon_study: both * (1 - share) - 0.02,
      in_set: gene % 3 === 0,
    };
  });
}

export function exampleHeatMap(tissues: readonly string[], perTissue: number) {
  const stream = new RandomStream(4);
  const genes = tissues.flatMap((_, row) =>
    Array.from(
      { length: perTissue },
      (_, n) => `Zm00001d0${10000 + 317 * row + n}`,
    )
  );
  const values = tissues.map((_, row) =>
    genes.map((_, column) =>
      Math.floor(column / perTissue) === row
        ? 2.4 + bell(stream)
        : -0.3 + 0.4 * bell(stream)
    )
  );
  return { tissues, genes, values, label: "Mean expression (z-score)" };
}

export function exampleScores(tissues: readonly string[]) {
  const stream = new RandomStream(5);
  return tissues.map((tissue, row) => ({
    tissue,
    gene: `Zm00001d0${20000 + 211 * row}`,
    scores: Array.from(
      { length: 3 + stream.integer(12) },
      () => 0.02 + 0.006 * bell(stream) * bell(stream) + 0.0007 * row,
    ),
  }));
}

export function examplePoints(tissues: readonly string[], perTissue: number) {
  const stream = new RandomStream(6);
  return tissues.flatMap((tissue) => {
    const x = 18 * stream.uniform();
    const y = 14 * stream.uniform();
    return Array.from({ length: perTissue }, (_, index) => ({
      sample_id: `${tissue}-${index + 1}`,
      tissue,
      x: x + 0.35 * bell(stream),
      y: y + 0.35 * bell(stream),
    }));
  });
}

export function exampleVMeasures(randomSets: number) {
  const stream = new RandomStream(7);
  const sets: [string, GeneSetKind, number, number][] = [
    ["shap", "method", 2216, 0.879],
    ["all", "all", 10000, 0.871],
    ["top10_per_tissue", "file", 256, 0.902],
    ...Array.from(
      { length: randomSets },
      (_, n): typeof sets[0] => [`random_${n + 1}`, "random", 2216, 0.868],
    ),
  ];
  return sets.flatMap(([geneSet, kind, genes, mean]) => {
    const middle = mean + 0.006 * bell(stream);
    return Array.from({ length: 5 }, () => ({
      geneSet,
      kind,
      genes,
      vMeasure: middle + 0.004 * bell(stream),
    }));
  });
}

function exampleNull(sets: number): number[] {
  const stream = new RandomStream(8);
  return Array.from({ length: sets }, () => 0.873 + 0.011 * bell(stream));
}

export function exampleTests(sets: number) {
  const kinds: [string, number][] = [["any genes", 0], ["matched", 0.012]];
  const spaces: [string, number][] = [["UMAP", 0.879], ["The genes", 0.91]];
  return spaces.flatMap(([space, statistic]) =>
    kinds.map(([kind, shift]) => ({
      gene_set: "shap",
      null_model: `Random sets: ${kind}`,
      space,
      statistic,
      nullMeans: exampleNull(sets).map((mean) => mean + shift),
      p_empirical: shift > 0 ? 0.257 : 0.0099,
      p_adjusted: shift > 0 ? 0.31 : 0.0099,
    }))
  );
}

export function exampleSplit(tissues: readonly string[]) {
  const stream = new RandomStream(9);
  return tissues.map((tissue) => {
    const total = 6 + stream.integer(55);
    const test = Math.max(1, Math.round(total * 0.2));
    const validation = Math.round((total - test) * 0.1);
    return { tissue, train: total - test - validation, validation, test };
  });
}

export function exampleAgreement(tissues: readonly string[]) {
  const stream = new RandomStream(10);
  const means: [Check, number, number][] = [
    ["rerun", 0.84, 0.8],
    ["ensemble_member", 0.4, 0.6],
    ["output_layer", 0.06, 0.12],
    ["dense_layers", 0.01, 0.09],
    ["all_layers", 0, 0.07],
    ["shuffled_labels", -0.02, 0.08],
  ];
  return means.flatMap(([check, spearman, overlap]) =>
    tissues.map((tissue) => ({
      check,
      tissue,
      samples: 1,
      top: 100,
      spearman: spearman + 0.04 * bell(stream),
      spearman_absolute: null,
      overlap: Math.max(0, overlap + 0.02 * bell(stream)),
    }))
  );
}

/**
 * Panels of five rankings, the first of which may be left out.
 *
 * @param clean Whether SHAP's genes were ranked without the judged samples.
 */
export function examplePanels(clean: boolean): PanelCurves {
  const rankings = [
    { ranking: "shap", title: "SHAP", seen: false },
    { ranking: "shap_test", title: "SHAP on the test samples", seen: true },
    { ranking: "fold_change", title: "fold change", seen: false },
    { ranking: "welch_t", title: "Welch's t", seen: false },
    { ranking: "ridge", title: "ridge weights", seen: false },
  ].slice(clean ? 0 : 1).map((ranking) => ({
    ...ranking,
    smallest_macro_f1: 1,
    smallest_ami: null,
  }));
  const sizes = [1, 2, 3, 5, 10, 30, 0];
  const stream = new RandomStream(3);
  const rows = rankings.flatMap(({ ranking }, each) =>
    sizes.flatMap((size, index) =>
      (["centroid_macro_f1", "ami"] as const).map((score) => {
        const null_mean = (score === "ami" ? 0 : 0.2) + 0.1 * index;
        const value = 0.97 - (0.5 + each / 10) / (index + 2) +
          0.02 * stream.uniform() - (score === "ami" ? 0.15 : 0);
        return {
          ranking,
          size,
          genes: 8 * (size || 80),
          score,
          value,
          null_mean,
          null_sd: 0.05,
          null_low: null_mean - 0.1,
          null_high: null_mean + 0.1,
          p: 0.005,
          adjusted_p: value > null_mean + 0.1 ? 0.035 : 0.2,
        };
      })
    )
  );
  return { rows, summary: { rankings, sizes, samples: 240, sets: 199 } };
}

/** Panels over repeated splits. */
export function exampleSplits(splits: number): SplitCurves {
  const rankings = [
    { ranking: "shap", title: "SHAP" },
    { ranking: "fold_change", title: "fold change" },
    { ranking: "welch_t", title: "Welch's t" },
    { ranking: "ridge", title: "ridge weights" },
  ];
  const sizes = [1, 2, 3, 5, 10, 30, 0];
  const half = 0.4 / Math.sqrt(splits);
  const around = (mean: number) => ({
    mean,
    sd: half / 2,
    low: mean - half,
    high: mean + half,
  });
  const meanOf = (each: number, index: number) =>
    0.97 - (0.5 + each / 10) / (index + 2);
  const panels = rankings.flatMap(({ ranking }, each) =>
    sizes.map((size, index) => ({
      ranking,
      size,
      ...around(meanOf(each, index)),
    }))
  );
  return {
    splits,
    repeated: {
      rankings,
      sizes,
      ensemble: 5,
      panels,
      panel_differences: panels.filter(({ ranking }) => ranking !== "shap")
        .map(({ ranking, size, mean }) => ({
          ranking,
          size,
          ...around(meanOf(0, sizes.indexOf(size)) - mean),
        })),
    },
  };
}
