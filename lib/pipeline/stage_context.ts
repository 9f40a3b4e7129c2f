/** What a running stage is given, and the notes taken of what it reads. */

import { InputError, RunError } from "../cli/errors.ts";
import type { StageFolder } from "../store/stage_folder.ts";
import { hashFile } from "../store/hash.ts";
import {
  type CheckpointStore,
  openCheckpointStore,
} from "../store/checkpoint_store.ts";
import type { Parameters, ParameterValue, Values } from "../cli/parameters.ts";
import type { ProgressFactory } from "../cli/progress.ts";
import { deriveSeed } from "../random.ts";
import type { Figure, Output, TypedOutput } from "../store/output.ts";
import type { Pipeline } from "./pipeline.ts";
import {
  currentHash,
  describeVersions,
  readRecord,
  RECORD_FILE,
  type RecordedFigure,
  sealRecord,
  type StageRecord,
  VERSION,
  writeSortedJson,
} from "../store/record.ts";
import type {
  RunSettings,
  Stage,
  StageContext,
  StageOutcome,
} from "./stage.ts";
import { portableValues, userInputKey } from "../cli/input_files.ts";

/** What a stage runs with. */
export interface StageRun {
  readonly stage: Stage;
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly settings: RunSettings;
  readonly folder: Pick<
    StageFolder,
    "runFolder" | "path" | "writeBeside" | "files"
  >;
  readonly progress: ProgressFactory;
  /** The pipeline that the stage is a part of. */
  readonly pipeline: Pipeline;
  /** Shows a warning to the user. */
  readonly onWarning: (message: string) => void;
  /** Told that the stage goes on from what an earlier command has left. */
  readonly onResume: () => void;
  /** The command that runs a stage of this run again. */
  readonly commandFor: (stage: string) => Promise<string>;
}

/**
 * Runs a stage in its temporary folder and writes its record there.
 *
 * @returns What the stage says, and its record. The folder is not committed.
 * @throws {InputError} If an earlier stage has not run, or its file was
 * changed since.
 * @throws {RunError} If an earlier stage was run again meanwhile.
 */
export async function runStage(
  run: StageRun,
): Promise<{ outcome: StageOutcome; record: StageRecord }> {
  const notes = new StageNotes(run);
  const outcome = await run.stage.run(notes.context());
  await notes.checkInputsStand();
  const record = await notes.record(outcome);
  await Deno.writeTextFile(
    `${run.folder.path}/${RECORD_FILE}`,
    sealRecord(record),
  );
  return { outcome, record };
}

/**
 * The context of a stage that only looks at what is there. Its folder is the
 * stage's own, and nothing may be written to it.
 */
export function readingContext(
  run: Omit<StageRun, "folder"> & { readonly runFolder: string },
): StageContext {
  const refuse = () =>
    Promise.reject(
      new Error(`${run.stage.name} only looks, and must not write`),
    );
  const context = new StageNotes({
    ...run,
    folder: {
      runFolder: run.runFolder,
      path: `${run.runFolder}/${run.stage.name}`,
      writeBeside: refuse,
      files: refuse,
    },
  }).context();
  return { ...context, checkpoints: refuse };
}

/** The notes that become the stage's record. */
class StageNotes {
  readonly #seeds: Record<string, number>;
  readonly #inputs: Record<string, string> = {};
  readonly #absent = new Set<string>();
  readonly #warnings: string[] = [];
  readonly #figures: RecordedFigure[] = [];

  constructor(readonly run: StageRun) {
    this.#seeds = { master: run.settings.seed };
  }

  context(): StageContext {
    const { values, settings, folder, progress } = this.run;
    return {
      parameters: values as Values<Parameters>,
      settings,
      folder: folder.path,
      runFolder: folder.runFolder,
      progress,
      pipeline: this.run.pipeline,
      pathOf: (output) => this.#pathOf(output),
      write: (output, data) => this.#write(output, data),
      draw: (figure, data) => this.#draw(figure, data),
      read: (output) => this.#read(output),
      has: ({ file }) => this.#hasArtifact(file),
      seedOf: (name) => this.#seedOf(name),
      artifact: (name) => this.#artifact(name),
      hasArtifact: (name) => this.#hasArtifact(name),
      userInput: (path) => this.#userInput(path),
      checkpoints: (backend) => this.#checkpoints(backend),
      writeBeside: (name, text) => folder.writeBeside(name, text),
      warn: (message) => {
        this.#warnings.push(message);
        this.run.onWarning(message);
      },
    };
  }

  #pathOf({ file }: Output): string {
    const { stage, folder } = this.run;
    const [source, name] = file.split("/");
    if (source !== stage.name || name === undefined) {
      throw new Error(`Cannot write ${file}: it is no file of ${stage.name}`);
    }
    return `${folder.path}/${name}`;
  }

  async #write<Data>(output: TypedOutput<Data>, data: Data): Promise<void> {
    await Deno.writeTextFile(this.#pathOf(output), output.format(data));
  }

  async #draw<Data>(figure: Figure<Data>, data: Data): Promise<void> {
    const path = this.#pathOf(figure);
    await Deno.writeTextFile(path, figure.draw(data));
    this.#figures.push({
      file: path.slice(path.lastIndexOf("/") + 1),
      caption: figure.about,
    });
  }

  async #read<Data>(output: TypedOutput<Data>): Promise<Data> {
    const path = await this.#artifact(output.file);
    return output.parse(await Deno.readTextFile(path), path);
  }

  #seedOf(name: string): number {
    const stream = `${this.run.stage.name}/${name}`;
    return this.#seeds[stream] ??= deriveSeed(this.run.settings.seed, stream);
  }

  async #artifact(name: string): Promise<string> {
    const { stage, folder, commandFor } = this.run;
    const slash = name.indexOf("/");
    const [source, file] = [name.slice(0, slash), name.slice(slash + 1)];
    this.#checkNeeded(source, name);
    const failed = `Cannot run ${stage.name}`;
    const record = await readRecord(folder.runFolder, source);
    if (record === undefined) {
      throw new InputError(
        `${failed}: ${source} has not run in ${folder.runFolder}`,
        await commandFor(source),
      );
    }
    const path = `${folder.runFolder}/${name}`;
    const recorded = file === RECORD_FILE
      ? await hashFile(path)
      : record.outputs[file];
    if (recorded === undefined) {
      throw new InputError(
        `${failed}: ${source} made no ${file} in ${folder.runFolder}`,
        await commandFor(source),
      );
    }
    if (this.#inputs[name] === recorded) return path;
    const hash = await hashFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    if (hash !== recorded) {
      throw new InputError(
        `${failed}: ${path} was ${
          hash === undefined ? "removed" : "changed"
        } after ${source} had written it`,
        await commandFor(source),
      );
    }
    this.#inputs[name] = recorded;
    return path;
  }

  async #hasArtifact(name: string): Promise<boolean> {
    this.#checkNeeded(name.slice(0, name.indexOf("/")), name);
    const hash = await currentHash(this.run.folder.runFolder, name);
    if (hash === undefined) this.#absent.add(name);
    return hash !== undefined;
  }

  async #userInput(path: string): Promise<void> {
    const key = userInputKey(
      this.run.stage.parameters,
      this.run.values,
      path,
    );
    this.#inputs[key] = await hashFile(path);
  }

  async #checkpoints(backend: string | undefined): Promise<CheckpointStore> {
    const { stage, values, settings, folder, onResume } = this.run;
    const checkpoints = await openCheckpointStore(
      folder.runFolder,
      stage.name,
      writeSortedJson({
        version: VERSION,
        versions: describeVersions(),
        backend: backend ?? null,
        seed: settings.seed,
        parameters: portableValues(stage.parameters, values),
        inputs: this.#inputs,
        absent: [...this.#absent].sort(),
      }),
    );
    if (checkpoints.isResumed) onResume();
    return checkpoints;
  }

  /** The graph of the stages is what their `needs` say, and nothing else. */
  #checkNeeded(source: string, name: string): void {
    const { stage } = this.run;
    if (!stage.needs.includes(source)) {
      throw new Error(
        `Cannot read ${name} in ${stage.name}: its needs are [${
          stage.needs.join(", ")
        }] and should name ${source}`,
      );
    }
  }

  /** What was read in checkpoints must be one state of the earlier stages. */
  async checkInputsStand(): Promise<void> {
    const { stage, folder } = this.run;
    for (const [name, hash] of Object.entries(this.#inputs)) {
      if (name.includes(":")) continue;
      if (await currentHash(folder.runFolder, name) === hash) continue;
      throw new RunError(
        `Cannot finish ${stage.name}: ${name} was made again by another command meanwhile`,
        `deno task ${stage.name} --run ${folder.runFolder}`,
      );
    }
  }

  async record(outcome: StageOutcome): Promise<StageRecord> {
    const { stage, values, settings, folder } = this.run;
    const outputs: Record<string, string> = {};
    for (const { name, path } of await folder.files()) {
      outputs[name] = await hashFile(path);
    }
    return {
      stage: stage.name,
      version: VERSION,
      parameters: portableValues(stage.parameters, values),
      seeds: this.#seeds,
      backend: outcome.backend ?? null,
      backend_requested: settings.recordedBackend ?? settings.backend,
      versions: describeVersions(),
      inputs: this.#inputs,
      absent: [...this.#absent].sort(),
      warnings: this.#warnings,
      figures: this.#figures,
      outputs,
    };
  }
}
