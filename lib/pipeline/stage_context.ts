/** What a running stage is given, and the notes taken of what it reads. */

import { InputError, rerun, RunError } from "../cli/errors.ts";
import { portableValues, userInputKey } from "../cli/input_files.ts";
import type { Parameters, Values } from "../cli/parameters.ts";
import type { ProgressFactory } from "../cli/progress.ts";
import { deriveSeed, RandomStream } from "../random.ts";
import {
  type CheckpointStore,
  openCheckpointStore,
} from "../store/checkpoint_store.ts";
import { hashFile } from "../store/hash.ts";
import type { Figure, Output, TypedOutput } from "../store/output.ts";
import {
  currentHash,
  describeVersions,
  formatSortedJson,
  PARAMETERS,
  readRecord,
  RECORD_FILE,
  type RecordedFigure,
  sealRecord,
  sourceOf,
  stageInputs,
  type StageRecord,
  VERSION,
} from "../store/record.ts";
import type { StageFolder } from "../store/stage_folder.ts";
import type { StageRequest } from "./request.ts";
import type { Pipeline } from "./pipeline.ts";
import type { RunSettings, StageContext, StageOutcome } from "./stage.ts";

export interface StageEvents {
  readonly progress: ProgressFactory;
  readonly onWarning?: (message: string) => void;
  /** Called if the stage goes on from what an earlier command has left. */
  readonly onResume?: () => void;
}

/** The part of a stage's folder that the stage needs. */
type Folder = Pick<StageFolder, "path" | "writeBeside" | "files">;

/**
 * Runs a stage in its temporary folder and writes its record there.
 *
 * @returns What the stage says, and its record. The folder is not committed.
 * @throws {InputError} If an earlier stage has not run, or its file was
 * changed since.
 * @throws {RunError} If an earlier stage was run again meanwhile.
 */
export async function runStage(
  request: StageRequest,
  folder: Folder,
  events: StageEvents,
): Promise<{ outcome: StageOutcome; record: StageRecord }> {
  const running = new RunningStage(request, folder, events);
  const outcome = await request.stage.run(running);
  await running.checkInputsStand();
  const record = await running.record(outcome);
  await Deno.writeTextFile(
    `${folder.path}/${RECORD_FILE}`,
    sealRecord(record),
  );
  return { outcome, record };
}

/**
 * The context of a stage that only looks at what is there. Its folder is the
 * stage's own, and nothing may be written to it.
 */
export function readingContext(
  request: StageRequest,
  events: StageEvents,
): StageContext {
  const { runFolder, stage } = request;
  const refuse = () =>
    Promise.reject(
      new Error(`${stage.name} only looks, and must not write`),
    );
  const path = `${runFolder}/${stage.name}`;
  const folder: Folder = { path, writeBeside: refuse, files: refuse };
  const context = new RunningStage(request, folder, events);
  return { ...context, checkpoints: refuse };
}

/** A stage's context, and the notes that become its record. */
class RunningStage implements StageContext {
  readonly #request: StageRequest;
  readonly #files: Folder;
  readonly #events: StageEvents;
  readonly #seeds: Record<string, number>;
  readonly #inputs: Record<string, string> = {};
  readonly #absent = new Set<string>();
  readonly #warnings: string[] = [];
  readonly #figures: RecordedFigure[] = [];
  readonly parameters: Values<Parameters>;
  readonly settings: RunSettings;
  readonly folder: string;
  readonly runFolder: string;
  readonly pipeline: Pipeline;
  readonly progress: ProgressFactory;

  constructor(request: StageRequest, files: Folder, events: StageEvents) {
    this.#request = request;
    this.#files = files;
    this.#events = events;
    this.#seeds = { master: request.settings.seed };
    this.parameters = request.values as Values<Parameters>;
    this.settings = request.settings;
    this.folder = files.path;
    this.runFolder = request.runFolder;
    this.pipeline = request.pipeline;
    this.progress = events.progress;
  }

  // Properties and not methods, so that a stage may take them by themselves.

  readonly pathOf = ({ file }: Output): string => {
    const { stage } = this.#request;
    const [source, name] = file.split("/");
    if (source !== stage.name || name === undefined) {
      throw new Error(`Cannot write ${file}: it is no file of ${stage.name}`);
    }
    return `${this.folder}/${name}`;
  };

  readonly write = async <Data>(output: TypedOutput<Data>, data: Data) => {
    await Deno.writeTextFile(this.pathOf(output), output.format(data));
  };

  readonly draw = async <Data>(figure: Figure<Data>, data: Data) => {
    const path = this.pathOf(figure);
    await Deno.writeTextFile(path, figure.draw(data));
    const file = path.slice(path.lastIndexOf("/") + 1);
    this.#figures.push({ file, caption: figure.about });
  };

  readonly read = async <Data>(output: TypedOutput<Data>): Promise<Data> => {
    const path = await this.artifact(output.file);
    return output.parse(await Deno.readTextFile(path), path);
  };

  readonly has = async ({ file }: Pick<Output, "file">): Promise<boolean> => {
    this.#checkNeeded(sourceOf(file), file);
    const hash = await currentHash(this.runFolder, file);
    if (hash === undefined) this.#absent.add(file);
    return hash !== undefined;
  };

  readonly parametersOf = async (
    source: string,
  ): Promise<StageRecord["parameters"]> => {
    const key = `${source}/${PARAMETERS}`;
    const { parameters } = await this.#recordOf(source, key);
    this.#inputs[key] = (await currentHash(this.runFolder, key))!;
    return parameters;
  };

  readonly stream = (name: string) => new RandomStream(this.seedOf(name));

  readonly seedOf = (name: string): number => {
    const stream = `${this.#request.stage.name}/${name}`;
    return this.#seeds[stream] ??= deriveSeed(this.settings.seed, stream);
  };

  readonly artifact = async (name: string): Promise<string> => {
    const source = sourceOf(name);
    const file = name.slice(source.length + 1);
    const record = await this.#recordOf(source, name);
    const path = `${this.runFolder}/${name}`;
    const failed = `Cannot run ${this.#request.stage.name}`;
    const recorded = file === RECORD_FILE
      ? await hashFile(path)
      : record.outputs[file];
    if (recorded === undefined) {
      throw new InputError(
        `${failed}: ${source} made no ${file} in ${this.runFolder}`,
        rerun(source),
      );
    }
    if (this.#inputs[name] === recorded) return path;
    const hash = await hashFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    if (hash !== recorded) {
      const change = hash === undefined ? "removed" : "changed";
      throw new InputError(
        `${failed}: ${path} was ${change} after ${source} had written it`,
        rerun(source),
      );
    }
    this.#inputs[name] = recorded;
    return path;
  };

  readonly userInput = async (path: string): Promise<void> => {
    const { stage, values } = this.#request;
    const key = userInputKey(stage.parameters, values, path);
    this.#inputs[key] = await hashFile(path);
  };

  readonly checkpoints = async (backend?: string): Promise<CheckpointStore> => {
    const { stage, values, code } = this.#request;
    const checkpoints = await openCheckpointStore(
      this.runFolder,
      stage.name,
      formatSortedJson({
        version: VERSION,
        versions: describeVersions(),
        code,
        backend: backend ?? null,
        seed: this.settings.seed,
        parameters: portableValues(stage.parameters, values),
        inputs: this.#inputs,
        absent: [...this.#absent].sort(),
      }),
    );
    if (checkpoints.isResumed) this.#events.onResume?.();
    return checkpoints;
  };

  readonly writeBeside = (name: string, text: string): Promise<void> =>
    this.#files.writeBeside(name, text);

  readonly warn = (message: string): void => {
    this.#warnings.push(message);
    this.#events.onWarning?.(message);
  };

  /** The record of an earlier stage, of which `name` is to be read. */
  async #recordOf(source: string, name: string): Promise<StageRecord> {
    this.#checkNeeded(source, name);
    const record = await readRecord(this.runFolder, source);
    if (record !== undefined) return record;
    throw new InputError(
      `Cannot run ${this.#request.stage.name}: ${source} has not run in ${this.runFolder}`,
      rerun(source),
    );
  }

  /** The graph of the stages is what their `needs` say, and nothing else. */
  #checkNeeded(source: string, name: string): void {
    const { stage } = this.#request;
    if (!stage.needs.includes(source)) {
      throw new Error(
        `Cannot read ${name} in ${stage.name}: its needs are [${
          stage.needs.join(", ")
        }] and should name ${source}`,
      );
    }
  }

  /** What was read bit by bit must be one state of the earlier stages. */
  async checkInputsStand(): Promise<void> {
    const { stage, runFolder } = this.#request;
    for (const [name, hash] of stageInputs({ inputs: this.#inputs })) {
      if (await currentHash(runFolder, name) === hash) continue;
      throw new RunError(
        `Cannot finish ${stage.name}: ${name} was made again by another command meanwhile`,
        rerun(stage.name),
      );
    }
  }

  async record(outcome: StageOutcome): Promise<StageRecord> {
    const { stage, values, backendRequested, code } = this.#request;
    const outputs: Record<string, string> = {};
    for (const { name, path } of await this.#files.files()) {
      outputs[name] = await hashFile(path);
    }
    return {
      stage: stage.name,
      version: VERSION,
      code,
      parameters: portableValues(stage.parameters, values),
      seeds: this.#seeds,
      backend: outcome.backend ?? null,
      backend_requested: backendRequested,
      versions: describeVersions(),
      inputs: this.#inputs,
      absent: [...this.#absent].sort(),
      warnings: this.#warnings,
      figures: this.#figures,
      outputs,
    };
  }
}
