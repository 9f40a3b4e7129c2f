/** Runs a variant's stages, each in its own process. */

import { RunError } from "../../lib/cli/errors.ts";
import { exists, walk } from "../../lib/store/files.ts";
import type { Config, Variant } from "./variants.ts";

/** The matrix and its known genes; all are empty for the demo. */
export interface Study {
  /** As the page names it; its runs have a folder of that name. */
  readonly name: string;
  readonly input: string;
  readonly label: string;
  readonly truth: string;
}

const STAGES = ["simulate", "prepare", "cnn", "shap", "genesets"] as const;

/** A stage's folder depends on these settings, and on those before it. */
const SETTINGS: Readonly<Record<string, readonly (keyof Config)[]>> = {
  simulate: [],
  prepare: ["folds", "prepare"],
  cnn: ["folds", "prepare", "cnn"],
  shap: ["folds", "prepare", "cnn", "shap"],
};

/** Longer error messages are truncated. */
const LONGEST_FAILURE = 1000;

/** The stages whose folders are the same in two variants. */
export function sharedStages(first: Config, second: Config): string[] {
  const settingsOf = (config: Config, stage: string) =>
    JSON.stringify(SETTINGS[stage].map((name) => config[name] ?? null));
  return Object.keys(SETTINGS).filter((stage) =>
    settingsOf(first, stage) === settingsOf(second, stage)
  );
}

/** The folder of one run. */
export function runFolderOf(
  scratch: string,
  study: Study,
  variant: Variant,
  seed: number,
): string {
  return `${scratch}/${study.name}/${variant.id}/${seed}`;
}

/**
 * Runs all stages of a variant that have not run before. A new run gets the
 * folders of the stages that another variant has made with the same settings.
 *
 * @param others Variants that may have been run before.
 * @returns The run's folder.
 * @throws {RunError} If a stage fails, with its own message.
 */
export async function runVariant(
  scratch: string,
  study: Study,
  variant: Variant,
  seed: number,
  others: readonly Variant[],
): Promise<string> {
  const run = runFolderOf(scratch, study, variant, seed);
  if (!await exists(`${run}/config.json`)) {
    await Deno.mkdir(run, { recursive: true });
    await Deno.writeTextFile(
      `${run}/config.json`,
      JSON.stringify({
        ...variant.config,
        seed,
        ...(study.input === "" ? {} : { input: study.input }),
        ...(study.label === "" ? {} : { label: study.label }),
        ...(study.truth === "" ? {} : { truth: study.truth }),
      }),
    );
    for (const other of others) {
      if (other.id === variant.id) continue;
      const from = runFolderOf(scratch, study, other, seed);
      for (const stage of sharedStages(variant.config, other.config)) {
        if (!await exists(`${from}/${stage}/stage.json`)) continue;
        if (await exists(`${run}/${stage}`)) continue;
        await copyFolder(`${from}/${stage}`, `${run}/${stage}`);
        await Deno.copyFile(`${from}/timings.json`, `${run}/timings.json`);
      }
    }
  }
  for (const stage of STAGES) {
    if (stage === "simulate" && study.input !== "") continue;
    if (await exists(`${run}/${stage}/stage.json`)) continue;
    await runStage(stage, run);
  }
  return run;
}

async function runStage(
  stage: string,
  run: string,
): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--cached-only", "--frozen", "--allow-read"],
      ...["--allow-write=reports", "--allow-env=XDG_RUNTIME_DIR"],
      `scripts/${stage}.ts`,
      ...["--run", run, "--quiet"],
    ],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code === 0) return;
  const message = new TextDecoder().decode(stderr).trim();
  throw new RunError(
    `${stage} of ${run} failed: ${message.slice(0, LONGEST_FAILURE)}`,
  );
}

async function copyFolder(from: string, to: string): Promise<void> {
  for await (const path of walk(from)) {
    const target = `${to}/${path.slice(from.length + 1)}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), {
      recursive: true,
    });
    await Deno.copyFile(path, target);
  }
}
