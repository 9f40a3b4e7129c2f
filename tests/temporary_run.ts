/** A run's folder for stage tests, which goes away when the test is over. */

import { silentProgress } from "../lib/cli/progress.ts";
import { deriveSeed, openStream } from "../lib/random.ts";
import type { RunSettings, StageContext } from "../lib/pipeline/stage.ts";
import { stageFiles } from "./stage_files.ts";
import { MemoryCheckpoints } from "./store/memory_checkpoints.ts";

/** A folder with the context of any stage that runs in it. */
export class TemporaryRun implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly warnings: string[] = [];

  protected constructor(
    readonly path: string,
    private readonly backend: RunSettings["backend"],
  ) {}

  artifact = (name: string): Promise<string> =>
    Promise.resolve(`${this.path}/${name}`);

  /** The context of a stage that writes into `folder`. */
  async context<V>(
    stage: string,
    parameters: V,
    threads = 1,
    folder = stage,
  ): Promise<StageContext<V>> {
    await Deno.mkdir(`${this.path}/${folder}`, { recursive: true });
    return {
      parameters,
      settings: { seed: 42, backend: this.backend, threads },
      folder: `${this.path}/${folder}`,
      runFolder: this.path,
      progress: silentProgress,
      ...stageFiles(this.path, `${this.path}/${folder}`),
      parametersOf: async (other) =>
        JSON.parse(
          await Deno.readTextFile(`${this.path}/${other}/stage.json`),
        ).parameters,
      stream: (name) => openStream(42, `${stage}/${name}`),
      seedOf: (name) => deriveSeed(42, `${stage}/${name}`),
      artifact: this.artifact,
      userInput: () => Promise.resolve(),
      checkpoints: () => Promise.resolve(new MemoryCheckpoints()),
      writeBeside: () => Promise.resolve(),
      say: (message) => this.lines.push(message),
      warn: (message) => this.warnings.push(message),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
