/** The graphics card and the processor make the same predictions. */

import assert from "node:assert/strict";
import { parseRows } from "../tables.ts";
import { whySkipped } from "../backends.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript } from "./run_script.ts";

const simulated =
  "--simulate.samples 36 --simulate.genes 64 --simulate.tissues 3 --simulate.planted 5 --simulate.studies 3"
    .split(" ");
const trained = "--width 0.1 --epochs 2".split(" ");

/** Probabilities are float32 sums in another order on each backend. */
const TOLERANCE = 1e-3;

const skipped = whySkipped("webgpu");

Deno.test({
  name: "--backend webgpu and --backend wasm predict the same" +
    (skipped ? ` (skipped: ${skipped})` : ""),
  ignore: skipped !== undefined,
  fn: () =>
    withFolder(async (folder) => {
      const devices: string[] = [];
      const predict = async (backend: string) => {
        const run = `${folder}/${backend}`;
        const where = ["--run", run];
        for (
          const [task, ...flags] of [
            [
              "simulate",
              ...simulated.map((word) => word.replace("--simulate.", "--")),
            ],
            ["prepare"],
            ["cnn", ...trained, "--backend", backend],
          ] as ["simulate" | "prepare" | "cnn", ...string[]][]
        ) {
          const { code, err } = await runScript(
            folder,
            task,
            ...where,
            ...flags,
          );
          assert.equal(code, 0, err);
        }
        const record = JSON.parse(
          await Deno.readTextFile(`${run}/cnn/stage.json`),
        );
        assert.equal(record.backend_requested, backend);
        devices.push(record.backend);
        return parseRows(
          await Deno.readTextFile(`${run}/cnn/predictions.csv`),
        );
      };
      const card = await predict("webgpu");
      const processor = await predict("wasm");
      assert.notEqual(devices[0], devices[1]);
      assert.equal(card.length, 36);
      assert.ok(new Set(processor.map((row) => row.probability)).size > 1);
      card.forEach((row, index) => {
        const other = processor[index];
        const context = JSON.stringify([row, other]);
        assert.equal(row.sample_id, other.sample_id, context);
        assert.equal(row.predicted, other.predicted, context);
        const gap = Math.abs(
          Number(row.probability) - Number(other.probability),
        );
        assert.ok(gap <= TOLERANCE, context);
      });
    }),
});
