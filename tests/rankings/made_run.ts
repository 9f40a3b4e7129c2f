/** A made-up run with few genes, for the tests of the stage `genesets`. */

import type { Values } from "../../lib/cli/parameters.ts";
import { predictions } from "../../lib/cnn/outputs.ts";
import type { Section } from "../../lib/report/section.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import * as prepared from "../../lib/prepare/outputs.ts";
import { genesetsParameters } from "../../lib/rankings/parameters.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import type { RankingMethod } from "../../lib/rankings/ranking_method.ts";
import { makeGenesetsStage } from "../../lib/rankings/stage.ts";
import { RandomStream } from "../../lib/random.ts";
import { ranks, shapGenes } from "../../lib/shap/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { TemporaryRun } from "../temporary_run.ts";
import { said } from "../said.ts";

export const TISSUES = ["leaf", "root", "stem"];
/** Genes 0 to 3 are higher in leaf, 4 to 7 in root, 8 to 11 in stem. */
export const GENES = Array.from(
  { length: 120 },
  (_, gene) => `g${String(gene).padStart(3, "0")}`,
);
const MARKERS = 4;
/** Samples a tissue, of which the last two are tested. */
const SAMPLES = 8;

/** What a test changes. */
export interface Changes {
  /** Files of the run beside the prepared ones, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The order of the samples' rows, from the usual one. */
  readonly order?: (rows: number[]) => number[];
  readonly folds?: number;
  /** A sample's group, from its id. */
  readonly groupOf?: (id: string) => string;
  /** Whether a network gets each test sample right. */
  readonly isRight?: (sample: number) => boolean;
}

/** A run with prepared data and SHAP's lists. */
export class MadeRun extends TemporaryRun {
  static async make(changes: Changes = {}): Promise<MadeRun> {
    const run = new MadeRun(await Deno.makeTempDir(), "wasm");
    for (const folder of ["prepare", "shap", "cnn", "simulate"]) {
      await Deno.mkdir(`${run.path}/${folder}`);
    }
    await run.#writePrepared(changes);
    await run.#writeShap();
    for (const [path, text] of Object.entries(changes.files ?? {})) {
      await Deno.writeTextFile(`${run.path}/${path}`, text);
    }
    return run;
  }

  /** Runs the stage. */
  async rank(
    values: Partial<Values<typeof genesetsParameters>> = {},
    methods: readonly RankingMethod[] = rankingMethods,
  ): Promise<string> {
    const { top, truth } = genesetsParameters;
    const { verdict } = await makeGenesetsStage(methods).run(
      await this.context("genesets", {
        top: top.default,
        truth: truth.default,
        halves: 6,
        "specific-factor": 2,
        ...values,
      }),
    );
    return verdict;
  }

  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /** What the report says of the stage. */
  async report<Findings>(section: Section<Findings>) {
    const context = await this.context("genesets", {});
    const record = {
      stage: "genesets",
      warnings: [],
      figures: [
        { file: "recovery.svg", caption: "Known genes" },
        { file: "stability.svg", caption: "Stability" },
      ],
    };
    const run = new RunReport({
      folder: "reports/made",
      pipeline: context.pipeline,
      sections: new Map(),
      records: [record as Partial<StageRecord> as StageRecord],
      outdated: [],
      simulated: true,
    });
    const found = await section.read(context, run);
    return {
      text: section.write(found, run),
      headline: section.headline!(found),
      verdict: said(section, found, run).join("\n"),
      citations: section.citations!(found).join("\n"),
      summary: section.summarize!(found) as Record<string, unknown>,
    };
  }

  #write<Data>({ file, format }: TypedOutput<Data>, data: Data): Promise<void> {
    return Deno.writeTextFile(`${this.path}/${file}`, format(data));
  }

  async #writePrepared(
    { order, folds = 1, isRight, groupOf = () => "" }: Changes,
  ): Promise<void> {
    const stream = new RandomStream(3);
    const samples = TISSUES.flatMap((tissue, t) =>
      Array.from({ length: SAMPLES }, (_, index) => ({
        id: `s${t}${index}`,
        index,
        tissue,
        values: GENES.map((_, gene) =>
          5 + stream.uniform() +
          (Math.floor(gene / MARKERS) === t ? 4 - gene % MARKERS : 0)
        ),
      }))
    );
    const rows = [...samples.keys()];
    const ordered = (order?.(rows) ?? rows).map((row) => samples[row]);
    const isTest = (index: number) => index >= SAMPLES - 2;
    await this.#write(
      prepared.samples,
      ordered.map(({ id, tissue, index }) => ({
        sample_id: id,
        tissue,
        group: groupOf(id),
        split: folds > 1 || isTest(index) ? "test" as const : "train" as const,
        fold: folds > 1 ? index % folds + 1 : null,
      })),
    );
    if (folds > 1) {
      await this.#write(
        prepared.folds,
        Array.from(
          { length: folds },
          (_, fold) =>
            ordered.map(({ id, index }) => ({
              fold: fold + 1,
              sample_id: id,
              split: index % folds === fold
                ? "test" as const
                : "train" as const,
            })),
        ).flat(),
      );
    }
    await this.#write(
      prepared.genes,
      GENES.map((gene) => ({
        gene,
        name: gene === "g000" ? "first" : null,
        description: null,
        mean: 5,
        sd: 1,
        n_zero_samples: 0,
      })),
    );
    await writeNpy(
      `${this.path}/${prepared.expression.file}`,
      Float32Array.from(ordered.flatMap(({ values }) => values)),
      [ordered.length, GENES.length],
    );
    await Deno.writeTextFile(
      `${this.path}/prepare/stage.json`,
      JSON.stringify({ parameters: { input: "" } }),
    );
    await this.#write(
      predictions,
      ordered.map(({ id, tissue, index }, at) => ({
        sample_id: id,
        split: isTest(index) ? "test" as const : "train" as const,
        tissue,
        predicted: isRight?.(at) ?? true ? tissue : "leaf",
        probability: 0.9,
      })),
    );
  }

  /** SHAP finds half of leaf's and root's markers, and has no list for stem. */
  async #writeShap(): Promise<void> {
    const list = (t: number) => [
      ...GENES.slice(MARKERS * t, MARKERS * t + 2),
      ...GENES.slice(40, 60 - 5 * t),
    ];
    const lists = [list(0), list(1)];
    await this.#write(ranks, {
      names: TISSUES.slice(0, 2),
      first: lists[0].map((_, index) => index + 1),
      values: lists[0].map((_, index) =>
        lists.map((list) => list[index] ?? null)
      ),
    });
    const facts = {
      median_shap: 0.1,
      standard_error: null,
      error_of_samples: null,
      error_of_networks: null,
      error_of_draws: null,
      direction: "up" as const,
      log2_fold_change: 1,
      mean_in_tissue: 6,
      mean_elsewhere: 5,
      tau: 0.5,
      name: null,
    };
    await this.#write(
      shapGenes,
      [0, 1].flatMap((t) =>
        lists[t].slice(0, 3 - t).map((gene, index) => ({
          gene,
          tissue: TISSUES[t],
          rank: index + 1,
          ...facts,
        }))
      ),
    );
  }
}

/** Known genes as a user's file holds them. */
export function truthFile(
  genes: readonly (readonly [string, string])[],
): string {
  return [
    "gene,class,tissue",
    ...genes.map(([gene, tissue]) => `${gene},enriched,${tissue}`),
  ].join("\n");
}

/** The markers of each tissue. */
export const MARKED: readonly (readonly [string, string])[] = TISSUES.flatMap(
  (tissue, t) =>
    GENES.slice(MARKERS * t, MARKERS * (t + 1)).map((gene) =>
      [gene, tissue] as const
    ),
);
