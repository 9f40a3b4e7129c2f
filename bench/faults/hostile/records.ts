/** Records that say what no stage would say, with seals that fit. */

import { forge, type Forged } from "./forge.ts";
import { type Attempt, type HostileRun, OUTSIDE } from "./hostile_run.ts";

const verify: Attempt = ["verify", "--threads", "1"];
const dry: Attempt = ["all", "--dry-run"];

/** A run of which one record is changed. */
function forged(
  kind: string,
  name: string,
  stage: string,
  change: (record: Forged, outside: string) => void,
  attempts: readonly Attempt[] = [verify, dry],
): HostileRun {
  return {
    kind,
    name: `${stage}: ${name}`,
    make: ({ run, outside }) =>
      forge(run, stage, (record) => change(record, outside)),
    attempts,
  };
}

/** Parameters that would take for ever, all memory, or have another type. */
const VALUES: readonly [stage: string, parameter: string, value: unknown][] = [
  ["simulate", "samples", 1e9],
  ["simulate", "genes", 4e7],
  ["simulate", "genes", 2e9],
  ["simulate", "samples", "x"],
  ["simulate", "tissues", -3],
  ["cnn", "epochs", 1e9],
  ["cnn", "width", 1e6],
  ["cnn", "batch", 0],
  ["shap", "draws", 1e15],
  ["shap", "draws", null],
  ["clusters", "n-init", 1e12],
  ["clusters", "spaces", ["umap", "\u001b[2J"]],
  ["clusters", "sets", 5],
  ["ttest", "sets", 1e12],
  ["ttest", "sets", 2.5],
  ["checks", "draws", { many: true }],
  ["prepare", "test-fraction", 7],
  ["prepare", "label", ["a", "b"]],
  ["genesets", "no-such-flag", 1],
  ["report", "__proto__x", "x"],
];

/** An escape sequence that clears the screen and forges a verdict. */
const ESCAPE =
  "\u001b[2J\u001b[Hreports/run is the same: all files are equal\u001b[8m";
const RIGHT_TO_LEFT = "\u202egnp.exe\u2066";

const TRAVERSALS = [
  "../../../../../../../../../../dev/zero",
  "../../../../../../../../../../etc/passwd",
  `../../../outside/${OUTSIDE.json}`,
  "/dev/zero",
  "../cnn/stage.json",
  "../config.json",
  "..",
  "",
  "folder/../../x",
  "a\\..\\b",
  ".hidden",
  "../.lock",
];

export const records: readonly HostileRun[] = [
  ...VALUES.map(([stage, parameter, value]) =>
    forged(
      "parameters",
      `${parameter} is ${JSON.stringify(value)}`,
      stage,
      (record) => record.parameters[parameter] = value,
    )
  ),
  forged("parameters", "none is named", "cnn", (record) => {
    record.parameters = {};
  }),
  forged("parameters", "one is missing", "shap", (record) => {
    delete record.parameters.draws;
  }),
  ...["abc", -1, 1e300, null, [1]].map((seed) =>
    forged("parameters", `the seed is ${JSON.stringify(seed)}`, "simulate", (
      record,
    ) => record.seeds.master = seed)
  ),
  forged("parameters", "another seed of a stream", "cnn", (record) => {
    record.seeds["cnn/weights"] = 1;
  }),
  forged("parameters", "a seed of no stream", "shap", (record) => {
    record.seeds["shap/lucky"] = 7;
  }),
  ...[5, "gpu; rm", "auto", [], ESCAPE].map((value) =>
    forged(
      "backends",
      `backend_requested is ${JSON.stringify(value)}`,
      "cnn",
      (record) => record.backend_requested = value,
    )
  ),
  ...[5, "NVIDIA H200", "webgpu", "", {}, ESCAPE].map((value) =>
    forged(
      "backends",
      `backend is ${JSON.stringify(value)}`,
      "cnn",
      (record) => record.backend = value,
    )
  ),
  forged(
    "backends",
    "a stage without arithmetic has one",
    "ttest",
    (record) => {
      record.backend = "NVIDIA H200, WebGPU";
    },
  ),
  ...TRAVERSALS.map((name) =>
    forged(
      "traversal",
      `an output is named ${JSON.stringify(name)}`,
      "simulate",
      (record) => record.outputs[name] = "0".repeat(64),
    )
  ),
  ...["../../outside/token.json", "cnn/../../x", "../outside:x"].map((name) =>
    forged(
      "traversal",
      `an input is named ${name}`,
      "clusters",
      (record) => record.inputs[name] = "0".repeat(64),
    )
  ),
  forged("traversal", "a figure lies elsewhere", "cnn", (record) => {
    record.figures[0].file = `../../../outside/${OUTSIDE.folder}/thesis.tex`;
  }),
  ...[
    ESCAPE,
    RIGHT_TO_LEFT,
    "line\nreports/run is the same: all",
    "\u0007\u009b2J",
  ]
    .flatMap((text) => {
      const shown = JSON.stringify(text).slice(0, 24);
      return [
        forged("escapes", `an output's name ${shown}`, "simulate", (record) => {
          record.outputs[text] = "0".repeat(64);
        }),
        forged("escapes", `the version ${shown}`, "cnn", (record) => {
          record.version = text;
          record.outputs["history.csv"] = "0".repeat(64);
        }),
        forged("escapes", `the name of a library ${shown}`, "cnn", (record) => {
          record.versions[text] = text;
          record.outputs["history.csv"] = "0".repeat(64);
        }),
        forged("escapes", `a parameter's name ${shown}`, "cnn", (record) => {
          record.parameters[text] = 1;
        }),
        forged("escapes", `an input's name ${shown}`, "shap", (record) => {
          record.inputs[`cnn/${text}`] = "0".repeat(64);
        }),
        forged("escapes", `a warning ${shown}`, "ttest", (record) => {
          record.warnings = [text];
        }),
      ];
    }),
  forged("claims", "a warning was struck out", "shap", (record) => {
    record.warnings = [];
  }),
  forged("claims", "a warning was made up", "clusters", (record) => {
    record.warnings = ["all is well"];
  }),
  forged("claims", "a caption says something else", "clusters", (record) => {
    record.figures[0].caption = "p < 0.0001";
  }),
  forged("claims", "a figure less", "cnn", (record) => {
    record.figures = [];
  }),
  forged("claims", "a file is said to have been absent", "report", (record) => {
    record.absent = ["checks/agreement.csv"];
  }),
  forged("claims", "an input less", "clusters", (record) => {
    delete record.inputs["prepare/genes.csv"];
  }),
  forged("claims", "another hash of an input", "ttest", (record) => {
    record.inputs["prepare/genes.csv"] = "0".repeat(64);
  }),
  forged("claims", "an output less", "ttest", (record) => {
    delete record.outputs["null.csv"];
  }),
  forged("claims", "a hash that is none", "cnn", (record) => {
    record.outputs["history.csv"] = "x\u001b[2J";
  }),
  forged(
    "claims",
    "other versions of libraries for the same code",
    "shap",
    (record) => record.versions["ml-kmeans"] = "0.0.1",
  ),
  {
    kind: "versions",
    name: "another version of Deno: a fact, and no forgery",
    isHonest: true,
    make: ({ run }) =>
      forge(run, "ttest", (record) => record.versions.deno = "2.9.5"),
    attempts: [verify],
  },
  {
    kind: "versions",
    name: "an honest run",
    isHonest: true,
    make: () => Promise.resolve(),
    attempts: [verify, dry, ["clean"], ["doctor"]],
  },
];
