/** A run's folder with a small matrix, for the stages that cluster. */

import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import { describeGenes } from "../../lib/prepare/gene_statistics.ts";
import * as prepared from "../../lib/prepare/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import { openStream } from "../../lib/random.ts";
import { writeTable } from "../../lib/store/csv.ts";
import { stageFiles } from "../stage_files.ts";
import { TemporaryRun } from "../temporary_run.ts";

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
        mean: mean[column],
        sd: sd[column],
        n_zero_samples: 0,
      })),
    );
    await Deno.writeTextFile(
      `${folder.path}/shap/shap_genes.csv`,
      writeTable(
        ["gene", "tissue", "rank", "median_shap"],
        genes.slice(0, run.shap).map((gene) => ({ gene })),
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

  read(name: string): Promise<string> {
    return Deno.readTextFile(`${this.path}/${name}`);
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
  "n-init": 5,
  "wide-n-init": 3,
  "max-iterations": 100,
  repeats: 2,
  neighbors: 5,
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
