/** The names beside a MatrixMarket file, of which the record says nothing. */

import assert from "node:assert/strict";
import { defineStage } from "../../../lib/pipeline/stage.ts";
import { readRawMatrix } from "../../../lib/prepare/input/read_raw_matrix.ts";
import { command, prepare, withFolder } from "../fake_pipeline.ts";
import { forge } from "./forge.ts";
import { verifiablePipeline, verify } from "./verifiable_run.ts";

/** Reads a matrix with the names beside it. */
const readMatrix = defineStage({
  ...prepare,
  async run(context) {
    const { input } = context.parameters;
    await context.userInput(input);
    const { rows, columns } = await readRawMatrix({ path: input }, {
      noteFile: (path) => context.userInput(path, { of: input }),
    });
    const names = [...rows.ids, ...columns.ids];
    await Deno.writeTextFile(
      `${context.folder}/kept.txt`,
      names.map((name) => name.length).join("\n"),
    );
    return { verdict: "read" };
  },
});

Deno.test("a file of names that the record does not list is not opened", () =>
  withFolder(async (folder) => {
    const { stages, ...rest } = verifiablePipeline();
    const pipeline = {
      ...rest,
      stages: stages.map((stage) =>
        stage.name === "prepare" ? readMatrix : stage
      ),
    } as ReturnType<typeof verifiablePipeline>;
    const data = `${folder}/data`;
    await Deno.mkdir(data);
    await Deno.writeTextFile(
      `${data}/matrix.mtx`,
      "%%MatrixMarket matrix array integer general\n1 2\n3\n4\n",
    );
    await Deno.writeTextFile(`${data}/genes.tsv`, "g1\n");
    await Deno.writeTextFile(`${data}/barcodes.tsv`, "s1\ns2\n");
    // Nobody reads these.
    await Deno.symlink("/dev/zero", `${data}/other.tsv`);
    const run = `${folder}/reports/r`;
    const line = `--run ${run} --input ${data}/matrix.mtx`;
    const made = await command("all", line, pipeline);
    assert.equal(made.status, 0, made.err);
    const verified = await verify(run, `--data ${data}`, pipeline);
    assert.equal(verified.status, 0, verified.all);

    const secret = `${folder}/secret.tsv`;
    await Deno.writeTextFile(secret, "hunter2secret\n");
    await Deno.remove(`${data}/genes.tsv`);
    await Deno.symlink(secret, `${data}/genes.tsv`);
    const { open } = Deno;
    const opened: string[] = [];
    Deno.open = (path, ...request) => {
      opened.push(String(path));
      return open(path, ...request);
    };
    try {
      const listed = await verify(run, `--data ${data}`, pipeline);
      assert.match(listed.err, /genes\.tsv leads out of the folders/);
      await forge(run, "prepare", ({ inputs }) => {
        delete inputs["input:matrix.mtx+genes.tsv"];
      });
      const { status, err } = await verify(run, `--data ${data}`, pipeline);
      assert.equal(status, 1);
      assert.match(err, /it would read \S+genes\.tsv, which its record does/);
    } finally {
      Deno.open = open;
    }
    assert.ok(opened.includes(`${data}/matrix.mtx`), `${opened}`);
    assert.ok(!opened.some((path) => /genes|secret/.test(path)), `${opened}`);
  }));
