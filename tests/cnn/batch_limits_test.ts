import assert from "node:assert/strict";
import fc from "fast-check";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import { inferenceBatch, trainingBatch } from "../../lib/cnn/batch_limits.ts";
import {
  explanationBytes,
  trainingBytes,
} from "../../lib/cnn/memory_estimate.ts";
import { RunError } from "../../lib/cli/errors.ts";
import { studyNetwork } from "./study_network.ts";

const WASM = { name: "wasm", maxBufferBytes: 2 ** 31 - 2 ** 16 } as const;
const STUDY = studyNetwork(21_111, 30, 1);

Deno.test("a batch is cut to what the wasm heap holds, on wasm alone", () => {
  assert.equal(trainingBatch(WASM, studyNetwork(2423, 11, 1), 64), 64);
  assert.equal(trainingBatch(WASM, STUDY, 64), 64);
  const cut = trainingBatch(WASM, STUDY, 4096);
  assert.ok(cut > 80 && cut < 96, `${cut}`);
  assert.equal(trainingBatch({ ...WASM, name: "cpu" }, STUDY, 96), 96);
});

Deno.test("a tensor that the device cannot hold cuts the batch, too", () => {
  const webgpu = { name: "webgpu", maxBufferBytes: 2 ** 27 } as const;
  const network = studyNetwork(2500, 4, 1);
  // The second convolution gives 50 x 50 x 64 floats a sample.
  assert.equal(
    trainingBatch(webgpu, network, 4096),
    Math.floor(2 ** 27 / (4 * 50 * 50 * 64)),
  );
});

Deno.test("what cannot be trained is refused with a width that can", () => {
  const refusal = (work: () => unknown): RunError => {
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof RunError);
      return error;
    }
    assert.fail("nothing was refused");
  };
  const heap = refusal(() =>
    trainingBatch(WASM, studyNetwork(61_504, 30, 1), 64)
  );
  assert.match(
    heap.message,
    /^Cannot train on wasm: the network takes 4\.\d\d GiB with batches of two samples and should take at most 4\.00 GiB$/,
  );
  const tensor = refusal(() =>
    trainingBatch(WASM, studyNetwork(61_504, 30, 2), 64)
  );
  assert.match(
    tensor.message,
    /^Cannot train on wasm: the network's largest tensor takes 3\.\d\d GiB and should take at most 2\.00 GiB$/,
  );
  for (const { remedy } of [heap, tensor]) {
    const [, width] = remedy!.match(
      /^deno task cnn --width (\S+)$/,
    )!;
    const narrower = studyNetwork(61_504, 30, Number(width));
    assert.equal(trainingBatch(WASM, narrower, 16), 16);
  }
  const tiny = { name: "webgpu", maxBufferBytes: 2 ** 27 } as const;
  const device = refusal(() =>
    trainingBatch(tiny, studyNetwork(61_504, 30, 1), 64)
  );
  assert.match(
    device.message,
    /^Cannot train on webgpu: the network's largest/,
  );
});

Deno.test("whatever can be trained on wasm can be explained there", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 80_000 }),
    fc.integer({ min: 1, max: 4 }),
    fc.double({ min: 0.05, max: 4, noNaN: true }),
    fc.integer({ min: 1, max: 4096 }),
    (genes, blocks, width, hidden) => {
      const size = { genes, tissues: 30, blocks, width, hidden };
      const network = describeNetwork(size);
      try {
        trainingBatch(WASM, network, 64);
      } catch {
        return;
      }
      const batch = inferenceBatch(WASM, network);
      const { weights } = trainingBytes(network, 1);
      assert.ok(weights + batch * explanationBytes(network) < 2 ** 32);
    },
  ));
});
