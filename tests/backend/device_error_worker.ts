/// <reference lib="deno.worker" />
/**
 * Causes a WebGPU device error in one of two ways, then continues. Posts what
 * each of three attempts threw.
 */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy, openBackend } from "../../lib/backend/open.ts";
import { maxPool2 } from "../../lib/backend/ops.ts";

const BREAK: Record<string, (device: GPUDevice) => Promise<unknown>> = {
  "a tensor above the adapter's limit": async (device) => {
    const size = device.limits.maxStorageBufferBindingSize / 4 + 1024;
    return await tf.add(tf.zeros([size]), 1).data();
  },
  "an error that the device reports later": async (device) => {
    // Reading and writing by mapping cannot go together: a validation error.
    device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE,
    });
    // The error is an event, so it may miss the first read-back.
    for (let i = 0; i < 5; i++) await tf.add(tf.ones([2]), 1).data();
  },
};

async function attempt(work: () => unknown): Promise<string> {
  try {
    await work();
    return "nothing was thrown";
  } catch (error) {
    return String(error);
  }
}

self.onmessage = async ({ data }: MessageEvent<string>) => {
  await openBackend("webgpu");
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  const x = tf.ones<tf.Rank.R4>([1, 2, 2, 1]);
  self.postMessage([
    await attempt(() => BREAK[data](device)),
    await attempt(assertBackendHealthy),
    await attempt(() => maxPool2(x)),
  ]);
};
