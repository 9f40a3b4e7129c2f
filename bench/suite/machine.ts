/** What the numbers depend on: versions, processor, threads. */

import { cpus } from "node:os";
import { describeVersions } from "../../lib/store/record.ts";
import type { Workspace } from "./benchmark.ts";
import { ownV8Flags, runProgram } from "./child.ts";

/** The conditions under which a row was measured. */
export interface Stamp {
  readonly processor: string;
  readonly cores: number;
  /** Threads of each side. */
  readonly threads: number;
  readonly rounds: number;
  /** Whether our side ran with the flags of `lib/backend/v8_flags.ts`. */
  readonly wideVectors: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

/** Our libraries that influence the numbers. */
const OURS = [
  "deno",
  "v8",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-backend-wasm",
  "ml-kmeans",
  "umap-js",
];

/** Describes this machine and the installed versions. */
export async function describeMachine(
  workspace: Workspace,
  rounds: number,
): Promise<Stamp> {
  const all = describeVersions();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: navigator.hardwareConcurrency,
    threads: workspace.threads,
    rounds,
    wideVectors: ownV8Flags.length > 0,
    versions: {
      ...Object.fromEntries(
        OURS.filter((name) => name in all).map((name) => [name, all[name]]),
      ),
      ...await peerVersions(workspace),
    },
  };
}

/** The versions of the peers; empty if they are not installed. */
async function peerVersions(
  workspace: Workspace,
): Promise<Record<string, string>> {
  try {
    const { code, out } = await runProgram(workspace.python, {
      args: ["bench/peers/versions.py"],
      cwd: workspace.project,
    });
    return code === 0 ? JSON.parse(out) : {};
  } catch {
    return {};
  }
}
