/** Made-up runs for the tests of the stage `panels`. */

import { RunReport } from "../../lib/report/run_report.ts";
import * as prepared from "../../lib/prepare/outputs.ts";
import { panelsParameters } from "../../lib/panels/parameters.ts";
import { panelsSection } from "../../lib/panels/section.ts";
import { summarizeFindings } from "../../lib/panels/section/findings.ts";
import { panelsStage } from "../../lib/panels/stage.ts";
import {
  foldRanks,
  ranks,
  shapGenes,
  testRanks,
} from "../../lib/shap/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { TemporaryRun } from "../temporary_run.ts";
import { said } from "../said.ts";

export const TISSUES = ["leaf", "root", "stem"];

/** A sample of a made-up matrix. */
export interface MadeSample {
  readonly id: string;
  readonly tissue: string;
  /** One a gene. */
  readonly values: readonly number[];
  /** The fold that tests it, from 1; 0 for none. */
  readonly fold: number;
}

/** Genes of each tissue, best first, by tissue. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** What a run is made from. */
export interface MadeData {
  readonly samples: readonly MadeSample[];
  readonly genes: readonly string[];
  /** Of each fold; without them SHAP explained test samples only. */
  readonly foldLists?: readonly Lists[];
  readonly testLists: Lists;
  /** Genes a tissue that are in the set. */
  readonly selected?: number;
}

/** A gene's id. */
export const geneId = (gene: number) => `g${String(gene).padStart(3, "0")}`;

/** Rows of the tables of ranks. */
function rowsOf(lists: Lists, selected: number) {
  return Object.entries(lists).flatMap(([tissue, genes]) =>
    genes.map((gene, index) => ({
      tissue,
      rank: index + 1,
      gene,
      median_shap: 1 / (index + 1),
      selected: index < selected,
    }))
  );
}

/** A run with prepared data and SHAP's ranks. */
export class MadePanels extends TemporaryRun {
  static async make(data: MadeData): Promise<MadePanels> {
    const run = new MadePanels(await Deno.makeTempDir(), "wasm");
    for (const folder of ["prepare", "shap"]) {
      await Deno.mkdir(`${run.path}/${folder}`);
    }
    await run.#writePrepared(data);
    const { foldLists, testLists, selected = 4 } = data;
    if (foldLists) {
      await run.#write(
        foldRanks,
        foldLists.flatMap((lists, index) =>
          rowsOf(lists, selected).map((row) => ({ fold: index + 1, ...row }))
        ),
      );
      await run.#write(testRanks, rowsOf(testLists, selected));
    } else {
      await run.#writeStudyRanks(testLists, selected);
    }
    return run;
  }

  /** Runs the stage; by default few random panels. */
  async judge(
    values: {
      readonly sizes?: readonly string[];
      readonly sets?: number;
      readonly repeats?: number;
    } = {},
    threads = 1,
  ): Promise<string> {
    const { verdict } = await panelsStage.run(
      await this.context("panels", {
        sizes: ["1", "2"],
        sets: 79,
        repeats: panelsParameters.repeats.default,
        ...values,
      }, threads),
    );
    return verdict;
  }

  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /** All files of the stage, by name. */
  async files(): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for await (const { name } of Deno.readDir(`${this.path}/panels`)) {
      texts[name] = await Deno.readTextFile(`${this.path}/panels/${name}`);
    }
    return texts;
  }

  /** What the report says of the stage. */
  async report() {
    const context = await this.context("panels", {});
    const record = {
      stage: "panels",
      warnings: [],
      figures: [{ file: "panel_curves.svg", caption: "Panels" }],
    };
    const run = new RunReport({
      folder: "reports/made",
      pipeline: context.pipeline,
      sections: new Map(),
      records: [record as Partial<StageRecord> as StageRecord],
      outdated: [],
      simulated: false,
    });
    const found = await panelsSection.read(context, run);
    return {
      text: panelsSection.write(found, run),
      headline: panelsSection.headline!(found),
      verdict: said(panelsSection, found, run).join("\n"),
      summary: summarizeFindings(found),
    };
  }

  #write<Data>({ file, format }: TypedOutput<Data>, data: Data): Promise<void> {
    return Deno.writeTextFile(`${this.path}/${file}`, format(data));
  }

  async #writePrepared({ samples, genes }: MadeData): Promise<void> {
    const folds = Math.max(...samples.map(({ fold }) => fold));
    await this.#write(
      prepared.samples,
      samples.map(({ id, tissue, fold }) => ({
        sample_id: id,
        tissue,
        group: "",
        split: fold > 0 ? "test" as const : "train" as const,
        fold: folds > 1 && fold > 0 ? fold : null,
      })),
    );
    if (folds > 1) {
      await this.#write(
        prepared.folds,
        Array.from(
          { length: folds },
          (_, index) =>
            samples.map(({ id, fold }) => ({
              fold: index + 1,
              sample_id: id,
              split: fold === index + 1 ? "test" as const : "train" as const,
            })),
        ).flat(),
      );
    }
    await this.#write(
      prepared.genes,
      genes.map((gene) => ({
        gene,
        name: null,
        description: null,
        mean: 5,
        sd: 1,
        n_zero_samples: 0,
      })),
    );
    await writeNpy(
      `${this.path}/${prepared.expression.file}`,
      Float32Array.from(samples.flatMap(({ values }) => values)),
      [samples.length, genes.length],
    );
  }

  /** What `shap` writes of test samples alone. */
  async #writeStudyRanks(lists: Lists, selected: number): Promise<void> {
    const names = Object.keys(lists);
    const longest = Math.max(...names.map((name) => lists[name].length));
    const depths = Array.from({ length: longest }, (_, index) => index);
    await this.#write(ranks, {
      names,
      first: depths.map((index) => index + 1),
      values: depths.map((index) =>
        names.map((name) => lists[name][index] ?? null)
      ),
    });
    await this.#write(
      shapGenes,
      names.flatMap((tissue) =>
        lists[tissue].slice(0, selected).map((gene, index) => ({
          gene,
          tissue,
          rank: index + 1,
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
        }))
      ),
    );
  }
}
