/** A run's folder with a matrix that the small network learns in a second. */

import { cnnStage } from "../../lib/cnn/stage.ts";
import type { Split } from "../../lib/prepare/dataset.ts";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";
import { openStream } from "../../lib/random.ts";
import type { StageOutcome } from "../../lib/pipeline/stage.ts";
import { formatRows, parseRows } from "../tables.ts";
import { TemporaryRun } from "../temporary_run.ts";

export const TISSUES = ["leaf", "root", "seed"];
export const GENES = 20;
/** Genes 0 to 8 tell the tissues apart: gene g is high in tissue g % 3. */
const MARKERS = 9;

/** Samples of each tissue in each part. */
const PARTS: Record<Split, number> = { train: 8, validation: 2, test: 3 };

/** What the folder holds. */
export interface StudyOptions {
  /** Parts that hold no sample. */
  readonly without?: readonly Split[];
  /** Tissues some of whose samples look like the tissue after them. */
  readonly disguised?: readonly string[];
  /** The part whose samples do; default test. */
  readonly disguisedIn?: Split;
  /** Test parts, where each sample is to be tested. */
  readonly folds?: number;
}

/** A run's folder that goes away when the test is over. */
export class StudyFolder extends TemporaryRun {
  static async make(options: StudyOptions = {}): Promise<StudyFolder> {
    const folder = new StudyFolder(await Deno.makeTempDir(), "wasm");
    await Deno.mkdir(`${folder.path}/prepare`);
    const { uniform } = openStream(3, "study");
    const samples: Record<string, string>[] = [];
    const values: number[] = [];
    for (const [split, count] of Object.entries(PARTS)) {
      if (options.without?.includes(split as Split)) continue;
      for (let row = 0; row < count * TISSUES.length; row++) {
        const tissue = row % TISSUES.length;
        samples.push({
          sample_id: `s${samples.length}`,
          tissue: TISSUES[tissue],
          group: "",
          split,
          fold: "",
        });
        const disguised = split === (options.disguisedIn ?? "test") &&
          options.disguised?.includes(TISSUES[tissue]);
        const seen = (tissue + (disguised ? 1 : 0)) % TISSUES.length;
        for (let gene = 0; gene < GENES; gene++) {
          const high = gene < MARKERS && gene % TISSUES.length === seen;
          values.push(uniform() + (high ? 3 : 0));
        }
      }
    }
    const { folds = 1 } = options;
    if (folds > 1) {
      samples.forEach((sample, row) => {
        sample.split = "test";
        // A tissue's samples stand three rows apart.
        sample.fold = String(Math.floor(row / TISSUES.length) % folds + 1);
      });
      const rows = Array.from(
        { length: folds },
        (_, index) => String(index + 1),
      )
        .flatMap((fold) =>
          samples.map(({ sample_id, fold: own }) => ({
            fold,
            sample_id,
            split: own === fold ? "test" : "train",
          }))
        );
      await Deno.writeTextFile(
        `${folder.path}/prepare/folds.csv`,
        formatRows(["fold", "sample_id", "split"], rows),
      );
    }
    await Deno.writeTextFile(
      `${folder.path}/prepare/samples.csv`,
      formatRows(["sample_id", "tissue", "group", "split", "fold"], samples),
    );
    await Deno.writeTextFile(
      `${folder.path}/prepare/genes.csv`,
      formatRows(
        ["gene", "name", "description", "mean", "sd", "n_zero_samples"],
        Array.from({ length: GENES }, (_, gene) => ({
          gene: `g${gene}`,
          name: "",
          description: "",
          mean: 0,
          sd: 0,
          n_zero_samples: 0,
        })),
      ),
    );
    await writeNpy(
      `${folder.path}/prepare/expression.npy`,
      Float32Array.from(values),
      [samples.length, GENES],
    );
    return folder;
  }

  /** Writes the prepared samples in the reverse order. */
  async reverseSamples(): Promise<void> {
    const samples = (await this.table("prepare/samples.csv")).reverse();
    await Deno.writeTextFile(
      `${this.path}/prepare/samples.csv`,
      formatRows(Object.keys(samples[0]), samples),
    );
    const path = `${this.path}/prepare/expression.npy`;
    const { data, shape } = await readNpy(path);
    const reversed = new Float32Array(data.length);
    for (let row = 0; row < shape[0]; row++) {
      reversed.set(
        data.subarray(row * GENES, (row + 1) * GENES),
        (shape[0] - 1 - row) * GENES,
      );
    }
    await writeNpy(path, reversed, [shape[0], shape[1]]);
  }

  /** Trains into `folder`. */
  async train(
    choices: Partial<typeof quickTraining> = {},
    folder = "cnn",
  ): Promise<StageOutcome> {
    return await cnnStage.run(
      await this.context("cnn", { ...quickTraining, ...choices }, 1, folder),
    );
  }

  async table(name: string): Promise<Record<string, string>[]> {
    return parseRows(await Deno.readTextFile(`${this.path}/${name}`));
  }

  /** The first line of a table. */
  async header(name: string): Promise<string> {
    const text = await Deno.readTextFile(`${this.path}/${name}`);
    return text.slice(0, text.indexOf("\n"));
  }

  // deno-lint-ignore no-explicit-any
  async json(name: string): Promise<any> {
    return JSON.parse(await Deno.readTextFile(`${this.path}/${name}`));
  }

  /** Every file of a folder by name, in order, as bytes. */
  async files(folder: string): Promise<Map<string, Uint8Array>> {
    const names: string[] = [];
    for await (const { name } of Deno.readDir(`${this.path}/${folder}`)) {
      names.push(name);
    }
    const files = new Map<string, Uint8Array>();
    for (const name of names.sort()) {
      files.set(name, await Deno.readFile(`${this.path}/${folder}/${name}`));
    }
    return files;
  }
}

/** The stage's defaults, but quick. */
export const quickTraining = {
  blocks: 4,
  width: 0.1,
  hidden: 512,
  columns: "file" as "file" | "member",
  epochs: 12,
  batch: 8,
  "learning-rate": 1e-3,
  decay: 0.01,
  rho: 0.9,
  epsilon: 1e-7,
  momentum: 0.99,
  dropout: 0.2,
  keep: "last" as "last" | "best",
  "batch-norm": "recomputed" as "recomputed" | "moving",
  ensemble: 1 as number | "auto",
  "checkpoint-every": 1,
};
