/** Records that somebody has changed and sealed again. */

import assert from "node:assert/strict";
import { escapeControls } from "../../../lib/cli/text.ts";
import { VERSION } from "../../../lib/store/record.ts";
import { contentsOf, namesIn, withFolder } from "../fake_pipeline.ts";
import { forge, type Forgeable, forgeFile } from "./forge.ts";
import {
  addOn,
  verifiablePipeline,
  verify,
  WASM,
  WEBGPU,
  withRun,
} from "./verifiable_run.ts";

/** A stage's record as it was, whatever a test does to it. */
async function withRecord(
  run: string,
  stage: string,
  test: () => Promise<void>,
): Promise<void> {
  const path = `${run}/${stage}/stage.json`;
  const text = await Deno.readTextFile(path);
  await test();
  await Deno.remove(path);
  await Deno.writeTextFile(path, text);
}

type Change = (record: Forgeable) => void;

Deno.test("a value that no flag takes is refused before anything is made", () =>
  withRun(async (run, folder) => {
    const parameter = (name: string, value: unknown): Change => (record) => {
      record.parameters[name] = value;
    };
    const changes: [string, Change, RegExp][] = [
      [
        "simulate",
        parameter("size", 0),
        /the value of size is 0 and should be a whole/,
      ],
      [
        "simulate",
        parameter("size", 1e300),
        /the value of size is 1e\+300 and/,
      ],
      ["simulate", parameter("size", "x"), /the value of size is "x" and/],
      ["simulate", parameter("size", true), /the value of size is true and/],
      ["add", parameter("skip", "1,2"), /the value of skip is "1,2" and/],
      [
        "add",
        parameter("fail", "sometimes"),
        /the value of fail is .* one of no, throw/,
      ],
      ["add", parameter("\u001b[2J", 1), /no parameter '\\u\{1b\}\[2J'/],
      ["add", parameter("__proto__x", 1), /no parameter '__proto__x'/],
      [
        "add",
        ({ parameters }) => delete parameters.factor,
        /the parameter factor is missing/,
      ],
      [
        "add",
        ({ seeds }) => seeds.master = -1,
        /the value of seeds\.master is -1/,
      ],
      [
        "add",
        (record) => record.backend_requested = "gpu",
        /backend_requested is "gpu" and should be one of auto/,
      ],
      [
        "add",
        (record) => record.backend = "NVIDIA H200",
        /backend is 'NVIDIA H200', which is none/,
      ],
      ["add", (record) => record.version = "1\n2", /version is '1\\n2'/],
      [
        "add",
        ({ versions }) => versions.deno = "9 \u001b[8m",
        /the version of deno is '9 \\u\{1b\}\[8m'/,
      ],
      [
        "add",
        ({ versions }) => versions["\n"] = "1",
        /library's name is '\\n'/,
      ],
      ["add", (record) => record.code = "cc", /its code is 'cc'/],
    ];
    for (const [stage, change, expected] of changes) {
      await withRecord(run, stage, async () => {
        await forge(run, stage, change);
        const before = await contentsOf(folder);
        const { status, out, err } = await verify(run);
        assert.equal(status, 2, `${expected}`);
        assert.match(err, expected);
        assert.match(
          err,
          /^Cannot verify .*\n {2}try: deno task \w+ --run \S+$/,
        );
        assert.equal(out, "", `${expected}`);
        assert.deepEqual(await contentsOf(folder), before);
      });
    }
    assert.deepEqual(await namesIn(`${folder}/reports`), ["r"]);
  }));

Deno.test("a name of a file that is a path is refused", () =>
  withRun(async (run) => {
    for (
      const name of [
        ...["../../../../../dev/zero", "/dev/zero", "../prepare/kept.txt"],
        ...["a/../../b", ".hidden", "..", "../.lock", "a\\b"],
      ]
    ) {
      await withRecord(run, "add", async () => {
        await forge(
          run,
          "add",
          ({ outputs }) => outputs[name] = "0".repeat(64),
        );
        const { status, all } = await verify(run);
        assert.equal(status, 2, name);
        assert.ok(all.length < 500, all);
      });
    }
  }));

/** A test that reads what never ends would never end either. */
const SECONDS = 20;

Deno.test("a record that is no file of a run's is not read", () =>
  withRun(async (run, folder) => {
    const record = `${run}/add/stage.json`;
    const places: Record<string, () => Promise<unknown>> = {
      "a device": () => Deno.symlink("/dev/zero", record),
      "a link to a record": async () => {
        await Deno.writeTextFile(`${folder}/stage.json`, text);
        await Deno.symlink(`${folder}/stage.json`, record);
      },
      "a folder": () => Deno.mkdir(record),
    };
    const text = await Deno.readTextFile(record);
    for (const [what, make] of Object.entries(places)) {
      await Deno.remove(record);
      await make();
      const { status, err } = await inTime(verify(run));
      assert.equal(status, 2, what);
      assert.match(err, /^Cannot use .* should be a (file|folder)/, what);
    }
    await Deno.remove(record);
    await Deno.rename(`${run}/add`, `${folder}/add`);
    await Deno.symlink(`${folder}/add`, `${run}/add`);
    assert.equal((await inTime(verify(run))).status, 2);
  }));

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no end within ${SECONDS} s`)),
    SECONDS * 1000,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

Deno.test("a file of the run's that has no end is not read", () =>
  withRun(async (run, folder) => {
    const path = `${run}/add/sum.txt`;
    await Deno.rename(path, `${folder}/sum.txt`);
    for (const target of ["/dev/zero", `${folder}/sum.txt`, "nowhere"]) {
      await Deno.symlink(target, path);
      const { status, err } = await inTime(verify(run));
      assert.equal(status, 2, target);
      assert.match(err, /add\/sum\.txt is a link and should be a file/);
      await Deno.remove(path);
    }
    // Larger than any that the stage would make: it is not read through.
    using file = await Deno.open(path, { write: true, create: true });
    await file.truncate(2 ** 40);
    const { status, out } = await inTime(verify(run));
    assert.equal(status, 1);
    assert.match(out, /^add +sum\.txt +altered$/m);
  }));

Deno.test("a key that no record has is refused, whatever it holds", () =>
  withRun(async (run) => {
    for (const key of ["extra", "certified: p = 1e-30", "\u202e\n"]) {
      for (const value of [null, 1, "x"]) {
        await withRecord(run, "add", async () => {
          await forge(run, "add", (record) => record[key] = value);
          const { status, err } = await verify(run);
          assert.equal(status, 2);
          assert.match(err, /is not the record that the stage add wrote/);
        });
      }
    }
    const path = `${run}/add/stage.json`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, `\ufeff${text}`);
    assert.equal((await verify(run)).status, 2, "a byte-order mark");
  }));

Deno.test("a backend that was not asked for is refused", () =>
  withRun(async (run) => {
    await forge(run, "add", (record) => record.backend_requested = "webgpu");
    const { status, err } = await verify(run);
    assert.equal(status, 2);
    assert.match(err, /should be the one asked for, webgpu$/m);
  }));

Deno.test("each part of a record counts", () =>
  withRun(async (run) => {
    const hash = "0".repeat(64);
    const changes: [string, Change, string][] = [
      ["add", (record) => record.warnings = ["x"], "warnings"],
      ["add", (record) => record.warnings = ["\u001b[2Jx\n"], "warnings"],
      ["report", (record) => record.warnings = [], "warnings"],
      ["simulate", ({ seeds }) => seeds["simulate/numbers"] = 1, "seeds"],
      ["add", ({ seeds }) => seeds["add/other"] = 1, "seeds"],
      ["add", ({ inputs }) => inputs["prepare/kept.txt"] = hash, "inputs"],
      ["add", ({ inputs }) => inputs["input:x"] = hash, "inputs"],
      ["add", (record) => record.absent = ["prepare/x.csv"], "absent"],
      [
        "add",
        (record) => record.figures = [{ file: "sum.svg", caption: "a" }],
        "figures",
      ],
      ["prepare", (record) => record.backend = WASM, "backend"],
      ["add", (record) => record.backend = `${WASM}!`, "backend"],
      ["add", (record) => record.backend = WEBGPU, "backend"],
    ];
    for (const [stage, change, key] of changes) {
      await withRecord(run, stage, async () => {
        await forge(run, stage, change);
        const { status, out, err } = await verify(run);
        assert.equal(status, 1, `${key}: ${out}`);
        assert.match(
          out,
          new RegExp(`^${stage} +stage\\.json +altered record$`, "m"),
        );
        assert.match(err, new RegExp(`: the stage\\.json of ${stage} differs`));
        assert.ok(
          err.includes(`${stage}/stage.json was changed: ${key} is not`),
          err,
        );
        assertPlain(out + err);
      });
    }
  }));

/** Asserts that a terminal shows a text as it is. */
function assertPlain(text: string): void {
  const line = text.replaceAll("\n", "");
  assert.equal(escapeControls(line), line);
}

Deno.test("no name or text of a record reaches the terminal as it is", () =>
  withRun(async (run) => {
    const forged = `${run} is the same: all 7 files are equal`;
    const texts = [
      `\u001b[2J\u001b[H${forged}\u001b[8m`,
      `x\n${forged}`,
      `\u202e${forged}\u2028`,
    ];
    for (const text of texts) {
      const name = text.replaceAll("/", "_");
      await withRecord(run, "add", async () => {
        await forge(run, "add", (record) => record.warnings = [text]);
        await Deno.writeTextFile(`${run}/add/${name}`, "");
        await Deno.writeTextFile(`${run}/${name}`, "");
        const { status, all } = await verify(run);
        assert.equal(status, 1);
        assertPlain(all);
        assert.doesNotMatch(all, /^\S+ is the same/m);
        assert.match(all, /altered record/);
        assert.match(all, /no record lists \S/);
        for (const key of ["outputs", "inputs", "versions", "parameters"]) {
          await forge(run, "add", (record) => record[key][text] = "1");
          const forged = await verify(run);
          assert.equal(forged.status, 2);
          assertPlain(forged.all);
        }
        await Deno.remove(`${run}/add/${name}`);
        await Deno.remove(`${run}/${name}`);
      });
    }
  }));

Deno.test("a record that names a graphics card softens nothing", () =>
  withRun(async (run) => {
    const sum = await Deno.readTextFile(`${run}/add/sum.txt`);
    const other = (Number(sum) * 1.0005).toFixed(4);
    await forgeFile(run, "add", "sum.txt", other);
    await forge(run, "add", (record) => record.backend = WEBGPU);
    const forged = await verify(run);
    assert.equal(forged.status, 1);
    assert.match(forged.out, /^add +sum\.txt +different$/m);
    assert.match(forged.out, /^add +stage\.json +altered record$/m);
    // A stage without arithmetic has none that could round differently.
    await forge(run, "add", (record) => record.backend = WASM);
    await forgeFile(run, "prepare", "kept.txt", "1\n2\n3\n4\n5.0001");
    await forge(run, "prepare", (record) => record.backend = WEBGPU);
    const without = await verify(run);
    assert.equal(without.status, 1);
    assert.match(without.out, /^prepare +kept\.txt +different$/m);
    // Nor does the record of a wasm run count if it is made on a card.
    await forge(run, "prepare", (record) => record.backend = null);
    const card = verifiablePipeline(addOn(WEBGPU));
    assert.match(
      (await verify(run, "", card)).out,
      /^add +sum\.txt +different$/m,
    );
  }));

Deno.test("two graphics cards may round differently, and are told", () =>
  withRun(async (run) => {
    // The report has no such numbers, so it is left out.
    await Deno.remove(`${run}/report`, { recursive: true });
    await Deno.remove(`${run}/report.md`);
    await Deno.remove(`${run}/name.md`);
    const other = WEBGPU.replace("llvmpipe", "NVIDIA H200");
    const { status, out, err } = await verify(
      run,
      "",
      verifiablePipeline(addOn(other, 0.0001)),
    );
    assert.equal(status, 1);
    assert.match(out, /^add +sum\.txt +close$/m);
    assert.match(out, /add was computed on .*llvmpipe, and now on .*H200\./);
    assert.match(
      err,
      /^\S+ is not finished: report has not run; what is there is the same$/,
    );
    const far = await verify(run, "", verifiablePipeline(addOn(other, 5)));
    assert.match(far.out, /^add +sum\.txt +different$/m);
    assert.match(
      far.err,
      /graphics cards round differently: it was .*llvmpipe/,
    );
  }, { pipeline: verifiablePipeline(addOn(WEBGPU)) }));

Deno.test("a file that follows from another one does not alter a record", () =>
  withRun(async (run) => {
    const { out, status } = await verify(
      run,
      "",
      verifiablePipeline(addOn(WASM, 3)),
    );
    assert.equal(status, 1);
    assert.match(out, /^add +sum\.txt +different$/m);
    assert.match(out, /^report +\.\.\/report\.md +different$/m);
    assert.doesNotMatch(out, /altered record/);
  }));

Deno.test("another program is told and lets the run pass, a contradiction does not", () =>
  withRun(async (run) => {
    const code = "c".repeat(64);
    const passes: [Change, RegExp][] = [
      // A release may change nothing else.
      [
        (record) => record.version = `${VERSION}.1`,
        /another program: this program \S+\.1 -> \S+\.$/m,
      ],
      [
        ({ versions }) => versions.deno = "2.0.0",
        /another program: deno 2\.0\.0 -> \S+\.$/m,
      ],
      [
        (record) => record.code = code,
        /: the code of add was changed since\.$/m,
      ],
      [
        (record) => {
          record.code = code;
          record.version = "0.0.1";
          record.versions["@tensorflow/tfjs-core"] = "0.1.0";
        },
        /another program: this program 0\.0\.1 -> \S+; @tensorflow\/tfjs-core 0\.1\.0 -> \S+; the code of add was/,
      ],
    ];
    for (const [change, expected] of passes) {
      await withRecord(run, "add", async () => {
        await forge(run, "add", change);
        const { status, out, err } = await verify(run);
        assert.equal(status, 0, err);
        assert.match(out, /is the same: all 7 files/);
        assert.match(out, expected);
      });
    }
    const contradictions: [Change, string][] = [
      [
        ({ versions }) => versions["@tensorflow/tfjs-core"] = "0.1.0",
        "versions",
      ],
      [({ versions }) => versions.other = "1.0.0", "versions"],
    ];
    for (const [change, key] of contradictions) {
      await withRecord(run, "add", async () => {
        await forge(run, "add", change);
        const { status, err } = await verify(run);
        assert.equal(status, 1);
        assert.ok(err.includes(`add/stage.json was changed: ${key} is not`));
      });
    }
  }));

Deno.test("a record that somebody changed without its seal is none", () =>
  withFolder((folder) =>
    withRun(async (run) => {
      const path = `${run}/add/stage.json`;
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(
        path,
        text.replace(`"factor": 2`, `"factor": 3`),
      );
      const { status, err } = await verify(run);
      assert.equal(status, 2);
      assert.match(err, /is not the record that the stage add wrote/);
      assert.match(err, /try: deno task add --run \S+\/r$/);
      assert.deepEqual(await namesIn(folder), []);
    })
  ));
