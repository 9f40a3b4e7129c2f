/** What the numbers depend on: versions, processor, threads. */

import { cpus } from "node:os";
import { describeVersions } from "../../lib/store/record.ts";
import type { Workplace } from "./benchmark.ts";
import { runProgram } from "./child.ts";

/** Under what a row was measured. */
export interface Stamp {
  readonly processor: string;
  readonly cores: number;
  /** Threads of each side. */
  readonly threads: number;
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** Our libraries that have a part in the numbers. */
const OURS = [
  "deno",
  "v8",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-backend-wasm",
  "ml-kmeans",
  "umap-js",
];

/** Describes this machine and what is installed on it. */
export async function describeMachine(
  place: Workplace,
  rounds: number,
): Promise<Stamp> {
  const all = describeVersions();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: navigator.hardwareConcurrency,
    threads: place.threads,
    rounds,
    versions: {
      ...Object.fromEntries(
        OURS.filter((name) => name in all).map((name) => [name, all[name]]),
      ),
      ...await peerVersions(place),
    },
  };
}

/** Empty where the peers are not installed: their rows say so. */
async function peerVersions(
  place: Workplace,
): Promise<Record<string, string>> {
  try {
    const { code, out } = await runProgram(place.python, {
      args: ["bench/peers/versions.py"],
      cwd: place.project,
    });
    return code === 0 ? JSON.parse(out) : {};
  } catch {
    return {};
  }
}
