/**
 * A finished run of a tiny demo. It is made once for all tests of a process,
 * which get copies of it to change.
 */

import assert from "node:assert/strict";
import type { ParameterValue } from "../../lib/cli/parameters.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { hashText } from "../../lib/store/hash.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import {
  readRecord,
  RECORD_FILE,
  sealRecord,
  type StageRecord,
} from "../../lib/store/record.ts";
import { runScript } from "../scripts/run_script.ts";
import { copyTree, sharedFolder } from "../shared_folder.ts";

/** Flags that make a run small: 48 samples, 60 genes, 3 tissues, 2 networks. */
export const tiny = [
  "--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3",
  "--simulate.planted 5 --simulate.studies 3 --cnn.width 0.0625",
  "--cnn.ensemble 2",
  "--folds 1 --prepare.min-expression 0 --shap.min-samples 1",
  "--cnn.epochs 2 --shap.draws 5 --clusters.random-sets 2 --ttest.sets 5",
  "--panels.sets 5 --panels.sizes 1,2",
  "--clusters.layouts 2 --checks.draws 2 --checks.epochs 1 --backend wasm",
].join(" ").split(" ");

/** The names of its tissues. */
export const tissues = ["leaf", "root", "stem"];

/** What `report/summary.json` holds. */
export type Summary = Readonly<Record<string, unknown>> & {
  readonly verdict: readonly string[];
};

/** A copy of the run, which goes away when the test is over. */
export class TinyRun implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    /** The run's folder. */
    readonly path: string,
  ) {}

  /** @param name The name of the run's folder. */
  static async copy(name = "tiny"): Promise<TinyRun> {
    const made = await sharedFolder("tiny", makeTinyRun);
    const folder = await Deno.makeTempDir();
    const path = `${folder}/reports/${name}`;
    await copyTree(`${made}/reports/tiny`, path);
    return new TinyRun(folder, path);
  }

  /** Runs a stage again, and returns what it wrote on the terminal. */
  async runStage(
    stage: string,
    ...flags: readonly string[]
  ): Promise<{ status: number; text: string }> {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const status = await runCommand(
      pipeline,
      stage,
      ["--run", this.path, ...flags],
      { out: write, err: write },
    );
    return { status, text: lines.join("\n") };
  }

  /** Writes the report. */
  async report(): Promise<{ report: string; summary: Summary }> {
    const { status, text } = await this.runStage("report");
    assert.equal(status, 0, text);
    const summary = await Deno.readTextFile(
      `${this.path}/report/summary.json`,
    );
    return {
      report: await Deno.readTextFile(`${this.path}/report.md`),
      summary: JSON.parse(summary),
    };
  }

  /** What a stage wrote. */
  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /**
   * Writes a file as if its stage had run again, which makes the stages that
   * have read it out of date.
   *
   * @returns Its SHA-256.
   */
  async replace<Data>(
    { file, format }: TypedOutput<Data>,
    data: Data,
  ): Promise<string> {
    const text = format(data);
    await Deno.writeTextFile(`${this.path}/${file}`, text);
    const sha256 = hashText(text);
    const [stage, name] = file.split("/");
    await this.editRecord(stage, (record) => ({
      ...record,
      outputs: { ...record.outputs, [name]: sha256 },
    }));
    return sha256;
  }

  /** Writes a file as if its stage had, and later stages had read it. */
  async write<Data>(output: TypedOutput<Data>, data: Data): Promise<void> {
    const { file } = output;
    const sha256 = await this.replace(output, data);
    for (const later of pipeline.stages) {
      const record = await readRecord(this.path, later.name);
      if (record?.inputs[file] === undefined) continue;
      await this.editRecord(later.name, (record) => ({
        ...record,
        inputs: { ...record.inputs, [file]: sha256 },
      }));
    }
  }

  /** Changes what a stage wrote. */
  async edit<Data>(
    output: TypedOutput<Data>,
    change: (data: Data) => Data,
  ): Promise<void> {
    await this.write(output, change(await this.read(output)));
  }

  /** Changes a stage's record. */
  async editRecord(
    stage: string,
    change: (record: StageRecord) => StageRecord,
  ): Promise<void> {
    const record = await readRecord(this.path, stage);
    await Deno.writeTextFile(
      `${this.path}/${stage}/${RECORD_FILE}`,
      sealRecord(change(record!)),
    );
  }

  /** Changes values that a stage ran with. */
  async setParameters(
    stage: string,
    values: Readonly<Record<string, ParameterValue>>,
  ): Promise<void> {
    await this.editRecord(stage, (record) => ({
      ...record,
      parameters: { ...record.parameters, ...values },
    }));
  }

  /** Removes stages, as if they had not run. */
  async remove(...stages: readonly string[]): Promise<void> {
    for (const stage of stages) {
      await Deno.remove(`${this.path}/${stage}`, { recursive: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

async function makeTinyRun(folder: string): Promise<void> {
  const { code, err } = await runScript(
    folder,
    "all",
    ...["--run", `${folder}/reports/tiny`],
    ...tiny,
  );
  assert.equal(code, 0, err);
}
