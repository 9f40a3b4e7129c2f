/** What a go of all faults is made with. All its rows are of this one state. */

import { cpus } from "node:os";
import { codeHash } from "../../lib/pipeline/code_hash.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { describeVersions } from "../../lib/store/record.ts";
import { project } from "./suite.ts";

export interface State {
  /** The git commit, with a note if files of the suite were changed since. */
  readonly commit: string;
  /** SHA-256 of the code of all stages. */
  readonly code: string;
  readonly deno: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
}

/** The suite and the machine as they are now. */
export async function describeState(): Promise<State> {
  return {
    commit: await describeCommit(),
    code: codeHash(
      pipeline.stages.flatMap(({ module, plugins = [] }) => [
        module,
        ...plugins,
      ]),
    ),
    deno: describeVersions().deno,
    system: Deno.build.os,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: navigator.hardwareConcurrency,
  };
}

/** Parts of the repository on which a result depends. */
const PARTS = ["lib", "scripts", "presets", "bench/faults", "deno.json"];

async function describeCommit(): Promise<string> {
  const commit = await git("rev-parse", "HEAD");
  if (commit === undefined) return "none";
  const changed = await git("status", "--porcelain", "--", ...PARTS);
  return commit.slice(0, 12) + (changed === "" ? "" : " with changes");
}

/** What git says; undefined if it fails or is not there. */
async function git(...args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: ["-C", project, ...args],
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
