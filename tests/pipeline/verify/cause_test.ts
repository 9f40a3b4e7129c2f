import assert from "node:assert/strict";
import {
  describeVersions,
  type StageRecord,
  VERSION,
} from "../../../lib/store/record.ts";
import { likelyCause } from "../../../lib/pipeline/verify/cause.ts";
import { compareStage } from "../../../lib/pipeline/verify/compare.ts";
import { hashText } from "../../../lib/store/hash.ts";
import { withFolder } from "../fake_pipeline.ts";

const RECORD: StageRecord = {
  stage: "cnn",
  version: VERSION,
  code: "cc",
  parameters: {},
  seeds: { master: 42 },
  backend: "tfjs-backend-wasm 4.22.0, SIMD",
  backend_requested: "auto",
  versions: describeVersions(),
  inputs: { "prepare/genes.csv": "aa" },
  absent: [],
  warnings: [],
  figures: [],
  outputs: {},
};
const DIFFERENT = [{
  stage: "cnn",
  file: "weights.bin",
  outcome: "different",
}] as const;

const causeOf = (then: Partial<StageRecord>, now: Partial<StageRecord> = {}) =>
  likelyCause(
    DIFFERENT,
    [],
    { ...RECORD, ...then },
    { ...RECORD, ...now },
    "cc",
    "reports/x",
  );

Deno.test("the likeliest cause is named", () => {
  assert.equal(
    causeOf({ version: "0.0.9" }),
    `other versions: this program 0.0.9 -> ${VERSION}`,
  );
  const older = { ...RECORD.versions, deno: "2.0.0" };
  assert.equal(
    causeOf({ versions: older }),
    `other versions: deno 2.0.0 -> ${Deno.version.deno}`,
  );
  assert.match(
    causeOf({}, { inputs: { "prepare/genes.csv": "bb" } }),
    /cnn was made from another state of prepare\/genes\.csv/,
  );
  assert.match(
    causeOf(
      { backend: "tfjs-backend-webgpu 4.22.0, NVIDIA H200" },
      { backend: "tfjs-backend-webgpu 4.22.0, llvmpipe" },
    ),
    /graphics cards round differently: it was .+, NVIDIA H200 and is .+, llvmpipe/,
  );
  assert.equal(causeOf({ code: "dd" }), "the code of cnn was changed");
  assert.match(causeOf({}), /this machine computes differently/);
});

Deno.test("each kind of difference has its own word", () =>
  withFolder(async (folder) => {
    const texts = { "a.csv": "x\n1.00\n", "b.csv": "y\n", "c.csv": "z\n" };
    const [run, scratch] = [`${folder}/run`, `${folder}/scratch`];
    for (const place of [run, scratch]) {
      await Deno.mkdir(`${place}/cnn`, { recursive: true });
    }
    const outputs: Record<string, string> = {};
    for (const [name, text] of Object.entries(texts)) {
      await Deno.writeTextFile(`${run}/cnn/${name}`, text);
      outputs[name] = hashText(text);
    }
    outputs["large.bin"] = "not in this folder";
    outputs["small.csv"] = "not in this folder";
    await Deno.writeTextFile(`${scratch}/cnn/a.csv`, "x\n1.00001\n");
    const made = {
      "a.csv": hashText("x\n1.00001\n"),
      "b.csv": outputs["b.csv"],
      "large.bin": outputs["large.bin"],
      "small.csv": outputs["small.csv"],
      "new.csv": "dd",
    };
    await Deno.writeTextFile(`${run}/cnn/b.csv`, "changed\n");
    const compare = async (then: string, now = then) =>
      (await compareStage(
        { ...RECORD, backend: then, outputs },
        { ...RECORD, backend: now, outputs: made },
        run,
        scratch,
      )).map(({ file, outcome }) => `${file} ${outcome}`);
    const rest = [
      "b.csv altered",
      "c.csv gone",
      "large.bin absent, as recorded",
      "new.csv new",
      "small.csv missing",
    ];
    assert.deepEqual(
      await compare("tfjs-backend-wasm 4.22.0, SIMD"),
      ["a.csv different", ...rest],
    );
    assert.deepEqual(
      await compare("tfjs-backend-webgpu 4.22.0, llvmpipe"),
      ["a.csv close", ...rest],
    );
    assert.deepEqual(
      await compare(
        "tfjs-backend-webgpu 4.22.0, llvmpipe",
        "tfjs-backend-wasm 4.22.0, SIMD",
      ),
      ["a.csv different", ...rest],
    );
  }));
