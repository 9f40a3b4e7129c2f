/** `deno task all` of this or an earlier version, from its start to its end. */

import { type Measured, SideFailure, type Workspace } from "./benchmark.ts";
import { explainFailure, runProgram } from "./child.ts";

/** A run of all stages. */
export interface WholeRun {
  /** The folder of the version's files. */
  readonly tree: string;
  /** The run's folder, relative to the tree; emptied first. */
  readonly run: string;
  /** Flags of Deno itself. */
  readonly denoFlags: readonly string[];
  readonly flags: readonly string[];
}

/** The tasks of a version's `deno.json`. */
interface Tasks {
  readonly all: { readonly command: string };
  /** The same without flags of V8; earlier versions have only the other. */
  readonly "all:safe"?: { readonly command: string };
}

/**
 * Runs all stages of a version of the suite as its task does.
 *
 * @throws {SideFailure} If the run fails.
 */
export async function runAll(
  workspace: Workspace,
  { tree, run, denoFlags, flags }: WholeRun,
): Promise<Measured> {
  const { tasks }: { readonly tasks: Tasks } = JSON.parse(
    await Deno.readTextFile(`${tree}/deno.json`),
  );
  const { command } = tasks["all:safe"] ?? tasks.all;
  const [, subcommand, ...words] = command.split(" ");
  await Deno.remove(`${tree}/${run}`, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const start = performance.now();
  const result = await runProgram(Deno.execPath(), {
    args: [
      subcommand,
      "--no-prompt",
      ...denoFlags,
      `--preload=${workspace.project}bench/ours/report_peak.ts`,
      ...words,
      "--run",
      run,
      ...flags,
    ],
    cwd: tree,
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.code !== 0) {
    throw new SideFailure(explainFailure(result, workspace));
  }
  const peak = /\{"peakBytes":(\d+)\}/.exec(result.err)?.[1];
  return {
    seconds,
    peakBytes: peak === undefined ? null : Number(peak),
    facts: {},
  };
}
