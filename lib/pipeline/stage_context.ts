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
import type { StageContext, StageOutcome } from "./stage.ts";

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
  const notes = new StageNotes(request, folder, events);
  const outcome = await request.stage.run(notes.context());
  await notes.checkInputsStand();
  const record = await notes.record(outcome);
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
  const context = new StageNotes(request, folder, events).context();
  return { ...context, checkpoints: refuse };
}

/** The notes that become the stage's record. */
class StageNotes {
  readonly #seeds: Record<string, number>;
  readonly #inputs: Record<string, string> = {};
  readonly #absent = new Set<string>();
  readonly #warnings: string[] = [];
  readonly #figures: RecordedFigure[] = [];

  constructor(
    readonly request: StageRequest,
    readonly folder: Folder,
    readonly events: StageEvents,
  ) {
    this.#seeds = { master: request.settings.seed };
  }

  context(): StageContext {
    const { values, settings, runFolder, pipeline } = this.request;
    const { folder, events } = this;
    return {
      parameters: values as Values<Parameters>,
      settings,
      folder: folder.path,
      runFolder,
      pipeline,
      progress: events.progress,
      pathOf: (output) => this.#pathOf(output),
      write: (output, data) => this.#write(output, data),
      draw: (figure, data) => this.#draw(figure, data),
      read: (output) => this.#read(output),
      has: ({ file }) => this.#has(file),
      parametersOf: (stage) => this.#parametersOf(stage),
      stream: (name) => new RandomStream(this.#seedOf(name)),
      seedOf: (name) => this.#seedOf(name),
      artifact: (name) => this.#artifact(name),
      userInput: (path) => this.#userInput(path),
      checkpoints: (backend) => this.#checkpoints(backend),
      writeBeside: (name, text) => folder.writeBeside(name, text),
      warn: (message) => {
        this.#warnings.push(message);
        events.onWarning?.(message);
      },
    };
  }

  #pathOf({ file }: Output): string {
    const { stage } = this.request;
    const [source, name] = file.split("/");
    if (source !== stage.name || name === undefined) {
      throw new Error(`Cannot write ${file}: it is no file of ${stage.name}`);
    }
    return `${this.folder.path}/${name}`;
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
    const { stage, settings } = this.request;
    const stream = `${stage.name}/${name}`;
    return this.#seeds[stream] ??= deriveSeed(settings.seed, stream);
  }

  async #parametersOf(source: string): Promise<StageRecord["parameters"]> {
    const key = `${source}/${PARAMETERS}`;
    const { parameters } = await this.#recordOf(source, key);
    const { runFolder } = this.request;
    this.#inputs[key] = (await currentHash(runFolder, key))!;
    return parameters;
  }

  async #artifact(name: string): Promise<string> {
    const { stage, runFolder } = this.request;
    const source = sourceOf(name);
    const file = name.slice(source.length + 1);
    const record = await this.#recordOf(source, name);
    const path = `${runFolder}/${name}`;
    const failed = `Cannot run ${stage.name}`;
    const recorded = file === RECORD_FILE
      ? await hashFile(path)
      : record.outputs[file];
    if (recorded === undefined) {
      throw new InputError(
        `${failed}: ${source} made no ${file} in ${runFolder}`,
        rerun(source),
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
        rerun(source),
      );
    }
    this.#inputs[name] = recorded;
    return path;
  }

  async #has(name: string): Promise<boolean> {
    this.#checkNeeded(sourceOf(name), name);
    const hash = await currentHash(this.request.runFolder, name);
    if (hash === undefined) this.#absent.add(name);
    return hash !== undefined;
  }

  async #userInput(path: string): Promise<void> {
    const { stage, values } = this.request;
    const key = userInputKey(stage.parameters, values, path);
    this.#inputs[key] = await hashFile(path);
  }

  async #checkpoints(backend: string | undefined): Promise<CheckpointStore> {
    const { stage, values, settings, runFolder, code } = this.request;
    const checkpoints = await openCheckpointStore(
      runFolder,
      stage.name,
      formatSortedJson({
        version: VERSION,
        versions: describeVersions(),
        code,
        backend: backend ?? null,
        seed: settings.seed,
        parameters: portableValues(stage.parameters, values),
        inputs: this.#inputs,
        absent: [...this.#absent].sort(),
      }),
    );
    if (checkpoints.isResumed) this.events.onResume?.();
    return checkpoints;
  }

  /** The record of an earlier stage, of which `name` is to be read. */
  async #recordOf(source: string, name: string): Promise<StageRecord> {
    this.#checkNeeded(source, name);
    const { stage, runFolder } = this.request;
    const record = await readRecord(runFolder, source);
    if (record !== undefined) return record;
    throw new InputError(
      `Cannot run ${stage.name}: ${source} has not run in ${runFolder}`,
      rerun(source),
    );
  }

  /** The graph of the stages is what their `needs` say, and nothing else. */
  #checkNeeded(source: string, name: string): void {
    const { stage } = this.request;
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
    const { stage, runFolder } = this.request;
    for (const [name, hash] of stageInputs({ inputs: this.#inputs })) {
      if (await currentHash(runFolder, name) === hash) continue;
      throw new RunError(
        `Cannot finish ${stage.name}: ${name} was made again by another command meanwhile`,
        rerun(stage.name),
      );
    }
  }

  async record(outcome: StageOutcome): Promise<StageRecord> {
    const { stage, values, backendRequested, code } = this.request;
    const outputs: Record<string, string> = {};
    for (const { name, path } of await this.folder.files()) {
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
