/** One stage's folder of a made-up run, and what may be wished of a run. */

import { hashFile } from "../../lib/store/hash.ts";

/** What a test wants otherwise than usual. */
export interface Wishes {
  readonly tissues?: readonly string[];
  readonly testSamplesPerTissue?: number;
  readonly grouped?: boolean;
  readonly input?: string;
  readonly stages?: readonly string[];
  readonly macroF1?: number;
  readonly accuracy?: number;
  readonly untested?: boolean;
  readonly setGenes?: number;
  readonly geneName?: (index: number) => string;
  readonly statistics?: string;
  readonly spaces?: readonly string[];
  readonly ttest?: Record<string, unknown>;
  readonly epochs?: number;
  readonly seeds?: Record<string, number>;
  readonly backends?: Record<string, string>;
  readonly figures?: boolean;
  /** All that says how far to believe the set; an older run has none of it. */
  readonly whole?: boolean;
  readonly folds?: number;
  readonly replicates?: number;
  /** Given anew in `shap/summary.json`; a whole run has all of it. */
  readonly shap?: Record<string, unknown>;
  readonly checks?: Record<string, unknown>;
  /** The parameters of stage shap. */
  readonly shapParameters?: Record<string, unknown>;
}

/** Writes a stage's folder with its record. */
export async function writeStage(
  run: string,
  name: string,
  files: Record<string, string>,
  parameters: Record<string, unknown> = {},
  inputs: readonly string[] = [],
  wishes: Wishes = {},
): Promise<void> {
  await Deno.mkdir(`${run}/${name}`, { recursive: true });
  const outputs: Record<string, string> = {};
  for (const [file, content] of Object.entries(files)) {
    await Deno.writeTextFile(`${run}/${name}/${file}`, content);
    outputs[file] = await hashFile(`${run}/${name}/${file}`);
  }
  const read: Record<string, string> = {};
  for (const path of inputs) read[path] = await hashFile(`${run}/${path}`);
  if (name === "prepare" && wishes.input) {
    read[`input:${wishes.input}`] = "ab".repeat(32);
  }
  const usesBackend = name === "cnn" || name === "shap";
  const record = {
    stage: name,
    version: "0.1.0",
    parameters,
    seeds: { master: wishes.seeds?.[name] ?? 42, [`${name}/main`]: 7 },
    backend: usesBackend
      ? wishes.backends?.[name] ?? "tfjs-backend-wasm 4.22.0, SIMD"
      : null,
    backend_requested: "auto",
    versions: { deno: "2.9.6" },
    inputs: read,
    absent: [],
    warnings: name === "prepare" ? ["a warning of prepare"] : [],
    outputs,
  };
  await Deno.writeTextFile(`${run}/${name}/stage.json`, JSON.stringify(record));
}
