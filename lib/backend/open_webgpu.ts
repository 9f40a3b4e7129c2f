import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy, recordDeviceError } from "./health.ts";
import type { Backend } from "./backend.ts";
import { BackendUnavailable } from "./unavailable.ts";

/** What the machine offers for WebGPU. */
export interface FoundAdapter {
  adapter: GPUAdapter | null;
  /** Whether it is a program on the processor rather than hardware. */
  software: boolean;
  /** Why there is no adapter; empty where there is one. */
  reason: string;
}

const SOFTWARE_ADAPTERS = /llvmpipe|lavapipe|swiftshader|software|warp/i;

let found: Promise<FoundAdapter> | null = null;

/** Asks for the machine's WebGPU adapter, once a process; never throws. */
export function findAdapter(): Promise<FoundAdapter> {
  found ??= askForAdapter();
  return found;
}

/**
 * Mesa's drivers complain on stderr, twice a process, where this variable is
 * not set. They only look for a display's socket there, and we have none, so
 * any folder will do. Without the permission to set it the complaint stays.
 */
function quietDriver(): void {
  const variable = "XDG_RUNTIME_DIR";
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (state === "granted" && Deno.env.get(variable) === undefined) {
    Deno.env.set(variable, "/");
  }
}

async function askForAdapter(): Promise<FoundAdapter> {
  if (typeof navigator === "undefined" || !navigator.gpu) {
    return {
      adapter: null,
      software: false,
      reason: "this runtime has no WebGPU",
    };
  }
  try {
    quietDriver();
    const adapter = await navigator.gpu.requestAdapter({
      powerPreference: "high-performance",
    });
    if (adapter === null) {
      const reason = "no graphics driver offers one";
      return { adapter, software: false, reason };
    }
    const software = adapter.info.isFallbackAdapter ||
      SOFTWARE_ADAPTERS.test(adapterName(adapter));
    return { adapter, software, reason: "" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { adapter: null, software: false, reason };
  }
}

/** Opens WebGPU and makes every error of its device fatal. */
export async function openWebgpu(found: FoundAdapter): Promise<Backend> {
  const { adapter, software, reason } = found;
  if (adapter === null) {
    throw new BackendUnavailable(
      `Cannot open the webgpu backend: no WebGPU adapter was found ` +
        `(${reason}). Use --backend wasm`,
    );
  }
  // Loaded here and not above, so that the other backends start without it.
  await import("@tensorflow/tfjs-backend-webgpu");
  const opened = await tf.setBackend("webgpu");
  if (!opened) {
    throw new BackendUnavailable(
      `Cannot open the webgpu backend: tfjs could not start it on ` +
        `${adapterName(adapter)}. Use --backend wasm`,
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
    description: adapterName(adapter) + (software ? " (software)" : ""),
    deterministic: false,
    maxBufferBytes: bufferLimit(backend.device),
  };
}

/** The part of tfjs's WebGPUBackend that this file touches. */
interface WebgpuBackend {
  device: GPUDevice;
  read(dataId: object): Promise<tf.BackendValues>;
  readSync(dataId: object): tf.BackendValues;
}

const guarded = new WeakSet<WebgpuBackend>();

function adapterName(adapter: GPUAdapter): string {
  const { vendor, architecture, device, description } = adapter.info;
  // A number here is a PCI id, which says nothing to a reader.
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
  // device's own error comes later, so refuse it on the spot.
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

/** Makes every read-back fail after a device error, tfjs's own ones too. */
function guardReads(backend: WebgpuBackend): void {
  const read = backend.read.bind(backend);
  const readSync = backend.readSync.bind(backend);
  backend.read = async (dataId) => {
    assertBackendHealthy();
    const values = await read(dataId);
    // Errors come as events: give those already queued their turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    assertBackendHealthy();
    return values;
  };
  backend.readSync = (dataId) => {
    assertBackendHealthy();
    return readSync(dataId);
  };
}
