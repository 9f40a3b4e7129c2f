/** Rows whose numbers are compared one by one: limma and specificity. */

import assert from "node:assert/strict";
import {
  type Compared,
  forgetNumbers,
  largestDifference,
  withDifference,
} from "../../bench/suite/agreement.ts";
import {
  type Benchmark,
  type Measured,
  SideFailure,
  type Workspace,
} from "../../bench/suite/benchmark.ts";
import { limma } from "../../bench/suite/limma.ts";
import { quickSizes } from "../../bench/suite/sizes.ts";
import { specificity } from "../../bench/suite/specificity.ts";
import { fileURLToPath } from "node:url";

const measured: Measured = { seconds: 1, peakBytes: null, facts: { genes: 3 } };

async function inFolder(work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeBoth(
  { ours, peer }: Compared,
  ourNumbers: readonly number[],
  peerNumbers: readonly number[],
) {
  for (const [path, numbers] of [[ours, ourNumbers], [peer, peerNumbers]]) {
    await Deno.writeFile(
      path as string,
      new Uint8Array(Float64Array.from(numbers as number[]).buffer),
    );
  }
}

const comparedIn = (folder: string): Compared => ({
  what: "t",
  ours: `${folder}/ours`,
  peer: `${folder}/peer`,
  most: 0.25,
});

Deno.test("a difference is the largest of all; NaN agrees with NaN alone", () => {
  assert.equal(largestDifference([1, -2, 3], [1, 2, 3.5]), 4);
  assert.equal(largestDifference([NaN, Infinity], [NaN, Infinity]), 0);
  assert.equal(largestDifference([9, NaN], [1, 0]), NaN);
  assert.equal(largestDifference([NaN, 9], [0, 1]), NaN);
  assert.equal(largestDifference([Infinity], [1]), Infinity);
});

Deno.test("the peer's facts hold the largest difference from ours", async () => {
  await inFolder(async (folder) => {
    const compared = comparedIn(folder);
    await writeBoth(compared, [1, 2, 3], [1, 2.25, 3]);
    assert.deepEqual((await withDifference(measured, compared)).facts, {
      genes: 3,
      "largest difference of t": 0.25,
    });
  });
});

Deno.test("other numbers, too few or none fail the peer's side", async () => {
  await inFolder(async (folder) => {
    const compared = comparedIn(folder);
    const fails = (message: RegExp) =>
      assert.rejects(withDifference(measured, compared), (error) => {
        assert.ok(error instanceof SideFailure);
        assert.match(error.message, message);
        return true;
      });
    await writeBoth(compared, [1, 2], [1, 2.5]);
    await fails(/^its t differ from ours by up to 0\.500 .* at most 0\.25$/);
    await writeBoth(compared, [1, 2], [1, NaN]);
    await fails(/by up to NaN/);
    await writeBoth(compared, [1, 2], [1]);
    await fails(/^it wrote 1 numbers \(t\) where ours wrote 2$/);
    await Deno.remove(compared.peer);
    await fails(/^it wrote 0 numbers/);
  });
});

Deno.test("a peer is not compared with numbers of an earlier run", async () => {
  await inFolder(async (folder) => {
    const compared = comparedIn(folder);
    await writeBoth(compared, [1], [2]);
    await forgetNumbers(compared);
    await forgetNumbers(compared);
    assert.deepEqual(await withDifference(measured, compared), measured);
  });
});

/** Prepares a row of one benchmark and runs our side. */
async function runOurSide({ prepare, rows: [row] }: Benchmark) {
  await prepare();
  return await row.ours.run();
}

async function sizeOf(path: string) {
  return (await Deno.stat(path)).size / Float64Array.BYTES_PER_ELEMENT;
}

Deno.test("our sides write every number that is compared", async () => {
  await inFolder(async (scratch) => {
    const workspace: Workspace = {
      project: fileURLToPath(new URL("../../", import.meta.url)),
      scratch,
      python: "",
      threads: 1,
    };
    const { limma: fit, specificity: indices } = quickSizes;
    const { facts } = await runOurSide(limma(workspace, quickSizes));
    assert.ok(facts.genes > fit.genes / 2 && facts.genes <= fit.genes);
    assert.ok(facts["significant genes by F"] > 0);
    assert.equal(
      await sizeOf(`${scratch}/limma-t-ours.f64`),
      fit.tissues * facts.genes,
    );

    const found = await runOurSide(specificity(workspace, quickSizes));
    assert.equal(Object.keys(found.facts).length, 7);
    for (const [name, value] of Object.entries(found.facts)) {
      assert.ok(value > 0, name);
    }
    // Three indices of a gene, and four of it in each tissue.
    assert.equal(
      await sizeOf(`${scratch}/specificity-ours.f64`),
      indices.genes * (3 + 4 * indices.tissues),
    );
  });
});
