/** A made-up run of the stage `shap`, and what the report says of it. */

import assert from "node:assert/strict";
import { RunReport } from "../../lib/report/run_report.ts";
import {
  type AttributedSampleRow,
  attributedSamples,
} from "../../lib/shap/attributions/outputs.ts";
import * as outputs from "../../lib/shap/outputs.ts";
import { shapSection } from "../../lib/shap/section.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { stageFiles } from "../stage_files.ts";
import { openingOf, said } from "../said.ts";

/** Genes of the matrix. */
const GENES = Array.from(
  { length: 40 },
  (_, gene) => `Zm${String(gene).padStart(3, "0")}`,
);
const TISSUES = ["leaf", "root"];

/** Of 8 decoys 1 was selected, of 40 genes 12: 2 / 9 * 40 / 12. */
export const madeDecoys = {
  decoys: 8,
  selected: 1,
  rate: 0.125,
  noise_rate: 20 / 27,
  noise_rate_low: 0.01,
  noise_rate_high: 1,
  lowest_noise_rate: 0.3125,
  lowest_at_rank: 9,
  tissues: [
    {
      tissue: "leaf",
      listed: 7,
      selected: 0,
      noise_rate: 0.63,
      noise_rate_low: 0,
      noise_rate_high: 1,
    },
    {
      tissue: "root",
      listed: 6,
      selected: 1,
      noise_rate: 1,
      noise_rate_low: 0.02,
      noise_rate_high: 1,
    },
  ],
};

const madeSummary: outputs.ShapSummary = {
  output: "probability",
  samples: "right",
  explained_part: "test",
  min_samples: 3,
  draws: 100,
  fewest_draws: 100,
  draws_asked: "auto",
  rounds: 2,
  blocks: 10,
  ensemble: 2,
  folds: 1,
  explained: 12,
  correct: 11,
  ranked: 11,
  tissues_left_out: [],
  tissues_without_scores: [],
  cutoff_rule: "unique",
  direction: "up",
  genes_in_matrix: 40,
  genes: 12,
  listed_ranks: 7,
  unique_share_at_cutoff: 0.5,
  consensus: {
    voters: 2,
    top: 4,
    share: 0.8,
    tissues: [
      { tissue: "leaf", voters: 2, genes: 3, chance_genes: 1.6 },
      { tissue: "root", voters: 1, genes: null, chance_genes: 0 },
    ],
  },
  decoys: madeDecoys,
  knockoffs: null,
  draws_stability: {
    top: 4,
    overlap_of_halves: 0.8,
    expected_overlap: 0.86,
    spearman_of_halves: 0.77,
  },
  networks_stability: {
    ensemble: 2,
    top: 4,
    overlap: 0.55,
    overlap_top_10: 0.65,
    spearman: 0.41,
    chance_overlap: 0.1,
  },
  mean_absolute_gap: 0.05,
  mean_absolute_difference: 0.5,
  median_gap_share: 0.1,
  tissues_missed: [],
  mean_standard_error: 0.02,
  fold_lists: null,
  image_neighbors: { below: 0.07, right: -0.04, chance_sd: 0.011 },
};

/** What a test changes. */
export interface Changes {
  /** The network's learning rate. */
  readonly learningRate?: number;
  /** Of the cnn stage. */
  readonly columns?: "file" | "member";
  readonly summary?: Partial<outputs.ShapSummary>;
  /** `attributions.csv`; none by default. */
  readonly attributed?: readonly AttributedSampleRow[];
}

/** What the report says of the run. */
export async function report(
  { summary, learningRate, columns = "file", attributed }: Changes = {},
) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/shap`);
  const files = stageFiles(root, `${root}/shap`);
  await writeRun(files, { ...madeSummary, ...summary });
  if (attributed) await files.write(attributedSamples, attributed);
  const run = new RunReport({
    folder: "reports/made",
    pipeline: files.pipeline,
    sections: new Map(),
    records: [
      {
        stage: "shap",
        warnings: [],
        figures: ["cutoff_curve", "score_distribution", "top_genes"]
          .map((name) => ({ file: `${name}.svg`, caption: name })),
      } as Partial<StageRecord> as StageRecord,
      {
        stage: "cnn",
        parameters: { "learning-rate": learningRate ?? 0.0003, columns },
      } as Partial<StageRecord> as StageRecord,
    ],
    outdated: [],
    simulated: true,
  });
  const reader = {
    ...files,
    artifact: (name: string) => Promise.resolve(`${root}/${name}`),
  };
  const found = await shapSection.read(reader, run);
  await Deno.remove(root, { recursive: true });
  return {
    text: shapSection.write(found, run),
    figuresLeft: run.remainingFigures("shap"),
    verdict: said(shapSection, found, run).join("\n"),
    headline: openingOf(shapSection, found),
    summary: shapSection.summarize!(found),
    citations: shapSection.citations!(found).join("\n"),
  };
}

/** One `###` part of the section, up to the next heading. */
export async function partOf(
  title: string,
  changes: Changes = {},
): Promise<string> {
  const { text } = await report(changes);
  const [, body] = `\n${text}`.split(`\n### ${title}\n`);
  assert.ok(body, `the section has a part ${title}`);
  return body.split(/\n##+ /)[0];
}

async function writeRun(
  { write }: ReturnType<typeof stageFiles>,
  summary: outputs.ShapSummary,
): Promise<void> {
  await write(outputs.summary, summary);
  await write(outputs.ranks, {
    names: TISSUES,
    first: GENES.map((_, index) => index + 1),
    values: GENES.map((_, index) =>
      TISSUES.map((_, tissue) => GENES[(index + 3 * tissue) % GENES.length])
    ),
  });
  const scored = (gene: string, tissue: string, rank: number) => ({
    gene,
    // One gene has a name.
    name: gene === "Zm001" ? "bx1" : null,
    tissue,
    rank,
    median_shap: 1 / rank,
    standard_error: 0.11,
    error_of_samples: 0.1,
    error_of_networks: 0.05,
    error_of_draws: 0.02,
    direction: "up" as const,
    log2_fold_change: 2,
    mean_in_tissue: 5,
    mean_elsewhere: 3,
    tau: 0.5,
  });
  await write(
    outputs.shapGenes,
    GENES.slice(0, summary.genes)
      .map((gene, index) => scored(gene, TISSUES[0], index + 1)),
  );
  await write(
    outputs.tissueGenes,
    TISSUES.flatMap((tissue, index) =>
      GENES.slice(3 * index, 3 * index + summary.listed_ranks).map((
        gene,
        rank,
      ) => ({
        ...scored(gene, tissue, rank + 1),
        is_best_tissue: true,
        in_consensus: null,
      }))
    ),
  );
  await write(
    outputs.consensusGenes,
    GENES.slice(0, 3).map((gene, index) => {
      const {
        standard_error: _,
        error_of_samples: __,
        error_of_networks: ___,
        error_of_draws: ____,
        ...row
      } = scored(gene, "leaf", index + 1);
      return {
        ...row,
        share_of_networks: 1,
        shap_rank: index + 2,
        description: null,
      };
    }),
  );
  // The first four ranks count.
  await write(outputs.absentGenes, [
    { ...scored("Zm030", "root", 2), direction: "down" },
    { ...scored("Zm031", "root", 5), direction: "down" },
  ]);
  await write(
    outputs.cutoffCurve,
    // 1 / 9 * 40 / 40: no decoy down to rank 9, which lists all genes.
    [[8, 20, 0], [9, 40, 0], [10, 40, 1]].map(([rank, genes, decoys]) => ({
      rank,
      genes,
      unique_share: 0.5,
      decoys,
      decoy_rate: decoys / 8,
      noise_rate: (decoys + 1) / 9 * 40 / genes,
    })),
  );
  await write(
    outputs.stability,
    TISSUES.flatMap((tissue, index) =>
      (["draws", "networks"] as const).map((source) => ({
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
  );
}
