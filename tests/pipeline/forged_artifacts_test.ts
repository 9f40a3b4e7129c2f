/** A run whose files were changed under sealed records ends in a clear error. */

import assert from "node:assert/strict";
import { InputError, RunError } from "../../lib/cli/errors.ts";
import { silentProgress } from "../../lib/cli/progress.ts";
import { reportError } from "../../lib/pipeline/report_error.ts";
import { readRequest } from "../../lib/pipeline/request.ts";
import { StageFailure } from "../../lib/pipeline/stage_failure.ts";
import { runStage } from "../../lib/pipeline/stage_context.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { clearCheckpoints } from "../../lib/store/checkpoint_store.ts";
import { readRecord, stageInputs } from "../../lib/store/record.ts";
import { copySmallRun } from "../scripts/small_run.ts";
import { withFolder } from "./fake_pipeline.ts";
import { forge, forgeriesOf, type Forgery } from "./forgery.ts";

/** One of so many changes is tried: all of them would take some minutes. */
const EACH = 37;

/** Milliseconds that a stage of this small run may take. */
const ONE = 15_000;

/** What no message may say: it would be of the program and not of the file. */
const OF_THE_PROGRAM =
  /undefined|not iterable|not a function|Invalid array|of null|(?<!the loss is )NaN/;

/** A file, and the stages that read it. */
interface ReadFile {
  readonly file: string;
  readonly readers: readonly string[];
}

async function filesRead(run: string): Promise<ReadFile[]> {
  const readers = new Map<string, string[]>();
  for (const { name } of pipeline.stages) {
    const record = await readRecord(run, name);
    if (record === undefined) continue;
    for (const [file] of stageInputs(record)) {
      if (file.includes("stage.json")) continue;
      readers.set(file, [...readers.get(file) ?? [], name]);
    }
  }
  return [...readers].map(([file, readers]) => ({ file, readers }));
}

/** Runs a stage on the run, and writes nowhere else than to `scratch`. */
async function readBy(
  stage: string,
  run: string,
  scratch: string,
): Promise<string> {
  const args = ["--run", run, "--threads", "1"];
  const request = await readRequest(pipeline, stage, args);
  const own = `${scratch}/${stage}`;
  await Deno.mkdir(own, { recursive: true });
  try {
    await runStage(
      request!.stages[0],
      {
        path: own,
        writeBeside: (name, text) => Deno.writeTextFile(`${own}/${name}`, text),
        files: () => Promise.resolve([]),
      },
      { progress: silentProgress },
    );
    return "";
  } catch (error) {
    const lines: string[] = [];
    const failed = { command: stage, args, request };
    const say = (line: string) => void lines.push(line);
    reportError(new StageFailure(stage, error), failed, { out: say, err: say });
    const said = lines.join("\n");
    assert.ok(
      error instanceof InputError || error instanceof RunError ||
        /a fault of this program, or a file of .* changed by hand/.test(said),
      said,
    );
    if (error instanceof InputError || error instanceof RunError) {
      assert.doesNotMatch(said, OF_THE_PROGRAM);
    }
    return said;
  } finally {
    await clearCheckpoints(run, stage);
    await Deno.remove(own, { recursive: true });
  }
}

/** Gives a test a file as it is changed, and puts it back. */
async function withForged(
  run: string,
  file: string,
  forgery: Forgery,
  test: () => Promise<void>,
): Promise<void> {
  const touched = [`${run}/${file}`, `${run}/${file.split("/")[0]}/stage.json`];
  const before = await Promise.all(touched.map((path) => Deno.readFile(path)));
  try {
    await forge(run, file, forgery);
    await test();
  } finally {
    for (const [index, path] of touched.entries()) {
      await Deno.writeFile(path, before[index]);
    }
  }
}

Deno.test("whatever a file holds, its reader says what is wrong or takes it", () =>
  withFolder(async (folder) => {
    const { run } = await copySmallRun(folder);
    const cases: (() => Promise<void>)[] = [];
    for (const { file, readers } of await filesRead(run)) {
      let turn = 0;
      for (const [how, forgery] of await forgeriesOf(`${run}/${file}`)) {
        // Each stage that reads the file gets its turn.
        const reader = readers[turn++ % readers.length];
        cases.push(() =>
          withForged(run, file, forgery, async () => {
            const start = performance.now();
            try {
              await readBy(reader, run, folder);
            } catch (error) {
              throw new Error(`${file}, ${how}, read by ${reader}`, {
                cause: error,
              });
            }
            const took = performance.now() - start;
            assert.ok(took < ONE, `${file}, ${how}, ${reader}: ${took} ms`);
          })
        );
      }
    }
    assert.ok(cases.length > 10 * EACH, "there are files to change");
    for (let index = 0; index < cases.length; index += EACH) {
      await cases[index]();
    }
  }));

const refusals: readonly (readonly [
  file: string,
  how: string,
  stage: string,
  message: RegExp,
])[] = [
  ["cnn/networks.csv", "no rows", "checks", /must list each network once/],
  ["cnn/networks.csv", "rows doubled", "shap", /must list each network once/],
  ["cnn/model.json", "other texts", "shap", /its tissue 1 is 'x' and should/],
  ["cnn/model.json", "other texts", "checks", /its tissue 1 is 'x' and should/],
  ["prepare/samples.csv", 'tissue as "x"', "checks", /is not in the prepared/],
  ["prepare/samples.csv", "all sample_id s1", "clusters", /does not belong/],
  ["prepare/genes.csv", "all gene g1", "genesets", /must be there once/],
  ["prepare/folds.csv", "no rows", "cnn", /has no fold and must have/],
  ["prepare/folds.csv", "a row dropped", "cnn", /must have a part for sample/],
  ["prepare/folds.csv", "rows doubled", "cnn", /must have one part for sample/],
  ["prepare/folds.csv", 'fold as "1000000000000"', "cnn", /does not belong to/],
  ["prepare/folds.csv", "all split test", "cnn", /must have a training sample/],
  [
    "prepare/expression.npy",
    "not a number",
    "ttest",
    /must be a finite number/,
  ],
  [
    "checks/checks.json",
    "lists emptied",
    "report",
    /must hold the checks rerun/,
  ],
  ["ttest/ttest.json", "lists emptied", "report", /must hold a test, and each/],
  ["clusters/gene_sets.csv", "no rows", "report", /list the set of all genes/],
  ["clusters/scores.csv", "no rows", "report", /must hold scores of 'shap'/],
  ["cnn/metrics.json", "lists emptied", "report", /must be those of its/],
  ["cnn/metrics.json", "large numbers", "report", /must be those of its/],
];

for (const [file, how, stage, message] of refusals) {
  Deno.test(`${file}, ${how}: ${stage} says what should be`, () =>
    withFolder(async (folder) => {
      const { run } = await copySmallRun(folder);
      const forgery = (await forgeriesOf(`${run}/${file}`)).get(how);
      assert.ok(forgery !== undefined, how);
      await withForged(run, file, forgery, async () => {
        const said = await readBy(stage, run, folder);
        assert.match(said, message);
        assert.match(said, /\n {2}try: deno task .* --force$/);
      });
    }));
}
