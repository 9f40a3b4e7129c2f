import assert from "node:assert/strict";
import {
  areTextsClose,
  isClose,
} from "../../../lib/pipeline/verify/close_files.ts";
import { withFolder } from "../fake_pipeline.ts";

Deno.test("numbers may differ a little, words not at all", () => {
  const close = [
    ["0.12345", "0.12349"],
    ["M 1.0,-2.5e-3 L 3,4", "M 1.0001,-2.45e-3 L 3,4"],
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
  }));
