/** What this machine has of all that a run needs. */

import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { adapterName, findAdapter } from "../backend/open_webgpu.ts";
import { formatBytes } from "../cli/text.ts";
import { kindOf } from "../store/files.ts";
import { fact } from "./fact.ts";

/** Facts about the machine; sizes are in bytes. */
export interface Machine {
  /** The versions of Deno and V8. */
  readonly deno: string;
  readonly v8: string;
  /** `linux, x86_64`. */
  readonly system: string;
  /** Threads that the processor runs at a time. */
  readonly cores: number;
  readonly memory: { readonly total: number; readonly available: number };
  /** Free space where the runs are; null if the system does not say. */
  readonly freeDisk: number | null;
  readonly graphics: Graphics;
}

/** The graphics adapter that WebGPU finds. */
export interface Graphics {
  /** Null without an adapter. */
  readonly name: string | null;
  /** Whether it is a program that runs on the processor. */
  readonly software: boolean;
  /** The error at the search for it; empty if there was none. */
  readonly reason: string;
  /** Bytes of its largest buffer, and of the largest that a kernel can read. */
  readonly largestBuffer: number;
  readonly largestBinding: number;
}

/**
 * Looks the machine over.
 *
 * @param folder Where the runs are; it need not exist yet.
 */
export async function examineMachine(folder: string): Promise<Machine> {
  const { total, available } = Deno.systemMemoryInfo();
  return {
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    system: `${Deno.build.os}, ${Deno.build.arch}`,
    cores: navigator.hardwareConcurrency,
    memory: { total, available },
    freeDisk: await freeSpace(folder),
    graphics: await examineGraphics(),
  };
}

/** Bytes free for a folder, or for the nearest one above it that exists. */
async function freeSpace(folder: string): Promise<number | null> {
  let place = resolve(folder);
  while (await kindOf(place) === undefined && dirname(place) !== place) {
    place = dirname(place);
  }
  try {
    const { bavail, bsize } = await statfs(place);
    return bavail * bsize;
  } catch {
    // Not every system tells.
    return null;
  }
}

async function examineGraphics(): Promise<Graphics> {
  const { adapter, software, reason } = await findAdapter();
  return {
    name: adapter && adapterName(adapter),
    software,
    reason,
    largestBuffer: adapter?.limits.maxBufferSize ?? 0,
    largestBinding: adapter?.limits.maxStorageBufferBindingSize ?? 0,
  };
}

/**
 * The facts, one a line.
 *
 * @param threads What `--threads` comes to.
 */
export function formatMachine(machine: Machine, threads: number): string[] {
  const { memory, freeDisk, cores } = machine;
  return [
    fact("Deno", `${machine.deno} (V8 ${machine.v8})`),
    fact("system", machine.system),
    fact("processor", `${cores} ${cores === 1 ? "core" : "cores"}`),
    fact("threads", `${threads} will be used; --threads changes that`),
    fact("memory", formatBytes(memory.total)),
    fact("", `${formatBytes(memory.available)} of it available now`),
    fact(
      "disk",
      freeDisk === null ? "unknown" : `${formatBytes(freeDisk)} free`,
    ),
    ...formatGraphics(machine.graphics),
  ];
}

function formatGraphics(graphics: Graphics): string[] {
  const { name, software, reason, largestBuffer, largestBinding } = graphics;
  if (name === null) {
    return [
      fact("WebGPU adapter", `none found${reason && ` (${reason})`}`),
      fact("--backend auto", "takes wasm: there is no graphics adapter"),
    ];
  }
  return [
    fact("WebGPU adapter", name),
    ...software
      ? [fact("", "a software adapter: it runs on the processor")]
      : [],
    fact("WebGPU limits", `buffers of ${formatBytes(largestBuffer)}`),
    fact(
      "",
      `tensors of ${formatBytes(Math.min(largestBuffer, largestBinding))}`,
    ),
    fact(
      "--backend auto",
      software
        ? "takes wasm: a software adapter is slower"
        : "takes webgpu: there is a graphics adapter",
    ),
  ];
}
