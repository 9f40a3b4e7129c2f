/** What a stage is: a function from (parameters, inputs) to one folder. */

import type { Parameters, Values } from "./parameters.ts";
import type { ProgressFactory } from "./progress.ts";

/** Settings that every stage of a run shares. */
export interface RunSettings {
  /** Master seed, from which every stream's seed is derived. */
  readonly seed: number;
  /** `auto`, `webgpu`, `wasm` or `cpu`. */
  readonly backend: "auto" | "webgpu" | "wasm" | "cpu";
  /** Workers to share the independent parts of a stage among; at least 1. */
  readonly threads: number;
}

/** What a stage is given to work with. */
export interface StageContext<V = Values> {
  readonly parameters: V;
  readonly settings: RunSettings;
  /** The folder to write into: a temporary one until the stage is whole. */
  readonly folder: string;
  /** The run's own folder, for files that stand beside the stages'. */
  readonly runFolder: string;
  readonly progress: ProgressFactory;
  /** The seed of the stream `stage/name`, noted down in `stage.json`. */
  seedOf(name: string): number;
  /**
   * The path of an earlier stage's file such as `prepare/genes.csv`, after a
   * check that it is what that stage wrote. It is noted down as an input.
   *
   * @throws {InputError} If the stage has not run or the file was altered.
   */
  artifact(name: string): Promise<string>;
  /** Whether an earlier stage wrote that file. */
  hasArtifact(name: string): Promise<boolean>;
  /** Notes down a file of the user's as an input, by its SHA-256. */
  userInput(path: string): Promise<void>;
  /**
   * Writes a file into the run's own folder, such as `report.md`. It takes
   * its place together with the stage's folder, when the stage is whole.
   */
  writeBeside(name: string, text: string): Promise<void>;
  /** Tells the user something that the report should say, too. */
  warn(message: string): void;
}

/** What a stage says when it is whole. */
export interface StageOutcome {
  /** One or two lines for the terminal: the stage's result in words. */
  readonly verdict: string;
  /** The backend that did the arithmetic, if any. */
  readonly backend?: string;
}

/** One stage of the study. */
export interface Stage<P extends Parameters = Parameters> {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** The stages whose folders it reads. */
  readonly needs: readonly string[];
  readonly parameters: P;
  /**
   * Finds what is wrong with the values alone, before any stage runs.
   *
   * @throws {InputError} If the values do not go together.
   */
  check?(values: Values<P>): void;
  /** Stream names and files are relative to the stage. */
  run(context: StageContext<Values<P>>): Promise<StageOutcome>;
}

/** Declares a stage; only there so that the parameters' types are inferred. */
export function defineStage<const P extends Parameters>(
  stage: Stage<P>,
): Stage<P> {
  return stage;
}
