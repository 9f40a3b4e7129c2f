/** A record's hashes are those of the bytes that were read of a user's file. */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { RunError } from "../../lib/cli/errors.ts";
import { list, type Parameters, text } from "../../lib/cli/parameters.ts";
import { silentProgress } from "../../lib/cli/progress.ts";
import type { GeneSetContext } from "../../lib/gene_sets/gene_set_method.ts";
import { userFilesMethod } from "../../lib/gene_sets/user_files.ts";
import { defineStage, type Stage } from "../../lib/pipeline/stage.ts";
import { runStage } from "../../lib/pipeline/stage_context.ts";
import { UserFiles } from "../../lib/pipeline/user_files.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import { prepareStage } from "../../lib/prepare/stage.ts";
import { genesetsStage } from "../../lib/rankings/stage.ts";
import { hashText } from "../../lib/store/hash.ts";
import { withDefaults } from "../prepare/fake_context.ts";
import { GENES, MadeRun, TISSUES } from "../rankings/made_run.ts";
import { matrix, sheet } from "../scripts/small_matrix.ts";
import { fakePipeline, withFolder } from "./fake_pipeline.ts";

/** A stage, its flags, and the user's files that it reads, by their names. */
interface Reading {
  readonly stage: Stage;
  readonly values: (
    folder: string,
  ) => Record<string, string | number | string[]>;
  readonly files: Readonly<Record<string, string>>;
}

const [header, ...rows] = matrix.trimEnd().split("\n");
const ids = header.split(",").slice(1, -1);
/** The matrix's columns, without the one of tissues. */
const columns = rows.map((row) => row.split(","));
const kallisto = (sample: number) =>
  "target_id\tlength\teff_length\test_counts\ttpm\n" +
  ids.map((gene, index) =>
    `${gene}\t100\t90\t1\t${columns[sample][index + 1]}\n`
  ).join("");
const tissues = "sample_id,tissue\n" +
  columns.map((row) => `${row[0]},${row.at(-1)}\n`).join("");

const prepare = (
  files: Record<string, string>,
  flags: (folder: string) => Record<string, string>,
): Reading => ({
  stage: prepareStage as Stage,
  values: (folder) => ({ "min-expression": 0, ...flags(folder) }),
  files,
});

const readings: Readonly<Record<string, Reading>> = {
  "the matrix": prepare(
    { "m.csv": matrix },
    (folder) => ({ input: `${folder}/m.csv` }),
  ),
  "the sample sheet": prepare(
    { "s.csv": sheet, "m.csv": matrix },
    (folder) => ({ input: `${folder}/m.csv`, samples: `${folder}/s.csv` }),
  ),
  "the table of genes": prepare(
    { "f.csv": "gene,name\ng1,One\n", "m.csv": matrix },
    (folder) => ({ input: `${folder}/m.csv`, features: `${folder}/f.csv` }),
  ),
  "the tissues to merge": prepare(
    { "t.csv": "from,to\nleaf,leaves\n", "m.csv": matrix },
    (folder) => ({
      input: `${folder}/m.csv`,
      "merge-labels": `${folder}/t.csv`,
    }),
  ),
  "a sample's file in a folder": prepare(
    {
      "all/s3/abundance.tsv": kallisto(3),
      ...Object.fromEntries(
        columns.map((_, sample) => [
          `all/s${sample}/abundance.tsv`,
          kallisto(sample),
        ]),
      ),
      "s.csv": tissues,
    },
    (folder) => ({
      input: `${folder}/all`,
      samples: `${folder}/s.csv`,
      label: "tissue",
    }),
  ),
  "the names beside a matrix": prepare(
    {
      "genes.tsv": ids.map((id) => `${id}\n`).join(""),
      "barcodes.tsv": columns.map(([id]) => `${id}\n`).join(""),
      "matrix.mtx": `%%MatrixMarket matrix array integer general\n4 24\n${
        columns.map((row) => row.slice(1, -1).join("\n")).join("\n")
      }\n`,
      "s.csv": tissues,
    },
    (folder) => ({
      input: `${folder}/matrix.mtx`,
      samples: `${folder}/s.csv`,
      label: "tissue",
    }),
  ),
  "a gene set": {
    stage: defineStage({
      module: import.meta.url,
      name: "sets",
      summary: "",
      needs: [],
      parameters: { sets: list("FILE", "") } as Parameters,
      async run(context) {
        const genes = GENES;
        const geneFacts = GENES.map(() => ({ name: null, description: null }));
        await userFilesMethod.select({ genes, geneFacts } as Partial<
          Dataset
        > as Dataset, {
          ...context,
          earlier: [],
        } as unknown as GeneSetContext);
        return { verdict: "" };
      },
    }),
    values: (folder) => ({ sets: [`${folder}/set.txt`] }),
    files: { "set.txt": GENES.slice(0, 9).join("\n") + "\n" },
  },
  "the known genes": {
    stage: {
      ...genesetsStage,
      needs: [],
      parameters: { truth: text("", "FILE", "") } as Parameters,
      async run(context) {
        await using run = await MadeRun.make();
        return await genesetsStage.run({
          ...await run.context("genesets", {
            truth: String(context.parameters.truth),
            top: 5,
            halves: 0,
            shuffles: 0,
            methods: ["none"],
            trees: 1,
            "tree-rounds": 1,
            "specific-factor": 2,
            core: ["none"],
          }),
          userInput: context.userInput,
        });
      },
    },
    values: (folder) => ({ truth: `${folder}/truth.csv` }),
    files: {
      "truth.csv": "gene,tissue\n" +
        TISSUES.map((tissue, index) => `${GENES[4 * index]},${tissue}\n`)
          .join(""),
    },
  },
};

/** Runs the stage on its files. */
async function read({ stage, values }: Reading, folder: string) {
  const own = `${folder}/run/${stage.name}`;
  await Deno.mkdir(own, { recursive: true });
  return await runStage(
    {
      pipeline: fakePipeline([]),
      runFolder: `${folder}/run`,
      stage,
      values: withDefaults(stage.parameters, values(folder)),
      settings: { seed: 42, backend: "cpu", threads: 1 },
      backendRequested: "cpu",
      code: "",
    },
    {
      path: own,
      writeBeside: () => Promise.resolve(),
      files: () => Promise.resolve([]),
    },
    { progress: silentProgress },
  );
}

/**
 * Changes a file when it has been opened so many times.
 *
 * @returns Whether it was.
 */
async function changing(
  path: string,
  opened: number,
  change: () => Promise<void>,
  work: () => Promise<void>,
): Promise<boolean> {
  const { open } = Deno;
  let times = 0;
  Deno.open = async (...request) => {
    const file = await open(...request);
    if (request[0] === path && ++times === opened) await change();
    return file;
  };
  try {
    await work();
  } finally {
    Deno.open = open;
  }
  return times >= opened;
}

/** Writes other bytes of the same length, and sets the time back. */
async function rewrite(path: string, text: string): Promise<void> {
  const { atime, mtime } = await Deno.stat(path);
  const other = /\d/.test(text)
    ? text.replace(/\d(?=\D*$)/, (digit) => `${9 - Number(digit)}`)
    : text.replace(/\w(?=\W*$)/, "x");
  await Deno.writeTextFile(path, other);
  await Deno.utime(path, atime!, mtime!);
}

for (const [what, reading] of Object.entries(readings)) {
  Deno.test(`${what}: whenever it is changed, no wrong hash is recorded`, () =>
    withFolder(async (folder) => {
      const [file, content] = Object.entries(reading.files)[0];
      const path = `${folder}/${file}`;
      for (let opened = 1; true; opened++) {
        for (const [name, text] of Object.entries(reading.files)) {
          await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
          await Deno.writeTextFile(`${folder}/${name}`, text);
        }
        let isRefused = false;
        const isChanged = await changing(
          path,
          opened,
          () => rewrite(path, content),
          async () => {
            try {
              const { record } = await read(reading, folder);
              const now = hashText(await Deno.readTextFile(path));
              assert.ok(Object.values(record.inputs).includes(now));
            } catch (error) {
              if (!(error instanceof RunError)) throw error;
              assert.equal(
                error.message,
                `Cannot finish ${reading.stage.name}: ${path} was changed ` +
                  "while it was read",
              );
              isRefused = true;
            }
          },
        );
        if (!isChanged) {
          assert.equal(isRefused, false);
          assert.ok(opened > 3, "it is hashed, read and hashed again");
          break;
        }
        // First it is hashed: nothing is read yet.
        if (opened > 1) assert.ok(isRefused, `changed at ${opened}`);
      }
    }));
}

const changes: Readonly<Record<string, (path: string) => Promise<void>>> = {
  "appended to": (path) =>
    Deno.writeTextFile(path, "s24,1,2,3,4,leaf\n", { append: true }),
  replaced: async (path) => {
    await Deno.writeTextFile(`${path}.new`, matrix);
    await Deno.rename(`${path}.new`, path);
  },
  removed: (path) => Deno.remove(path),
  "written half": (path) => Deno.writeTextFile(path, matrix.slice(0, 150)),
  "changed there and back": async (path) => {
    await Deno.writeTextFile(path, "other");
    await Deno.writeTextFile(path, matrix);
  },
};

for (const [how, change] of Object.entries(changes)) {
  Deno.test(`a matrix that is ${how} while it is read is refused`, () =>
    withFolder(async (folder) => {
      const path = `${folder}/m.csv`;
      // It is hashed, and then read.
      for (const opened of [2, 3, 4]) {
        await Deno.writeTextFile(path, matrix);
        await Deno.utime(path, 1, 1);
        const isChanged = await changing(
          path,
          opened,
          () => change(path),
          () =>
            assert.rejects(
              read(readings["the matrix"], folder),
              (error) =>
                error instanceof RunError &&
                /m\.csv was changed while it was read$/.test(error.message),
            ),
        );
        assert.ok(isChanged);
      }
    }));
}

const harmless: Readonly<Record<string, (path: string) => Promise<void>>> = {
  "backed up by a hard link": (path) => Deno.link(path, `${path}.backup`),
  "made readable to others": (path) => Deno.chmod(path, 0o644),
};

for (const [how, change] of Object.entries(harmless)) {
  Deno.test({
    name: `a matrix that is ${how} while it is read is the same`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withFolder(async (folder) => {
        const path = `${folder}/m.csv`;
        await Deno.writeTextFile(path, matrix);
        await Deno.chmod(path, 0o600);
        const isChanged = await changing(
          path,
          2,
          () => change(path),
          async () => {
            const { record } = await read(readings["the matrix"], folder);
            assert.equal(record.inputs["input:m.csv"], hashText(matrix));
          },
        );
        assert.ok(isChanged);
      }),
  });
}

Deno.test("a file whose times have not changed for long is read once only", () =>
  withFolder(async (folder) => {
    const path = `${folder}/m.csv`;
    await Deno.writeTextFile(path, matrix);
    const { open } = Deno;
    const { now } = Date;
    let reads = 0;
    Deno.open = async (...request) => {
      const file = await open(...request);
      const { read } = file;
      file.read = (bytes) => {
        reads++;
        return read.call(file, bytes);
      };
      return file;
    };
    /** How often the file is read to find that it has not changed. */
    const readsLater = async () => {
      const files = new UserFiles("prepare");
      await files.note(path);
      reads = 0;
      await files.refuseChanged();
      return reads;
    };
    try {
      assert.ok(await readsLater() > 0);
      Date.now = () => now() + 100_000;
      assert.equal(await readsLater(), 0);
      const files = new UserFiles("prepare");
      await files.note(path);
      // Deno tells the time of a change in whole seconds.
      await new Promise((done) => setTimeout(done, 1100));
      await rewrite(path, matrix);
      await assert.rejects(files.refuseChanged(), /was changed while/);
    } finally {
      Deno.open = open;
      Date.now = now;
    }
  }));

Deno.test("a file that comes into the folder while it is read is refused", () =>
  withFolder(async (folder) => {
    const reading = readings["a sample's file in a folder"];
    for (const [name, text] of Object.entries(reading.files)) {
      await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    await changing(
      `${folder}/all/s3/abundance.tsv`,
      2,
      () => Deno.writeTextFile(`${folder}/all/new.txt`, ""),
      () =>
        assert.rejects(
          read(reading, folder),
          /all was changed while it was read$/,
        ),
    );
  }));
