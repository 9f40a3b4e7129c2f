/** Files of a run that were left out, added or made up. */

import { RECORD_FILE } from "../../../lib/store/record.ts";
import { pipeline } from "../../../lib/pipeline/stages.ts";
import { fitRecords, forge, forgeFile } from "./forge.ts";
import {
  type Attempt,
  type HostilePlace,
  type HostileRun,
  makeLink,
  OUTSIDE,
} from "./hostile_run.ts";

const verify: Attempt = ["verify", "--threads", "1"];

function contents(
  kind: string,
  name: string,
  make: (place: HostilePlace) => Promise<unknown>,
  attempts: readonly Attempt[] = [verify],
): HostileRun {
  return { kind, name, make, attempts };
}

/** Removes stages from a run. */
async function without({ run }: HostilePlace, ...stages: string[]) {
  for (const stage of stages) {
    await Deno.remove(`${run}/${stage}`, { recursive: true });
  }
}

/** Changes the values that a run remembers. */
async function remember(
  run: string,
  // deno-lint-ignore no-explicit-any
  change: (config: any) => void,
): Promise<void> {
  const path = `${run}/config.json`;
  const config = JSON.parse(await Deno.readTextFile(path));
  change(config);
  await Deno.writeTextFile(path, JSON.stringify(config));
}

const missing: HostileRun[] = [
  contents("missing", "a forged report without its stage", async (place) => {
    await without(place, "report");
    await Deno.writeTextFile(`${place.run}/report.md`, "p < 0.0001\n");
  }),
  contents("missing", "only the simulation is left", (place) =>
    without(
      place,
      ...pipeline.stages.slice(1).map(({ name }) => name),
    )),
  contents(
    "missing",
    "the last stages are gone",
    (place) => without(place, "checks", "report"),
  ),
  contents(
    "missing",
    "a stage in the middle is gone",
    (place) => without(place, "genesets"),
  ),
  contents(
    "missing",
    "the simulation is gone",
    (place) => without(place, "simulate"),
  ),
  contents(
    "missing",
    "the report's text is gone",
    ({ run }) => Deno.remove(`${run}/report.md`),
  ),
  contents(
    "missing",
    "config.json is gone",
    ({ run }) => Deno.remove(`${run}/config.json`),
  ),
  contents(
    "missing",
    "a record is gone",
    ({ run }) => Deno.remove(`${run}/shap/${RECORD_FILE}`),
  ),
  contents("missing", "all results are gone, the records are there", async (
    { run },
  ) => {
    for (const { name } of pipeline.stages) {
      for await (const entry of Deno.readDir(`${run}/${name}`)) {
        if (entry.name !== RECORD_FILE) {
          await Deno.remove(`${run}/${name}/${entry.name}`);
        }
      }
    }
  }),
];

const UNLISTED = [
  "cnn/results_final.csv",
  "results.md",
  ".report.md",
  "shap/.hidden",
  "shap/stage.json.bak",
  "figures/volcano.svg",
  "report/summary.csv",
  "cnn/\u001b[2Jresults.csv",
];

const unlisted = UNLISTED.map((file) =>
  contents(
    "unlisted",
    JSON.stringify(file).slice(1, -1),
    async ({ run }) => {
      const path = `${run}/${file}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(path, "p < 0.0001\n");
    },
    [verify, ["clean", "--yes"]],
  )
);

const seals = ["gone", "of another record", "in capitals", "a number"].map(
  (how) =>
    contents(
      "seals",
      `the seal is ${how}`,
      async ({ run }) => {
        const path = `${run}/ttest/${RECORD_FILE}`;
        const record = JSON.parse(await Deno.readTextFile(path));
        record.warnings = ["all is well"];
        if (how === "gone") delete record.sha256;
        if (how === "in capitals") record.sha256 = record.sha256.toUpperCase();
        if (how === "a number") record.sha256 = 5;
        await Deno.writeTextFile(path, JSON.stringify(record, null, 2) + "\n");
      },
      [verify, ["all", "--dry-run"]],
    ),
);

const configs: HostileRun[] = [
  contents(
    "config",
    "another number of epochs",
    ({ run }) => remember(run, (config) => config.cnn.epochs = 77),
  ),
  contents(
    "config",
    "another seed",
    ({ run }) => remember(run, (config) => config.seed = 7),
  ),
  contents(
    "config",
    "a matrix outside",
    ({ run, outside }) =>
      remember(run, (config) => config.input = `${outside}/${OUTSIDE.table}`),
  ),
  contents(
    "config",
    "no JSON",
    ({ run }) => Deno.writeTextFile(`${run}/config.json`, "\u001b[2J{"),
    [verify, ["all", "--dry-run"], ["doctor"]],
  ),
  contents(
    "config",
    "a key with escapes",
    ({ run }) => remember(run, (config) => config["\u001b[2Jx"] = 1),
    [verify, ["all", "--dry-run"], ["doctor"]],
  ),
  contents(
    "config",
    "a number of genes without end",
    ({ run }) => remember(run, (config) => config.simulate.genes = 2 ** 53 - 1),
    [["all", "--dry-run"], ["all", "--threads", "1"]],
  ),
  contents(
    "config",
    "nested a thousand times",
    ({ run }) =>
      Deno.writeTextFile(
        `${run}/config.json`,
        '{"a":'.repeat(1000) + "1" + "}".repeat(1000),
      ),
    [verify, ["all", "--dry-run"]],
  ),
];

/** The run's matrix, or a gene set, is a file of somebody else's. */
const inputs: HostileRun[] = [
  ...[OUTSIDE.table, OUTSIDE.pipe, OUTSIDE.folder].flatMap((file) => [
    contents("inputs", `the matrix is outside/${file}`, async (place) => {
      await without(place, "simulate");
      await forge(place.run, "prepare", (record) => {
        record.parameters.input = `${place.outside}/${file}`;
        record.inputs = {};
      });
    }),
    contents(
      "inputs",
      `the matrix is outside/${file}, with a hash`,
      async (place) => {
        await without(place, "simulate");
        await forge(place.run, "prepare", (record) => {
          record.parameters.input = `../outside/${file}`;
          record.inputs = { [`input:${file}`]: "0".repeat(64) };
        });
      },
    ),
    contents(
      "inputs",
      `config.json knows where ${file} is`,
      async (place) => {
        await without(place, "simulate");
        await remember(place.run, (config) => {
          config.input = `${place.outside}/${file}`;
        });
        await forge(place.run, "prepare", (record) => {
          record.parameters.input = file;
          record.inputs = { [`input:${file}`]: "0".repeat(64) };
        });
      },
    ),
  ]),
  contents("inputs", "the matrix is /dev/zero", async (place) => {
    await without(place, "simulate");
    await forge(place.run, "prepare", (record) => {
      record.parameters.input = "/dev/zero";
      record.inputs = { "input:zero": "0".repeat(64) };
    });
  }),
  ...["samples", "features", "tx2gene", "merge-labels"].map((flag) =>
    contents(
      "inputs",
      `--${flag} is a file outside`,
      ({ run, outside }) =>
        forge(run, "prepare", (record) => {
          record.parameters[flag] = `${outside}/${OUTSIDE.table}`;
        }),
    )
  ),
  contents("inputs", "a gene set by a link in the run", async (place) => {
    await makeLink(
      `${place.outside}/${OUTSIDE.set}`,
      `${place.run}/set.txt`,
    );
    await forge(place.run, "clusters", (record) => {
      record.parameters.sets = ["reports/run/set.txt"];
    });
  }),
  contents(
    "inputs",
    "a gene set outside, with its hash",
    (place) =>
      forge(place.run, "clusters", (record) => {
        record.parameters.sets = [`../outside/${OUTSIDE.set}`];
        record.inputs[`sets:${OUTSIDE.set}`] = "0".repeat(64);
      }),
  ),
  contents(
    "inputs",
    "a truth outside",
    ({ run, outside }) =>
      forge(run, "genesets", (record) => {
        record.parameters.truth = `${outside}/${OUTSIDE.table}`;
      }),
  ),
  contents("inputs", "a name that leads up", async (place) => {
    await without(place, "simulate");
    await forge(place.run, "prepare", (record) => {
      record.parameters.input = `data/../../outside/${OUTSIDE.table}`;
      record.inputs = { [`input:${OUTSIDE.table}`]: "0".repeat(64) };
    });
  }),
];

/** Each is read by a later stage, which is given on its own. */
const READ: readonly [file: string, reader: string][] = [
  ["cnn/metrics.json", "report"],
  ["shap/summary.json", "report"],
  ["ttest/ttest.json", "report"],
  ["checks/checks.json", "report"],
  ["prepare/review.json", "report"],
  ["cnn/model.json", "shap"],
  ["cnn/model.json", "checks"],
  ["prepare/samples.csv", "cnn"],
  ["prepare/folds.csv", "clusters"],
  ["cnn/networks.csv", "checks"],
  ["shap/shap_genes.csv", "clusters"],
];

const artifacts: HostileRun[] = READ.flatMap(([file, reader]) => {
  const texts = file.endsWith(".json")
    ? ["null", "{}", "[]", '"\u001b[2J"']
    : ["", "gene\n", "\u001b[2J,a\n1\n"];
  return texts.map((text) =>
    contents(
      "artifacts",
      `${file} is ${JSON.stringify(text)} for ${reader}`,
      ({ run }) => forgeFile(run, file, () => text),
      [[reader, ...(reader === "report" ? [] : ["--threads", "1"])]],
    )
  );
});

const numbers: HostileRun[] = [
  contents(
    "artifacts",
    "p-values by 0.09 % smaller",
    ({ run }) =>
      forgeFile(run, "ttest/ttest.json", (text) =>
        text.replaceAll(
          /("p\w*": )(0\.\d+)/g,
          (_, key, p) => key + (Number(p) * 0.9991),
        )),
  ),
  contents(
    "artifacts",
    "p-values by 0.09 % smaller, made by a graphics card",
    async ({ run }) => {
      await forge(run, "ttest", (record) => record.backend = "NVIDIA H200");
      await forgeFile(
        run,
        "ttest/null.csv",
        (text) =>
          text.replaceAll(/0\.\d{4,}/g, (p) => String(Number(p) * 0.9991)),
      );
    },
  ),
  contents(
    "artifacts",
    "a forged report that its record fits",
    ({ run }) => forgeFile(run, "report.md", (text) => `${text}\np < 0.0001\n`),
  ),
  contents("artifacts", "a network with other weights", async ({ run }) => {
    const path = `${run}/cnn/weights.bin`;
    const bytes = await Deno.readFile(path);
    bytes[100] ^= 1;
    await Deno.writeFile(path, bytes);
    await fitRecords(run);
  }),
  contents(
    "artifacts",
    "a hundred thousand networks",
    ({ run }) =>
      forgeFile(run, "cnn/networks.csv", (text) => {
        const [head, row] = text.split("\n");
        return [head, ...Array(1e5).fill(row), ""].join("\n");
      }),
    [["checks", "--threads", "1"], verify],
  ),
];

const timings: HostileRun[] = [
  ...["__proto__", "\u001b[2J", "simulate"].map((key) =>
    contents(
      "timings",
      `an entry ${JSON.stringify(key)} that holds a text`,
      ({ run }) =>
        Deno.writeTextFile(
          `${run}/timings.json`,
          `{${JSON.stringify(key)}: {"seconds": "\u2067long"}}`,
        ),
      [["report"], ["doctor"]],
    )
  ),
  contents(
    "timings",
    "a link to keys of somebody else's",
    async ({ run, outside }) => {
      await Deno.remove(`${run}/timings.json`);
      await makeLink(`${outside}/${OUTSIDE.json}`, `${run}/timings.json`);
    },
    [["report"], ["all", "--force", "--threads", "1"]],
  ),
];

export const forgedContents: readonly HostileRun[] = [
  ...missing,
  ...unlisted,
  ...seals,
  ...configs,
  ...inputs,
  ...artifacts,
  ...numbers,
  ...timings,
];
