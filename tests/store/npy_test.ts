import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";

const fixtures = new URL("../fixtures/prepare/", import.meta.url).pathname;

Deno.test("npy: reads what numpy.save wrote", async () => {
  const { data, shape } = await readNpy(`${fixtures}matrix.npy`);
  assert.deepEqual(shape, [3, 4]);
  assert.deepEqual([...data], Array.from({ length: 12 }, (_, k) => k / 8));
});

Deno.test("npy: writes the bytes of numpy.save", async () => {
  const path = `${await Deno.makeTempDir()}/matrix.npy`;
  await writeNpy(path, Float32Array.from({ length: 12 }, (_, k) => k / 8), [
    3,
    4,
  ]);
  assert.deepEqual(
    await Deno.readFile(path),
    await Deno.readFile(`${fixtures}matrix.npy`),
  );
});

Deno.test("npy: a matrix of more than one chunk comes back, bit for bit", async () => {
  const path = `${await Deno.makeTempDir()}/large.npy`;
  const [rows, columns] = [1201, 16_001]; // 77 MB, the chunk is 64 MiB
  const data = new Float32Array(rows * columns + 3).subarray(3);
  for (let at = 0; at < data.length; at++) data[at] = at % 9973;
  data[data.length - 1] = NaN;
  await writeNpy(path, data, [rows, columns]);
  const { data: back, shape } = await readNpy(path);
  assert.deepEqual(shape, [rows, columns]);
  assert.ok(Number.isNaN(back[back.length - 1]));
  let differences = 0;
  for (let at = 0; at < data.length - 1; at++) {
    if (back[at] !== data[at]) differences++;
  }
  assert.equal(differences, 0);
  await Deno.remove(path);
});

Deno.test("npy: a matrix without rows comes back", async () => {
  const path = `${await Deno.makeTempDir()}/empty.npy`;
  await writeNpy(path, new Float32Array(0), [0, 5]);
  assert.deepEqual((await readNpy(path)).shape, [0, 5]);
});

Deno.test("npy: refuses what it cannot read, and says why", async () => {
  const folder = await Deno.makeTempDir();
  const whole = await Deno.readFile(`${fixtures}matrix.npy`);
  const write = async (name: string, bytes: Uint8Array) => {
    await Deno.writeFile(`${folder}/${name}`, bytes);
    return `${folder}/${name}`;
  };
  const refused: [string, RegExp][] = [
    [`${folder}/none.npy`, /there is no such file/],
    [folder, /it is not a file/],
    [await write("empty", new Uint8Array(0)), /not a NumPy .npy file/],
    [
      await write("text", new TextEncoder().encode("gene,mean,sd,zeros\n")),
      /not a NumPy .npy file/,
    ],
    [await write("head", whole.subarray(0, 40)), /header is cut off/],
    [await write("cut", whole.subarray(0, -1)), /47 bytes .* 3 x 4 .* 48/],
    [await write("version", whole.with(6, 2)), /format is 2.0/],
    [`${fixtures}float64.npy`, /numbers are '<f8' and must be '<f4'/],
    [`${fixtures}fortran.npy`, /Fortran order/],
  ];
  for (const [path, reason] of refused) {
    await assert.rejects(
      readNpy(path),
      (error: Error) =>
        error instanceof InputError && reason.test(error.message) &&
        error.message.includes(path),
      String(reason),
    );
  }
});

Deno.test("npy: a shape that does not fit is the caller's mistake", async () => {
  await assert.rejects(
    writeNpy("unused.npy", new Float32Array(5), [2, 3]),
    RangeError,
  );
});
