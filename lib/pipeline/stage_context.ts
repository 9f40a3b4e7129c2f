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
import { kindOf } from "../store/files.ts";
import { hashFile } from "../store/hash.ts";
import type { Output } from "../store/output.ts";
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
import { UserFiles } from "./user_files.ts";

export interface StageEvents {
  readonly progress: ProgressFactory;
  readonly onWarning?: (message: string) => void;
  /** Called with a line that no record keeps. */
  readonly onLine?: (message: string) => void;
  /** Called if the stage goes on from what an earlier command has left. */
  readonly onResume?: () => void;
  /**
   * Called before a file of the user's is opened, with the name under which
   * the record will list it. If it throws, the file is not opened.
   */
  readonly onInput?: (key: string, path: string) => Promise<void>;
}

/** The part of a stage's folder that the stage needs. */
type Folder = Pick<StageFolder, "path" | "writeBeside" | "files">;

/**
 * Runs a stage in its temporary folder and writes its record there.
 *
 * @returns What the stage says, and its record. The folder is not committed.
 * @throws {InputError} If an earlier stage has not run, or its file was
 * changed since.
 * @throws {RunError} If an earlier stage was run again meanwhile, or a file of
 * the user's was changed while it was read.
 */
export async function runStage(
  request: StageRequest,
  folder: Folder,
  events: StageEvents,
): Promise<{ outcome: StageOutcome; record: StageRecord }> {
  const { context, finish, userFiles } = prepare(request, folder, events);
  const outcome = await request.stage.run(context).catch(async (error) => {
    // A file that is still being written is wrong in some other way, too.
    await userFiles.refuseOtherStates();
    throw error;
  });
  const record = await finish(outcome);
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
  const { context } = prepare(request, folder, events);
  return { ...context, checkpoints: refuse };
}

/** A stage's context, and what makes its record of the notes taken there. */
function prepare(request: StageRequest, folder: Folder, events: StageEvents): {
  context: StageContext;
  finish: (outcome: StageOutcome) => Promise<StageRecord>;
  userFiles: UserFiles;
} {
  const { stage, values, settings, runFolder, pipeline } = request;
  const failed = `Cannot run ${stage.name}`;
  const seeds: Record<string, number> = { master: settings.seed };
  const inputs: Record<string, string> = {};
  const absent = new Set<string>();
  const warnings: string[] = [];
  const figures: RecordedFigure[] = [];
  const userFiles = new UserFiles(stage.name);
  let opened: CheckpointStore | undefined;

  /** What the stage's results follow from, but for seed and backend. */
  const origin = () => ({
    version: VERSION,
    versions: describeVersions(),
    code: request.code,
    parameters: portableValues(stage.parameters, values),
    inputs,
    absent: [...absent].sort(),
  });

  /** The graph of the stages is what their `needs` say, and nothing else. */
  const checkNeeded = (name: string) => {
    const source = sourceOf(name);
    if (stage.needs.includes(source)) return;
    throw new Error(
      `Cannot read ${name} in ${stage.name}: its needs are [${
        stage.needs.join(", ")
      }] and should name ${source}`,
    );
  };

  /** The record of an earlier stage, of which `name` is to be read. */
  const recordOf = async (name: string) => {
    checkNeeded(name);
    const source = sourceOf(name);
    const record = await readRecord(runFolder, source);
    if (record !== undefined) return record;
    throw new InputError(
      `${failed}: ${source} has not run in ${runFolder}`,
      rerun(source),
    );
  };

  const pathOf = ({ file }: Output) => {
    const [source, name] = file.split("/");
    if (source !== stage.name || name === undefined) {
      throw new Error(`Cannot write ${file}: it is no file of ${stage.name}`);
    }
    return `${folder.path}/${name}`;
  };

  const artifact = async (name: string) => {
    const source = sourceOf(name);
    await recordOf(name);
    const recorded = await currentHash(runFolder, name);
    const path = `${runFolder}/${name}`;
    if (recorded === undefined) {
      const file = name.slice(source.length + 1);
      throw new InputError(
        `${failed}: ${source} made no ${file} in ${runFolder}`,
        rerun(source),
      );
    }
    if (inputs[name] === recorded) return path;
    const refuse = (problem: string): never => {
      throw new InputError(`${failed}: ${path} ${problem}`, rerun(source));
    };
    const kind = await kindOf(path);
    if (kind === undefined) {
      refuse(`was removed after ${source} had written it`);
    }
    if (kind !== "file") refuse(`is a ${kind} and should be a file`);
    if (await hashFile(path) !== recorded) {
      refuse(`was changed after ${source} had written it`);
    }
    inputs[name] = recorded;
    return path;
  };

  const seedOf = (name: string) => {
    const stream = `${stage.name}/${name}`;
    return seeds[stream] ??= deriveSeed(settings.seed, stream);
  };

  const context: StageContext = {
    parameters: values as Values<Parameters>,
    settings,
    folder: folder.path,
    runFolder,
    pipeline,
    progress: events.progress,
    pathOf,
    artifact,
    seedOf,
    stream: (name) => new RandomStream(seedOf(name)),
    writeBeside: (name, text) => folder.writeBeside(name, text),
    async write(output, data) {
      await Deno.writeTextFile(pathOf(output), output.format(data));
    },
    async draw(figure, data) {
      const path = pathOf(figure);
      const draw = await figure.loadDrawing();
      await Deno.writeTextFile(path, draw(data));
      const file = path.slice(path.lastIndexOf("/") + 1);
      figures.push({ file, caption: figure.about });
    },
    async read(output) {
      const path = await artifact(output.file);
      return output.parse(await Deno.readTextFile(path), path);
    },
    async has({ file }) {
      checkNeeded(file);
      const isThere = await currentHash(runFolder, file) !== undefined;
      if (!isThere) absent.add(file);
      return isThere;
    },
    async parametersOf(source) {
      const key = `${source}/${PARAMETERS}`;
      const { parameters } = await recordOf(key);
      inputs[key] = (await currentHash(runFolder, key))!;
      return parameters;
    },
    async userInput(path, { of } = {}) {
      const key = userInputKey(stage.parameters, values, path, of);
      await events.onInput?.(key, path);
      const hash = await userFiles.note(path);
      if (hash !== undefined) inputs[key] = hash;
    },
    async checkpoints(backend) {
      const { seed } = settings;
      const key = formatSortedJson({
        ...origin(),
        backend: backend ?? null,
        seed,
      });
      // Two parts of a stage may keep theirs in one place.
      if (opened?.place?.key === key) return opened;
      opened = await openCheckpointStore(runFolder, stage.name, key);
      if (opened.isResumed) events.onResume?.();
      return opened;
    },
    say: (message) => events.onLine?.(message),
    warn(message) {
      warnings.push(message);
      events.onWarning?.(message);
    },
  };

  const finish = async ({ backend }: StageOutcome) => {
    // What was read bit by bit must be one state of the earlier stages.
    for (const [name, hash] of stageInputs({ inputs })) {
      if (await currentHash(runFolder, name) === hash) continue;
      throw new RunError(
        `Cannot finish ${stage.name}: ${name} was made again by another command meanwhile`,
        rerun(stage.name),
      );
    }
    await userFiles.refuseChanged();
    const outputs: Record<string, string> = {};
    for (const { name, path } of await folder.files()) {
      outputs[name] = await hashFile(path);
    }
    return {
      ...origin(),
      stage: stage.name,
      seeds,
      backend: backend ?? null,
      backend_requested: request.backendRequested,
      warnings,
      figures,
      outputs,
    };
  };
  return { context, finish, userFiles };
}
