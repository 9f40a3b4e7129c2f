/** A run's folder with a small matrix, for the stages that cluster. */

import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import { describeGenes } from "../../lib/prepare/gene_statistics.ts";
import type { Parameters, Values } from "../../lib/cli/parameters.ts";
import type { Stage } from "../../lib/pipeline/stage.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import type { Section } from "../../lib/report/section.ts";
import type { RecordedFigure, StageRecord } from "../../lib/store/record.ts";
import * as prepared from "../../lib/prepare/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import { openStream } from "../../lib/random.ts";
import { shapGenes } from "../../lib/shap/outputs.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import { stageFiles } from "../stage_files.ts";
import { TemporaryRun } from "../temporary_run.ts";
import { said } from "../said.ts";

/** Tissues of the small matrix. */
const TISSUES = ["leaf", "root", "seed"];

/** What the small run is like. */
export interface SmallRun {
  readonly samples: number;
  readonly genes: number;
  /** Of the first genes so many tell the tissues apart. */
  readonly marked: number;
  /** Genes of the SHAP set: the first so many. */
  readonly shap: number;
}

/** A run's folder that goes away when the test is over. */
export class RunFolder extends TemporaryRun {
  static async make(run: SmallRun): Promise<RunFolder> {
    const folder = new RunFolder(await Deno.makeTempDir(), "cpu");
    await Deno.mkdir(`${folder.path}/prepare`);
    await Deno.mkdir(`${folder.path}/shap`);
    const { uniform } = openStream(5, "small run");
    const genes = Array.from({ length: run.genes }, (_, gene) => `g${gene}`);
    const rows = Array.from({ length: run.samples }, (_, sample) => sample);
    const files = stageFiles(folder.path, `${folder.path}/prepare`);
    await files.write(
      prepared.samples,
      rows.map((row) => ({
        sample_id: `s${row}`,
        tissue: TISSUES[row % 3],
        group: "",
        split: row < run.samples / 2 ? "test" : "train",
        fold: null,
      })),
    );
    const values = rows.flatMap((row) =>
      genes.map((_, gene) =>
        uniform() + (gene < run.marked && gene % 3 === row % 3 ? 3 : 0)
      )
    );
    await writeNpy(
      `${folder.path}/prepare/expression.npy`,
      Float32Array.from(values),
      [run.samples, run.genes],
    );
    const { mean, sd } = describeGenes(Float32Array.from(values), run.genes);
    await files.write(
      prepared.genes,
      genes.map((gene, column) => ({
        gene,
        name: null,
        description: null,
        mean: mean[column],
        sd: sd[column],
        n_zero_samples: 0,
      })),
    );
    await Deno.writeTextFile(
      `${folder.path}/${shapGenes.file}`,
      shapGenes.format(
        genes.slice(0, run.shap).map((gene, index) => ({
          gene,
          tissue: TISSUES[0],
          rank: index + 1,
          median_shap: 1,
          standard_error: null,
          error_of_samples: null,
          error_of_networks: null,
          error_of_draws: null,
          direction: "up" as const,
          log2_fold_change: 1,
          mean_in_tissue: 2,
          mean_elsewhere: 1,
          tau: 0.5,
          name: null,
        })),
      ),
    );
    return folder;
  }

  dataset(): Promise<Dataset> {
    return readDataset({
      ...stageFiles(this.path, this.path),
      artifact: this.artifact,
    });
  }

  readonly #records: StageRecord[] = [];

  /** Runs a stage and keeps its record for later stages and the report. */
  async runStage<P extends Parameters>(
    stage: Stage<P>,
    parameters: Values<P>,
    threads = 1,
  ): Promise<void> {
    const figures: RecordedFigure[] = [];
    const context = await this.context(stage.name, parameters, threads);
    await stage.run({
      ...context,
      draw: async (figure, data) => {
        await context.draw(figure, data);
        const { file, about } = figure;
        figures.push({ file: file.split("/")[1], caption: about });
      },
    });
    const record = { stage: stage.name, parameters, figures, warnings: [] };
    this.#records.push(record as unknown as StageRecord);
    await Deno.writeTextFile(
      `${this.path}/${stage.name}/stage.json`,
      JSON.stringify({ parameters }),
    );
  }

  /** The verdict and the section of a stage in Markdown. */
  async report<Findings>(
    name: string,
    section: Section<Findings>,
  ): Promise<string> {
    const context = await this.context(name, {});
    const run = new RunReport({
      folder: "reports/small",
      pipeline: context.pipeline,
      sections: new Map(),
      records: this.#records,
      outdated: [],
      simulated: false,
    });
    const found = await section.read(context, run);
    return [
      ...said(section, found, run),
      section.write(found, run),
      run.remainingFigures(name),
    ].join("\n\n").trim();
  }

  /** A file that a stage wrote, into another folder if one is given. */
  async read<Data>(
    output: TypedOutput<Data>,
    folder = output.file.slice(0, output.file.indexOf("/")),
  ): Promise<Data> {
    const name = output.file.slice(output.file.indexOf("/"));
    const path = `${this.path}/${folder}${name}`;
    return output.parse(await Deno.readTextFile(path), path);
  }
}

/** The stage's defaults, but quick. */
export const quickChoices = {
  samples: "test" as const,
  sets: [] as readonly string[],
  "random-sets": 2,
  "random-genes": 0,
  k: 0,
  spaces: ["umap", "pca", "genes"] as readonly string[],
  components: 5,
  algorithm: "hartigan" as "hartigan" | "lloyd",
  "n-init": 5,
  "n-init-high-dim": 3,
  "max-iterations": 100,
  layouts: 2,
  "layout-epochs": 100,
  "layout-repeats": 1,
  repeats: 2,
  "n-neighbors": 5,
  "min-dist": 0.1,
};

/** Every file of a folder by name. */
export async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name } of Deno.readDir(folder)) {
    files.set(name, await Deno.readTextFile(`${folder}/${name}`));
  }
  return files;
}
