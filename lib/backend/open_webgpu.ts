/** Finds the graphics adapter and opens WebGPU on it. */

import * as tf from "@tensorflow/tfjs-core";
import { InputError, rerun } from "../cli/errors.ts";
import type { Backend } from "./backend.ts";
import { describeBackend } from "./backend_names.ts";
import { assertBackendHealthy, recordDeviceError } from "./health.ts";

/** The graphics adapter of the machine. */
export interface FoundAdapter {
  adapter: GPUAdapter | null;
  /** Whether it is a program that runs on the processor. */
  software: boolean;
  /** The error at the search for it; empty if there was none. */
  reason: string;
}

const SOFTWARE_ADAPTERS = /llvmpipe|lavapipe|swiftshader|software|warp/i;

let found: Promise<FoundAdapter> | null = null;

/** Asks for the machine's WebGPU adapter, once per process; never throws. */
export function findAdapter(): Promise<FoundAdapter> {
  found ??= askForAdapter();
  return found;
}

/**
 * Mesa's drivers print a warning twice per process if this variable is not set.
 * They only look for a display's socket there, which is not needed, so any
 * folder will do. Without the permission to set it the warning stays.
 */
function quietDriver(): void {
  const variable = "XDG_RUNTIME_DIR";
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (state === "granted" && Deno.env.get(variable) === undefined) {
    Deno.env.set(variable, "/");
  }
}

async function askForAdapter(): Promise<FoundAdapter> {
  try {
    quietDriver();
    const adapter = await navigator.gpu?.requestAdapter({
      powerPreference: "high-performance",
    });
    if (!adapter) return { adapter: null, software: false, reason: "" };
    const software = adapter.info.isFallbackAdapter ||
      SOFTWARE_ADAPTERS.test(adapterName(adapter));
    return { adapter, software, reason: "" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { adapter: null, software: false, reason };
  }
}

/**
 * Opens WebGPU and makes every error of its device fatal.
 *
 * @param stage the stage that can run with another backend instead.
 * @throws {InputError} when there is no adapter, or it does not work.
 */
export async function openWebgpu(
  { adapter, software, reason }: FoundAdapter,
  stage?: string,
): Promise<Backend> {
  const remedy = stage === undefined
    ? undefined
    : rerun(stage, { backend: "wasm" });
  if (adapter === null) {
    throw new InputError(
      "Cannot open the backend webgpu: no graphics adapter was found" +
        (reason && ` (${reason})`),
      remedy,
    );
  }
  // Loaded here and not above, so that the other backends start without it.
  await import("@tensorflow/tfjs-backend-webgpu");
  const opened = await tf.setBackend("webgpu");
  if (!opened) {
    throw new InputError(
      "Cannot open the backend webgpu: tfjs could not start it on " +
        adapterName(adapter),
      remedy,
    );
  }
  const backend = tf.backend() as unknown as WebgpuBackend;
  if (!guarded.has(backend)) {
    guarded.add(backend);
    guardDevice(backend.device);
    guardReads(backend);
  }
  return {
    name: "webgpu",
    description: describeBackend(
      "webgpu",
      tf.version_core,
      adapterName(adapter) + (software ? " (software)" : ""),
    ),
    deterministic: false,
    maxBufferBytes: bufferLimit(backend.device),
  };
}

/** The part of tfjs's WebGPUBackend that this file uses. */
interface WebgpuBackend {
  device: GPUDevice;
  read(dataId: object): Promise<tf.BackendValues>;
  readSync(dataId: object): tf.BackendValues;
}

const guarded = new WeakSet<WebgpuBackend>();

/** The adapter's name, as far as it tells a reader something. */
export function adapterName(adapter: GPUAdapter): string {
  const { vendor, architecture, device, description } = adapter.info;
  // A number here is a PCI identifier, which tells a reader nothing.
  const words = [vendor, architecture, description || device];
  return words.filter((word) => word && !/^\d+$/.test(word)).join(" ") ||
    "unnamed adapter";
}

function bufferLimit(device: GPUDevice): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  return Math.min(maxStorageBufferBindingSize, maxBufferSize);
}

function guardDevice(device: GPUDevice): void {
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    recordDeviceError(
      `Cannot compute on webgpu: the device reported ` +
        `${(event as GPUUncapturedErrorEvent).error.message}`,
    );
  });
  device.lost.then((info) => {
    if (info.reason === "destroyed") return;
    recordDeviceError(
      `Cannot compute on webgpu: the device was lost (${info.message})`,
    );
  });
  // A storage buffer above the limit is accepted and gives wrong numbers; the
  // device's own error comes later, so refuse it immediately.
  const limit = bufferLimit(device);
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (descriptor: GPUBufferDescriptor) => {
    if (descriptor.size > limit && descriptor.usage & GPUBufferUsage.STORAGE) {
      throw recordDeviceError(
        `Cannot make a tensor of ${descriptor.size} bytes on webgpu: the ` +
          `adapter's limit is ${limit}. Use smaller batches or --backend wasm`,
      );
    }
    return createBuffer(descriptor);
  };
}

/** Makes every read-back fail after a device error, including tfjs's own. */
function guardReads(backend: WebgpuBackend): void {
  const read = backend.read.bind(backend);
  const readSync = backend.readSync.bind(backend);
  backend.read = async (dataId) => {
    assertBackendHealthy();
    const values = await read(dataId);
    // Errors come as events: process those already queued.
    await new Promise((resolve) => setTimeout(resolve, 0));
    assertBackendHealthy();
    return values;
  };
  backend.readSync = (dataId) => {
    assertBackendHealthy();
    return readSync(dataId);
  };
}
