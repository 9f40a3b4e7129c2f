import assert from "node:assert/strict";
import {
  areTextsClose,
  isClose,
} from "../../../lib/pipeline/verify/close_files.ts";
import { writeNpy } from "../../../lib/store/npy.ts";
import { withFolder } from "../fake_pipeline.ts";

Deno.test("numbers may differ a little, words not at all", () => {
  const close = [
    ["0.12345", "0.12349"],
    ["M 1.0,-2.5e-3 L 3,4", "M 1.0001,-2.499e-3 L 3,4"],
    ['{"p": 1000.2}', '{"p": 1000.9}'],
    ["", ""],
  ];
  const far = [
    ["0.12345", "0.13"],
    ["a,1", "b,1"],
    ["1,2", "1"],
    ["gene7", "gene8"],
    ["1e3", "1e4"],
    ["-5", "5"],
    ["v1.2.3", "v1.2.4"],
    // Ids of genes, samples, seeds, counts.
    ["7157,0.5", "7158,0.5"],
    ["S-1001", "S-1002"],
    ['{"seed": 100130426}', '{"seed": 100130427}'],
    ["0.5", "1e999"],
    ["1e999", "0.5"],
    ["p\n0.9", "p\n#"],
    ["p\n#\n#", "p\n0.9\n0.8"],
    ["0.0000999", "0.0000001"],
  ];
  for (const [a, b] of close) assert.ok(areTextsClose(a, b), `${a} | ${b}`);
  for (const [a, b] of far) assert.ok(!areTextsClose(a, b), `${a} | ${b}`);
});

Deno.test("bare floats are compared one by one", () =>
  withFolder(async (folder) => {
    const write = async (name: string, ...values: number[]) => {
      const path = `${folder}/${name}`;
      const { buffer } = Float32Array.from(values);
      await Deno.writeFile(path, new Uint8Array(buffer));
      return path;
    };
    const one = await write("a.bin", 1, NaN, 1e-9);
    assert.ok(await isClose(one, await write("b.bin", 1.0005, NaN, 2e-9)));
    assert.ok(!await isClose(one, await write("c.bin", 1.01, NaN, 1e-9)));
    assert.ok(!await isClose(one, await write("d.bin", 1, 0, 1e-9)));
    assert.ok(!await isClose(one, await write("e.bin", 1, NaN)));
    assert.ok(!await isClose(one, await write("f.bin", Infinity, NaN, 1e-9)));
    const [wide, tall] = [`${folder}/a.npy`, `${folder}/b.npy`];
    await writeNpy(wide, Float32Array.from({ length: 20000 }), [2000, 10]);
    await writeNpy(tall, Float32Array.from({ length: 20000 }), [1000, 20]);
    assert.ok(await isClose(wide, wide));
    assert.ok(!await isClose(wide, tall));
  }));
