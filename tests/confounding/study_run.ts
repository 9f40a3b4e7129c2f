/** A made-up run of tissues and studies, for the tests of `confounding`. */

import { confoundingSection } from "../../lib/confounding/section.ts";
import { confoundingStage } from "../../lib/confounding/stage.ts";
import * as prepared from "../../lib/prepare/outputs.ts";
import { RandomStream } from "../../lib/random.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import { shapGenes } from "../../lib/shap/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { TemporaryRun } from "../temporary_run.ts";
import { said } from "../said.ts";

/** A sample as a test makes it up. */
export interface MadeSample {
  readonly tissue: string;
  readonly study: string;
}

/** What a test makes up. */
export interface MadeStudies {
  readonly samples: readonly MadeSample[];
  readonly genes: number;
  /** The genes of the SHAP set. */
  readonly set: readonly number[];
  /** What is added to the noise of a gene in a sample. */
  readonly effect: (gene: number, sample: MadeSample) => number;
  /** Where the studies are written; by default as batches. */
  readonly as?: "batch" | "group" | "nothing";
  /** The order of the samples' rows, from the usual one. */
  readonly order?: (rows: number[]) => number[];
}

export const geneName = (gene: number) => `g${String(gene).padStart(3, "0")}`;

/** So many samples of each tissue in each study. */
export function cellsOf(
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): MadeSample[] {
  return Object.entries(counts).flatMap(([tissue, own]) =>
    Object.entries(own).flatMap(([study, count]) =>
      Array.from({ length: count }, () => ({ tissue, study }))
    )
  );
}

/** A run with prepared data, studies and the SHAP set. */
export class StudyRun extends TemporaryRun {
  static async make(made: MadeStudies): Promise<StudyRun> {
    const run = new StudyRun(await Deno.makeTempDir(), "wasm");
    for (const folder of ["prepare", "shap"]) {
      await Deno.mkdir(`${run.path}/${folder}`);
    }
    await run.#write(made);
    return run;
  }

  /** Runs the stage. */
  async measure(
    values: { readonly samples?: number } = {},
  ): Promise<string> {
    const { verdict } = await confoundingStage.run(
      await this.context("confounding", {
        samples: 600,
        "random-sets": 5,
        ...values,
      }),
    );
    return verdict;
  }

  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /** The files that the stage wrote, sorted. */
  async written(): Promise<string[]> {
    const names = [];
    for await (const { name } of Deno.readDir(`${this.path}/confounding`)) {
      names.push(name);
    }
    return names.sort();
  }

  /** What the report says of the stage. */
  async report() {
    const context = await this.context("confounding", {});
    const record = {
      stage: "confounding",
      warnings: [],
      figures: [{ file: "variance.svg", caption: "Variance" }],
    };
    const run = new RunReport({
      folder: "reports/made",
      pipeline: context.pipeline,
      sections: new Map(),
      records: [record as Partial<StageRecord> as StageRecord],
      outdated: [],
      simulated: false,
    });
    const found = await confoundingSection.read(context, run);
    return {
      text: confoundingSection.write(found, run),
      verdict: said(confoundingSection, found, run).join("\n"),
      citations: confoundingSection.citations!(found),
    };
  }

  async #write(
    { samples, genes, set, effect, as = "batch", order }: MadeStudies,
  ): Promise<void> {
    const stream = new RandomStream(17);
    const noise = () =>
      stream.uniform() + stream.uniform() + stream.uniform() - 1.5;
    const columns = [...Array(genes).keys()];
    const made = samples.map((sample, index) => ({
      ...sample,
      index,
      id: `s${String(index).padStart(3, "0")}`,
      values: columns.map((gene) => 6 + noise() + effect(gene, sample)),
    }));
    const rows = [...made.keys()];
    const ordered = (order?.(rows) ?? rows).map((row) => made[row]);
    const save = <Data>({ file, format }: TypedOutput<Data>, data: Data) =>
      Deno.writeTextFile(`${this.path}/${file}`, format(data));
    await save(
      prepared.samples,
      ordered.map(({ id, tissue, study, index }) => ({
        sample_id: id,
        tissue,
        group: as === "group" ? study : "",
        split: index % 3 === 0 ? "test" as const : "train" as const,
        fold: null,
      })),
    );
    if (as === "batch") {
      await save(
        prepared.batches,
        ordered.map(({ id, study }) => ({ sample_id: id, batch: study })),
      );
    }
    await Deno.writeTextFile(
      `${this.path}/prepare/stage.json`,
      JSON.stringify({
        parameters: {
          batch: as === "batch" ? "lab" : "",
          group: as === "group" ? "donor" : "",
        },
      }),
    );
    await save(
      prepared.genes,
      columns.map((gene) => ({
        gene: geneName(gene),
        name: gene === 0 ? "first" : null,
        description: null,
        mean: 6,
        sd: 1,
        n_zero_samples: 0,
      })),
    );
    await writeNpy(
      `${this.path}/${prepared.expression.file}`,
      Float32Array.from(ordered.flatMap(({ values }) => values)),
      [ordered.length, genes],
    );
    await save(
      shapGenes,
      set.map((gene, index) => ({
        gene: geneName(gene),
        tissue: samples[0].tissue,
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
      })),
    );
  }
}
