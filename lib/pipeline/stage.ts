/** What a stage is: a function from (parameters, inputs) to one folder. */

import type { BackendChoice } from "../backend/backend_names.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type {
  Parameter,
  Parameters,
  ParameterValue,
  Values,
} from "../cli/parameters.ts";
import type { ProgressFactory } from "../cli/progress.ts";
import type { Section } from "../report/section.ts";
import type { RandomStream } from "../random.ts";
import type { Figure, Output, TypedOutput } from "../store/output.ts";
import type { Pipeline } from "./pipeline.ts";

/** Settings that every stage of a run shares. */
export interface RunSettings {
  /** Master seed, from which every stream's seed is derived. */
  readonly seed: number;
  readonly backend: BackendChoice;
  /** Workers to share the independent parts of a stage among; at least 1. */
  readonly threads: number;
}

/** What a stage is given to work with. */
export interface StageContext<V = Values> {
  readonly parameters: V;
  readonly settings: RunSettings;
  /** The folder to write into: a temporary one until the stage has finished. */
  readonly folder: string;
  /** The run's own folder, for files that stand beside the stages'. */
  readonly runFolder: string;
  readonly progress: ProgressFactory;
  readonly pipeline: Pipeline;
  /** Writes one of the stage's own files. */
  write<Data>(output: TypedOutput<Data>, data: Data): Promise<void>;
  /** Draws one of the stage's own figures; the report shows it. */
  draw<Data>(figure: Figure<Data>, data: Data): Promise<void>;
  /** Where to write one of the stage's own files by other means. */
  pathOf(output: Output): string;
  /**
   * Reads an earlier stage's file, which is recorded as an input.
   *
   * @throws {InputError} If the stage has not run or the file was altered.
   */
  read<Data>(output: TypedOutput<Data>): Promise<Data>;
  /** Whether an earlier stage wrote that file. */
  has(output: Pick<Output, "file">): Promise<boolean>;
  /**
   * The parameters that an earlier stage ran with, recorded as an input.
   *
   * @throws {InputError} If the stage has not run.
   */
  parametersOf(
    stage: string,
  ): Promise<Readonly<Record<string, ParameterValue>>>;
  /**
   * The random stream `stage/name`; its seed is recorded in `stage.json`. Ask
   * for it even where checkpoints make it needless: a resumed stage must
   * record the same seeds.
   */
  stream(name: string): RandomStream;
  seedOf(name: string): number;
  /**
   * The path of an earlier stage's file such as `prepare/genes.csv`, after a
   * check that it is what that stage wrote. It is recorded as an input.
   *
   * @throws {InputError} If the stage has not run or the file was altered.
   */
  artifact(name: string): Promise<string>;
  /**
   * Records a file of the user's as an input, by its SHA-256; of a folder only
   * the names of its files. Call it before the file is opened: the stage fails
   * in the end if the file was changed meanwhile. What cannot be read is left
   * to its reader, which says more.
   *
   * @throws {InputError} If it is a pipe or a device, a folder that holds more
   * files than any study has, or a file that the stage may not read.
   */
  userInput(path: string, options?: {
    /** The path that the flag names, if `path` is a file in it or beside it. */
    readonly of?: string;
  }): Promise<void>;
  /**
   * The checkpoints of this stage's work, which outlive a crash: those that
   * an interrupted command has left for the same code, parameters, seed,
   * versions, and inputs read by now. They are removed when the stage
   * has finished.
   *
   * @param backend The backend that makes them, if any.
   */
  checkpoints(backend?: string): Promise<CheckpointStore>;
  /**
   * Writes a file into the run's own folder, such as `report.md`. It takes
   * its place together with the stage's folder, when the stage has finished.
   */
  writeBeside(name: string, text: string): Promise<void>;
  /** Shows the user a line, such as how long the work will be. */
  say(message: string): void;
  /** Shows the user a warning, which the report repeats. */
  warn(message: string): void;
}

export interface StageOutcome {
  /** One or two lines for the terminal: the stage's result in words. */
  readonly verdict: string;
  /** The backend that did the arithmetic, if any. */
  readonly backend?: string;
}

/** One of a stage's values, recomputed to be looked at. */
export interface Reproduce<P extends Parameters = Parameters> {
  readonly flag: string;
  readonly parameter: Parameter<number>;
  /**
   * Recomputes it with the recorded parameters; writes nothing.
   *
   * @returns What came out, and whether it is what the stage wrote.
   */
  run(
    context: StageContext<Values<P>>,
    which: number,
  ): Promise<{ readonly lines: readonly string[]; readonly same: boolean }>;
}

/** For a stage that reads what every stage before it has written. */
export const EVERY_EARLIER_STAGE: readonly string[] = ["*"];

/** What is known of a stage without loading what it does. */
export interface StageDeclaration<P extends Parameters = Parameters> {
  /**
   * The URL of the module that exports the stage: if that module or any
   * that it imports has changed, the stage is out of date.
   */
  readonly module: string;
  /** Modules that it runs, too, and does not import. */
  readonly plugins?: readonly string[];
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** The stages whose folders it reads; `EVERY_EARLIER_STAGE` for all. */
  readonly needs: readonly string[];
  /**
   * All that it writes; a word in capitals stands for any part of a name. For
   * the documentation, and to know its files should its record be lost.
   */
  readonly outputs?: readonly Output[];
  readonly parameters: P;
  /**
   * Its flags that name a file of the user's and so are not dotted on `all`
   * and in a config file: `--truth FILE`.
   */
  readonly plainFlags?: readonly string[];
  /**
   * Finds what is wrong with the values alone, or with a small file that they
   * name, before any stage runs.
   *
   * @param valuesOf The values of the command's other stages, by their names;
   * undefined for a stage that is not among them.
   * @throws {InputError} If the values do not go together.
   */
  check?(
    values: Values<P>,
    valuesOf?: (
      stage: string,
    ) => Readonly<Record<string, ParameterValue>> | undefined,
  ): void | Promise<void>;
  /**
   * Finds what does not go together with what an earlier stage has made, before
   * the stages between them run.
   */
  readonly checkAfter?: {
    /** The earlier stage. */
    readonly stage: string;
    /**
     * @param has Whether an earlier stage wrote that file.
     * @throws {InputError} If it does not go together with the values.
     */
    check(
      values: Values<P>,
      has: (output: Pick<Output, "file">) => Promise<boolean>,
    ): Promise<void>;
  };
}

export interface Stage<P extends Parameters = Parameters>
  extends StageDeclaration<P> {
  /** Which of its values it can recompute for a reader of its results. */
  readonly reproduce?: Reproduce<P>;
  /**
   * Imports what it does. It is called before any stage runs: what is hashed
   * as its code is what runs, even if a file is edited meanwhile.
   */
  load?(): Promise<unknown>;
  /** Imports its part of the report. */
  // deno-lint-ignore no-explicit-any
  loadSection?(): Promise<Section<any>>;
  /** Stream names and files are relative to the stage. */
  run(context: StageContext<Values<P>>): Promise<StageOutcome>;
}

/** Declares what a stage is, so that the types of its parameters are inferred. */
export function declareStage<const P extends Parameters>(
  declaration: StageDeclaration<P>,
): StageDeclaration<P> {
  return declaration;
}

/** Declares a stage, so that the types of its parameters are inferred. */
export function defineStage<const P extends Parameters>(
  stage: Stage<P>,
): Stage<P> {
  return stage;
}
