/** A stage context that works in a temporary folder, for tests. */

import { stageFiles } from "../stage_files.ts";
import { MemoryCheckpoints } from "../store/memory_checkpoints.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";
import { silentProgress } from "../../lib/cli/progress.ts";
import type { Parameters, Values } from "../../lib/cli/parameters.ts";
import type {
  Stage,
  StageContext,
  StageOutcome,
} from "../../lib/pipeline/stage.ts";

/** What a stage did in a run by `runStage`. */
export interface FakeRun extends StageOutcome {
  /** The folder the stage wrote into. */
  readonly folder: string;
  readonly warnings: string[];
  /** The user's files that were recorded. */
  readonly inputs: string[];
}

/** The values of a stage's parameters, defaults where none is given. */
export function withDefaults<P extends Parameters>(
  parameters: P,
  given: Partial<Values<P>> = {},
): Values<P> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(parameters)) {
    values[name] = parameters[name].default;
  }
  return { ...values, ...given } as Values<P>;
}

/** Reads the files below `root`. */
export function readerOf(
  root: string,
): Pick<StageContext, "read" | "has" | "artifact"> {
  const { read, has } = stageFiles(root, root);
  return {
    read,
    has,
    artifact: (name) => Promise.resolve(`${root}/${name}`),
  };
}

/** Runs one stage into `root/<its name>`; artifacts are files below `root`. */
export async function runStage<P extends Parameters>(
  stage: Stage<P>,
  root: string,
  given: Partial<Values<P>> = {},
  seed = 42,
): Promise<FakeRun> {
  const folder = `${root}/${stage.name}`;
  await Deno.mkdir(folder, { recursive: true });
  const warnings: string[] = [];
  const inputs: string[] = [];
  const context: StageContext<Values<P>> = {
    parameters: withDefaults(stage.parameters, given),
    settings: { seed, backend: "cpu", threads: 1 },
    folder,
    runFolder: root,
    progress: silentProgress,
    ...stageFiles(root, folder),
    parametersOf: () => Promise.resolve({}),
    stream: (name) => openStream(seed, `${stage.name}/${name}`),
    seedOf: (name) => deriveSeed(seed, `${stage.name}/${name}`),
    artifact: (name) => Promise.resolve(`${root}/${name}`),
    userInput: (path) => {
      inputs.push(path);
      return Promise.resolve();
    },
    checkpoints: () => Promise.resolve(new MemoryCheckpoints()),
    writeBeside: (name, text) => Deno.writeTextFile(`${root}/${name}`, text),
    say: () => {},
    warn: (message) => {
      warnings.push(message);
    },
  };
  return { ...await stage.run(context), folder, warnings, inputs };
}
