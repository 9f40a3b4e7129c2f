import assert from "node:assert/strict";
import { readDataset, rowsOf, takeRows } from "../../lib/prepare/dataset.ts";
import { readImageMatrix } from "../../lib/prepare/image_matrix.ts";
import * as files from "../../lib/prepare/outputs.ts";
import { prepareStage } from "../../lib/prepare/stage.ts";
import { simulateStage } from "../../lib/simulate/stage.ts";
import { readerOf, runStage } from "./fake_context.ts";
import { refusal } from "./user_files.ts";

const MATRIX = `id,"g,1",=2+2,silent,tissue
s1,0,1023,0,root
s2,1,3,0,root
s3,2,7,0,leaf
s4,60,15,0,leaf
`;

const DEMO = { samples: 120, genes: 60, tissues: 3, planted: 5 };

/** One test part, and all values as they are. */
const PLAIN = { folds: 1, normalize: "none", "min-expression": 0 } as const;

async function setUp(matrix = MATRIX, sheet = "") {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(`${root}/matrix.csv`, matrix);
  await Deno.writeTextFile(`${root}/sheet.csv`, sheet);
  return {
    root,
    input: `${root}/matrix.csv`,
    samples: `${root}/sheet.csv`,
    reader: readerOf(root),
  };
}

Deno.test("prepare: writes samples, genes and the transformed matrix", async () => {
  const { root, input, reader } = await setUp();
  const { verdict, warnings, inputs } = await runStage(
    prepareStage,
    root,
    { input, ...PLAIN },
  );
  assert.deepEqual(inputs, [input]);
  assert.equal(
    verdict,
    "4 samples x 3 genes, 2 tissues; 2 train, 0 validation, 2 test\n" +
      "The values look like counts (100 % of those above 0 are whole numbers; " +
      "sums per sample 4.00 to 1,023); not normalized for library size\n" +
      "no genes were filtered out",
  );
  assert.ok(
    warnings.some((text) => /^1 gene of 3 is zero in every/.test(text)),
  );
  assert.ok(
    warnings.some((text) => /their scores are very uncertain$/.test(text)),
  );

  const genes = await reader.read(files.genes);
  assert.deepEqual(genes.map((row) => row.gene), ["g,1", "=2+2", "silent"]);
  assert.deepEqual(genes.map((row) => row.n_zero_samples), [1, 0, 4]);
  // log2 of 1024, 4, 8 and 16: 10, 2, 3, 4.
  assert.equal(genes[1].mean, 4.75);
  assert.equal(genes[1].sd, Math.sqrt(38.75 / 3));
  assert.equal(genes[2].sd, 0);

  const dataset = await readDataset(reader);
  assert.deepEqual(dataset.sampleIds, ["s1", "s2", "s3", "s4"]);
  assert.deepEqual(dataset.tissues, ["root", "root", "leaf", "leaf"]);
  assert.deepEqual(dataset.groups, ["", "", "", ""]);
  assert.deepEqual(dataset.tissueNames, ["leaf", "root"]);
  assert.deepEqual([...dataset.classOf], [1, 1, 0, 0]);
  assert.equal(dataset.values[0], 0);
  assert.equal(rowsOf(dataset, "test").length, 2);
  assert.deepEqual(
    takeRows(dataset, [3, 0]),
    Float32Array.of(
      ...dataset.values.subarray(9, 12),
      ...dataset.values.subarray(0, 3),
    ),
  );
});

Deno.test("prepare: the simulated matrix, whole studies on one side", async () => {
  const { root, reader } = await setUp();
  await runStage(simulateStage, root, DEMO);
  const { verdict, inputs } = await runStage(prepareStage, root, PLAIN);
  assert.deepEqual(inputs, []);
  assert.match(
    verdict,
    /^120 samples x 60 genes, 3 tissues in \d+ groups kept/,
  );
  assert.match(verdict, /\nThe values look like TPM or CPM /);
  const dataset = await readDataset(reader);
  const partOf = new Map<string, string>();
  dataset.groups.forEach((group, row) => {
    assert.match(group, /^study\d+$/);
    assert.equal(partOf.get(group) ?? dataset.split[row], dataset.split[row]);
    partOf.set(group, dataset.split[row]);
  });
  for (const part of ["train", "validation", "test"] as const) {
    assert.ok(rowsOf(dataset, part).length > 0, part);
  }
});

Deno.test("prepare: a sheet keeps its groups together", async () => {
  const { root, input, samples, reader } = await setUp(
    MATRIX,
    "sample_id,plant\ns1,p1\ns3,p1\ns2,p2\ns4,p2\nextra,p3\n",
  );
  const { warnings, inputs } = await runStage(prepareStage, root, {
    ...PLAIN,
    input,
    samples,
    group: "plant",
  });
  assert.deepEqual(inputs, [input, samples]);
  assert.ok(warnings.some((text) => /1 row is about no sample/.test(text)));
  const rows = await reader.read(files.samples);
  assert.deepEqual(rows.map((row) => row.group), ["p1", "p2", "p1", "p2"]);
  assert.equal(rows[0].split, rows[2].split);
  assert.equal(rows[1].split, rows[3].split);
  assert.notEqual(rows[0].split, rows[1].split);
});

Deno.test("prepare: --batch is written and changes nothing else", async () => {
  const { root, input, samples, reader } = await setUp(
    MATRIX,
    "sample_id,plant\ns1,p1\ns3,p2\ns2,p1\ns4,p2\n",
  );
  const table = () => Deno.readTextFile(`${root}/${files.samples.file}`);
  await runStage(prepareStage, root, { ...PLAIN, input, samples });
  const before = await table();
  assert.ok(!await reader.has(files.batches));
  await runStage(prepareStage, root, {
    ...PLAIN,
    input,
    samples,
    batch: "plant",
  });
  const rows = await reader.read(files.batches);
  assert.deepEqual(
    rows.map(({ sample_id, batch }) => [sample_id, batch]),
    [["s1", "p1"], ["s2", "p1"], ["s3", "p2"], ["s4", "p2"]],
  );
  assert.equal(await table(), before);
});

Deno.test("prepare: --batch needs a matrix, a column, and a text a sample", async () => {
  const { root, input, samples } = await setUp(
    MATRIX,
    "sample_id,plant\ns1,p1\ns3,\ns2,p2\ns4,p2\n",
  );
  for (
    const [given, message] of [
      [{ batch: "plant" }, /--batch is given and --input, the file/],
      [{ input, batch: "plant" }, /Cannot read the batches: .* 'plant'/],
      [{ input, batch: "tissue" }, /'tissue' is the tissue itself/],
      [
        { input, samples, batch: "plant" },
        /1 sample of 4 \('s3'\) have no text in column 'plant'/,
      ],
    ] as const
  ) {
    await assert.rejects(
      runStage(prepareStage, root, { ...PLAIN, ...given }),
      refusal(message),
    );
  }
});

Deno.test("prepare: refuses samples whose group is missing, however written", async () => {
  for (const missing of ["", "NA", "unknown", "<NA>"]) {
    const { root, input, samples } = await setUp(
      MATRIX,
      `sample_id,plant\ns1,p1\ns3,${missing}\ns2,p2\ns4,${missing}\n`,
    );
    await assert.rejects(
      runStage(prepareStage, root, {
        ...PLAIN,
        input,
        samples,
        group: "plant",
      }),
      refusal(/2 samples of 4 \('s3', 's4'\) have no text in column 'plant'/),
    );
  }
});

Deno.test("prepare: warns of data that look like logarithms", async () => {
  const logged = MATRIX.replace("1023", "9.5").replace("60", "6.25")
    .replace("15", "3.75");
  const { root, input, reader } = await setUp(logged);
  const isWarned = (run: { warnings: string[] }) =>
    run.warnings.some((text) => text.includes("--prepare.transform none"));
  assert.ok(isWarned(await runStage(prepareStage, root, { input })));
  const raw = await runStage(prepareStage, root, { input, transform: "none" });
  assert.ok(!isWarned(raw));
  const [gene] = await reader.read(files.genes);
  assert.equal(gene.mean, 2.3125);
});

Deno.test("prepare: refuses missing flags, unknown samples, untestable tissues", async () => {
  const { root, input, samples } = await setUp(
    MATRIX,
    "sample_id,plant\ns1,p1\ns3,p1\n",
  );
  await Deno.writeTextFile(
    `${root}/tissues.csv`,
    "id,g1,tissue\na,1,root\nb,2,leaf\n",
  );
  const refusals = [
    [{ input, "sample-column": "id" }, /--sample-column 'id' needs a sample/],
    [{ input, group: "plant" }, /has no column of words 'plant'/],
    [{ samples }, /--samples is given and --input, the file that it goes/],
    [{ "drop-twins": true }, /--drop-twins is given and --input, the file/],
    [
      { input, samples, group: "plant" },
      /2 of the matrix's 4 samples have no row in .*'s2' and 's4'/,
    ],
    [{ input: `${root}/none.csv` }, /there is no such file/],
    [
      { input: `${root}/tissues.csv`, label: "tissue" },
      /no tissue has two samples/,
    ],
  ] as const;
  for (const [given, message] of refusals) {
    const run = runStage(prepareStage, root, given);
    await assert.rejects(run, refusal(message));
  }
});

Deno.test("prepare: a matrix in which no gene differs is refused", async () => {
  for (
    const [values, message] of [
      ["0,0,0", /^Cannot use the matrix: all values are 0, and some gene/],
      ["7,7,7", /^Cannot use the matrix: all values are equal, and some/],
      ["1,200,0.5", /^Cannot use the matrix: all 4 samples have the same val/],
    ] as const
  ) {
    const rows = ["root", "root", "leaf", "leaf"]
      .map((tissue, index) => `s${index},${values},${tissue}\n`);
    const { root, input } = await setUp(`id,a,b,c,tissue\n${rows.join("")}`);
    await assert.rejects(
      runStage(prepareStage, root, { input, ...PLAIN }),
      refusal(message, /written empty/),
    );
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("dataset: files that do not fit together are refused", async () => {
  const { root, input, reader } = await setUp();
  const { folder } = await runStage(prepareStage, root, { input, ...PLAIN });
  const samples = await Deno.readTextFile(`${folder}/samples.csv`);
  await Deno.writeTextFile(
    `${folder}/samples.csv`,
    samples.replaceAll(/(train|test)/g, "exam"),
  );
  await assert.rejects(
    readDataset(reader),
    /samples\.csv: row 1 has 'exam' in 'split', which should be train or valid/,
  );
  await Deno.writeTextFile(
    `${folder}/samples.csv`,
    samples + "s5,root,,test,\n",
  );
  await assert.rejects(readDataset(reader), /is 4 x 3 and must be 5 sam/);
});

Deno.test("prepare: folds test every sample once, groups whole", async () => {
  const { root, reader } = await setUp();
  await runStage(simulateStage, root, DEMO);
  const { verdict } = await runStage(prepareStage, root, {
    ...PLAIN,
    folds: 3,
  });
  assert.match(verdict, /; \d+ tested in 3 folds\n/);
  const rows = await reader.read(files.samples);
  const dataset = await readDataset(reader);
  assert.equal(dataset.folds.length, 3);
  rows.forEach((row, sample) => {
    const testedIn = dataset.folds.filter(({ split }) =>
      split[sample] === "test"
    ).map(({ fold }) => fold);
    assert.deepEqual(testedIn, row.fold === null ? [] : [row.fold]);
    assert.equal(row.split, row.fold === null ? "train" : "test");
  });
  for (const { split } of dataset.folds) {
    const sides = new Map<string, string>();
    rows.forEach(({ group }, sample) => {
      const tested = String(split[sample] === "test");
      assert.equal(sides.get(group) ?? tested, tested, `group ${group}`);
      sides.set(group, tested);
    });
    assert.ok(split.includes("validation") && split.includes("train"));
  }
});

Deno.test("prepare: folds of which one alone can be tested", async () => {
  const { root, input, samples, reader } = await setUp(
    "id,g1,g2,tissue\ns1,5,70,root\ns2,6,80,root\ns3,90,3,leaf\n" +
      "s4,80,4,leaf\ns5,9,9,stem\ns6,8,8,seed\n",
    "sample_id,plant\ns1,p1\ns2,p2\ns3,p3\ns4,p2\ns5,p1\ns6,p3\n",
  );
  await runStage(prepareStage, root, {
    input,
    samples,
    group: "plant",
    ...PLAIN,
    label: "tissue",
    folds: 2,
  });
  const dataset = await readDataset(reader);
  assert.deepEqual(
    dataset.split,
    ["train", "test", "train", "test", "train", "train"],
  );
  assert.equal(dataset.folds.length, 1);
  assert.equal(dataset.folds[0].split[1], "test");
});

Deno.test("prepare: decoys stay within what is tested together", async () => {
  const { root, reader } = await setUp();
  const demo = { samples: 60, genes: 30, tissues: 3, planted: 3 };
  await runStage(simulateStage, root, demo);
  for (const folds of [1, 2]) {
    await runStage(prepareStage, root, { ...PLAIN, folds, decoys: 0.5 });
    const dataset = await readDataset(reader);
    assert.equal((await reader.read(files.decoys)).length, 15);
    const matrix = await readImageMatrix(reader, dataset);
    for (const fold of dataset.folds) {
      const tested = rowsOf(fold, "test");
      matrix.decoys.forEach(({ source }, decoy) => {
        const read = (row: number, column: number) =>
          matrix.values[row * matrix.columns + column];
        const all = [...dataset.sampleIds.keys()];
        const meanOf = (rows: readonly number[]) =>
          rows.reduce(
            (sum, row) =>
              sum + read(row, matrix.geneColumns[source]) /
                rows.length,
            0,
          );
        const wanted = Array.from(tested, (row) => {
          const tissue = all
            .filter((other) => dataset.tissues[other] === dataset.tissues[row]);
          const widen = Math.sqrt(tissue.length / (tissue.length - 1));
          return meanOf(all) + widen *
              (read(row, matrix.geneColumns[source]) - meanOf(tissue));
        }).sort((a, b) => a - b);
        Array.from(tested, (row) => read(row, matrix.decoyColumns[decoy]))
          .sort((a, b) => a - b)
          .forEach((value, index) =>
            // As exact as a float32.
            assert.ok(Math.abs(value - wanted[index]) < 1e-5)
          );
      });
    }
  }
});

Deno.test("prepare: without decoys the network sees the genes alone", async () => {
  const { root, input, reader } = await setUp();
  await runStage(prepareStage, root, { ...PLAIN, input, decoys: 0 });
  const dataset = await readDataset(reader);
  const matrix = await readImageMatrix(reader, dataset);
  assert.deepEqual(matrix.values, dataset.values);
  assert.deepEqual([...matrix.geneColumns], [0, 1, 2]);
});
