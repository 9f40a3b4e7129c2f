/** Any bytes give a matrix or one clear error, by every text format. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Format } from "../../../lib/prepare/formats/format.ts";
import { expressionAtlas } from "../../../lib/prepare/formats/expression_atlas.ts";
import { featureCounts } from "../../../lib/prepare/formats/feature_counts.ts";
import { findFormat } from "../../../lib/prepare/formats/formats.ts";
import { gct } from "../../../lib/prepare/formats/gct.ts";
import { quantFolder } from "../../../lib/prepare/formats/quant_folder.ts";
import { tximport } from "../../../lib/prepare/formats/tximport.ts";
import { readHead } from "../../../lib/prepare/input/read_head.ts";
import type { RawMatrix } from "../../../lib/prepare/input/raw_matrix.ts";
import { anyBytes, damaged, tryFiles } from "../../fuzz.ts";
import {
  htseq,
  kallisto,
  salmon,
  star,
  writeFolder,
} from "./quantified/folders.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** As many numbers as ids, and every NaN has a fault. */
function check(matrix: RawMatrix): RawMatrix {
  const { rows, columns, values, faults } = matrix;
  assert.equal(values.count, rows.ids.length);
  assert.equal(values.width, columns.ids.length);
  for (const axis of [rows, columns]) {
    for (const { texts } of axis.annotations) {
      assert.equal(texts.length, axis.ids.length);
    }
    axis.ids.forEach((_, index) => assert.ok(axis.locate(index).length > 0));
  }
  let missing = 0;
  for (let row = 0; row < rows.ids.length; row++) {
    for (const value of values.row(row)) {
      if (Number.isNaN(value)) missing++;
      else assert.ok(Number.isFinite(value));
    }
  }
  assert.equal(missing, faults.reduce((sum, { cells }) => sum + cells, 0));
  return matrix;
}

async function tryFormat(
  format: Format,
  sound: string,
  options = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/matrix.txt`;
  const read = async (bytes: Uint8Array) => {
    await Deno.writeFile(path, bytes);
    format.recognizes!(await readHead(path));
    return check(await format.read({ path }, options));
  };
  await read(utf8(sound));
  await tryFiles(damaged(utf8(sound)), read, { runs: 200, mixed: true });
  await tryFiles(anyBytes, read, { runs: 100, mixed: false });
  await Deno.remove(folder, { recursive: true });
}

const GCT = "#1.3\n2\t2\t1\t1\nid\tname\ts1\ts2\ntissue\tna\troot\tleaf\n" +
  "g1\tA\t1\t-2.5\ng2\tB\t3e2\t0\n";

Deno.test("any bytes as GCT give a matrix or one error", () =>
  tryFormat(gct, GCT));

Deno.test("any bytes as featureCounts give a matrix or one error", () =>
  tryFormat(
    featureCounts,
    "# Program:featureCounts\nGeneid\tChr\tStart\tEnd\tStrand\tLength\t" +
      "/d/a.bam\t/d/b.bam\ng1\t1\t5\t9\t+\t4\t1\t2\ng2\t1\t5\t9\t-\t4\t3\t4\n",
  ));

Deno.test("any bytes as Expression Atlas give a matrix or one error", () =>
  tryFormat(
    expressionAtlas,
    "# Atlas\nGene ID\tGene Name\troot\tleaf\ng1\tA\t1\t\ng2\t\t0.5\t7\n",
  ));

Deno.test("any bytes as tximport give a matrix or one error", () =>
  tryFormat(
    tximport,
    '"","abundance.a","abundance.b","counts.a","counts.b","length.a",' +
      '"length.b","countsFromAbundance"\n"g1",1,2,3,4,5,6,"no"\n' +
      '"g2",1.5,2,3,4,5,6,"no"\n',
    { layer: "counts" },
  ));

const samples: [string, string, string][] = [
  [
    "quant.sf",
    salmon({ t1: [1, 2], t2: [3, 4] }),
    salmon({ t2: [1], t1: [2] }),
  ],
  [
    "abundance.tsv",
    kallisto({ t1: [1], t2: [2] }),
    kallisto({ t1: [3], t2: [4] }),
  ],
  ["ReadsPerGene.out.tab", star({ t1: [1, 1, 0] }), star({ t1: [2, 0, 2] })],
  ["x.counts", htseq({ t1: 1, t2: 2 }), htseq({ t1: 3, t2: 4 })],
];

for (const [name, one, other] of samples) {
  Deno.test(`any bytes in ${name} of a folder give a matrix or one error`, async () => {
    const folder = await writeFolder({
      [`a/${name}`]: one,
      [`b/${name}`]: other,
      "t2g.tsv": "t1\tg1\nt2\tg1\n",
    });
    const read = async (bytes: Uint8Array) => {
      await Deno.writeFile(`${folder}/b/${name}`, bytes);
      await Deno.writeFile(`${folder}/a/${name}`, utf8(one));
      const options = { tx2gene: `${folder}/t2g.tsv` };
      return check(await quantFolder.read({ path: folder }, options));
    };
    await read(utf8(other));
    await tryFiles(damaged(utf8(other)), read, { runs: 120, mixed: true });
    await tryFiles(damaged(gzipSync(other)), read, { runs: 60, mixed: false });
    await tryFiles(anyBytes, read, { runs: 60, mixed: false });
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("any bytes as a table of transcripts give a matrix or one error", async () => {
  const table = "tx\tgene\tgene_name\nt1\tg1\tA\nt2\tg2\tB\n";
  const folder = await writeFolder({
    "a/quant.sf": salmon({ t1: [1, 2], t2: [3, 4] }),
    "b/quant.sf": salmon({ t1: [1, 2], t2: [3, 4] }),
  });
  const tx2gene = `${folder}/t2g.tsv`;
  const read = async (bytes: Uint8Array) => {
    await Deno.writeFile(tx2gene, bytes);
    return check(await quantFolder.read({ path: folder }, { tx2gene }));
  };
  await tryFiles(damaged(utf8(table)), read, { runs: 200, mixed: true });
  await tryFiles(anyBytes, read, { runs: 100, mixed: false });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("any bytes are recognized without an error of its own", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/matrix`;
  const recognize = async (bytes: Uint8Array) => {
    await Deno.writeFile(path, bytes);
    return findFormat(await readHead(path));
  };
  await tryFiles(anyBytes, recognize, { runs: 300, mixed: true });
  await tryFiles(damaged(gzipSync(GCT)), recognize, { runs: 100, mixed: true });
  await Deno.remove(folder, { recursive: true });
});
