/** A run with made-up prepared data, for the tests of the stages behind it. */

import * as prepared from "../lib/prepare/outputs.ts";
import { RunReport } from "../lib/report/run_report.ts";
import type { Section } from "../lib/report/section.ts";
import type { shapGenes } from "../lib/shap/outputs.ts";
import { writeNpy } from "../lib/store/npy.ts";
import type { TypedOutput } from "../lib/store/output.ts";
import type { StageRecord } from "../lib/store/record.ts";
import type { RowOf } from "../lib/store/table.ts";
import { openingOf, said } from "./said.ts";
import { TemporaryRun } from "./temporary_run.ts";

/** A sample of a made-up matrix. */
export interface PreparedSample {
  readonly id: string;
  readonly tissue: string;
  readonly group?: string;
  readonly batch?: string;
  /** One a gene. */
  readonly values: readonly number[];
  /** The fold that tests it, from 1; 0 for none. */
  readonly fold: number;
}

/** A gene's id. */
export const geneId = (gene: number) => `g${String(gene).padStart(3, "0")}`;

/** A gene of the SHAP set, with facts that no test looks at. */
export function setRow(
  gene: string,
  tissue: string,
  rank: number,
): RowOf<typeof shapGenes> {
  return {
    gene,
    tissue,
    rank,
    median_shap: 0.1,
    standard_error: null,
    error_of_samples: null,
    error_of_networks: null,
    error_of_draws: null,
    direction: "up",
    log2_fold_change: 1,
    mean_in_tissue: 6,
    mean_elsewhere: 5,
    tau: 0.5,
    name: null,
  };
}

/** A run whose files a test makes up. */
export abstract class MadeRun extends TemporaryRun {
  protected constructor(path: string) {
    super(path, "wasm");
  }

  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /** All files of a stage but its record, by name. */
  async files(stage: string): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for await (const { name } of Deno.readDir(`${this.path}/${stage}`)) {
      texts[name] = await Deno.readTextFile(`${this.path}/${stage}/${name}`);
    }
    return texts;
  }

  /** What the report says of a stage that drew these figures. */
  async reportOf<Findings>(
    stage: string,
    section: Section<Findings>,
    figures: Readonly<Record<string, string>>,
    simulated = false,
  ) {
    const context = await this.context(stage, {});
    const record: Partial<StageRecord> = {
      stage,
      warnings: [],
      figures: Object.entries(figures)
        .map(([file, caption]) => ({ file, caption })),
    };
    const run = new RunReport({
      folder: "reports/made",
      pipeline: context.pipeline,
      sections: new Map(),
      records: [record as StageRecord],
      outdated: [],
      simulated,
    });
    const found = await section.read(context, run);
    return {
      found,
      text: section.write(found, run),
      headline: openingOf(section, found),
      notLookedAt: section.notLookedAt?.(found) ?? [],
      verdict: said(section, found, run).join("\n"),
      citations: section.citations?.(found) ?? [],
    };
  }

  protected async write<Data>(
    { file, format }: TypedOutput<Data>,
    data: Data,
  ): Promise<void> {
    const path = `${this.path}/${file}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, format(data));
  }

  /**
   * Writes what `prepare` does: samples, folds if there are several, batches
   * if the samples have them, genes, and the matrix.
   *
   * @param names Names of genes by id.
   */
  protected async writePrepared(
    samples: readonly PreparedSample[],
    genes: readonly string[],
    names: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const folds = Math.max(...samples.map(({ fold }) => fold));
    await this.write(
      prepared.samples,
      samples.map(({ id, tissue, group = "", fold }) => ({
        sample_id: id,
        tissue,
        group,
        split: fold > 0 ? "test" as const : "train" as const,
        fold: folds > 1 && fold > 0 ? fold : null,
      })),
    );
    if (folds > 1) {
      await this.write(
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
    const batches = samples.flatMap(({ id, batch }) =>
      batch === undefined ? [] : [{ sample_id: id, batch }]
    );
    if (batches.length > 0) await this.write(prepared.batches, batches);
    await this.write(
      prepared.genes,
      genes.map((gene) => ({
        gene,
        name: names[gene] ?? null,
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

  /** Writes the parameters that a later stage asks `prepare` for. */
  protected async writeParameters(
    parameters: Readonly<Record<string, string>>,
  ): Promise<void> {
    await Deno.writeTextFile(
      `${this.path}/prepare/stage.json`,
      JSON.stringify({ parameters }),
    );
  }
}
