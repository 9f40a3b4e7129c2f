/** Any bytes give a table, a config, a record, or one clear error. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { checkConfig, readConfigFile } from "../../lib/cli/config_file.ts";
import { integer, list, number, text } from "../../lib/cli/parameters.ts";
import {
  readRecord,
  sealRecord,
  type StageRecord,
} from "../../lib/store/record.ts";
import { formatRows, parseRows } from "../tables.ts";
import { anyBytes, anyName, damaged, isRead, SEED, tryFiles } from "../fuzz.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const PARAMETERS = {
  seed: integer(42, { minimum: 0 }, "master seed"),
  input: text("", "FILE", "the matrix"),
  "cnn.epochs": integer(50, { minimum: 1 }, "passes"),
  "cnn.dropout": number(0.2, { minimum: 0, below: 1 }, "share dropped"),
  "clusters.sets": list("FILE", "gene sets"),
};

Deno.test("any text gives a table or one error", async () => {
  const sound = utf8('gene,mean\n"a,\n""b""",0.5\nc,1\n');
  const read = (bytes: Uint8Array) => parseRows(decode(bytes));
  await tryFiles(damaged(sound), read, { runs: 2000, mixed: true });
  await tryFiles(anyBytes, read, { runs: 1000, mixed: true });
});

Deno.test("whatever its cells and columns, a table comes back whole", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyName, { minLength: 1, maxLength: 4 }),
      fc.array(fc.array(anyName, { minLength: 4, maxLength: 4 })),
      (columns, cells) => {
        const rows = cells.map((row): Record<string, string> =>
          Object.assign(
            Object.create(null),
            Object.fromEntries(
              columns.map((name, index) => [name, row[index]]),
            ),
          )
        );
        assert.deepEqual(parseRows(formatRows(columns, rows)), rows);
      },
    ),
    { seed: SEED, numRuns: 1000 },
  );
});

Deno.test("any bytes give a config or one error", () =>
  withFolder(async (folder) => {
    const path = `${folder}/config.json`;
    const read = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      return await readConfigFile(path, PARAMETERS);
    };
    const sound = utf8(
      '{"seed": 7, "cnn": {"epochs": 20}, "clusters.sets": ["a.csv"]}\n',
    );
    await tryFiles(damaged(sound), read, { runs: 300, mixed: true });
    await tryFiles(anyBytes, read, { runs: 300, mixed: false });
  }));

/** JSON with known and unknown keys, names of old among them. */
const anyConfig = fc.dictionary(
  fc.oneof(fc.constantFrom(...Object.keys(PARAMETERS), "cnn"), anyName),
  fc.oneof(
    fc.jsonValue(),
    anyName,
    fc.dictionary(fc.oneof(fc.constant("epochs"), anyName), fc.jsonValue()),
  ),
  { maxKeys: 3 },
);

Deno.test("any JSON gives a config or one error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyConfig, fc.jsonValue()), async (content) => {
      await isRead(() => checkConfig(content, PARAMETERS, "config.json"));
    }),
    { seed: SEED, numRuns: 2000 },
  );
  assert.equal(Object.keys(Object.prototype).length, 0);
});

/** Values that are hard on whoever writes them into a message. */
const hard: readonly (readonly [string, string])[] = [
  ["deep lists", "[".repeat(50_000) + "]".repeat(50_000)],
  ["a long text", JSON.stringify("x".repeat(100_000))],
  ["line ends", '"\\n\\r\\u2028\\u001b[2J\\ud800"'],
  ["__proto__", '{"__proto__": {"seed": 1}}'],
  ["a long list", JSON.stringify(Array(10_000).fill(7))],
];

for (const [what, value] of hard) {
  Deno.test(`a config with ${what} in any place is refused in one line`, () =>
    withFolder(async (folder) => {
      const path = `${folder}/config.json`;
      for (
        const content of [
          value,
          ...["seed", "cnn", "cnn.epochs", "none"]
            .map((key) => `{"${key}": ${value}}`),
          `{"cnn": {"epochs": ${value}}}`,
          `{"clusters.sets": [${value}, 1]}`,
          ...value.startsWith('"')
            ? [`{${value}: 1}`, `{"cnn": {${value}: 1}}`]
            : [],
          `{"seed": ${value}`,
        ]
      ) {
        await Deno.writeTextFile(path, content);
        assert.ok(!await isRead(() => readConfigFile(path, PARAMETERS)));
      }
    }));
}

Deno.test("any bytes give a stage's record or one error", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/cnn`);
    const path = `${folder}/cnn/stage.json`;
    const read = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      return await readRecord(folder, "cnn");
    };
    const hash = "ef".repeat(32);
    const record: StageRecord = {
      ...{ stage: "cnn", version: "1", code: hash, seeds: { master: 1 } },
      ...{ parameters: { epochs: 2 }, backend: null, versions: {} },
      ...{ backend_requested: "auto", absent: [], warnings: [], figures: [] },
      ...{ inputs: { "prepare/genes.csv": hash } },
      outputs: { "model.json": hash },
    };
    const sound = utf8(sealRecord(record));
    assert.deepEqual(await read(sound), record);
    await tryFiles(damaged(sound), read, { runs: 300, mixed: false });
    await tryFiles(anyBytes, read, { runs: 300, mixed: false });
    // Whoever changes a record may seal it again.
    const forged = fc.dictionary(
      fc.constantFrom(...Object.keys(record)),
      fc.jsonValue(),
      { maxKeys: 2 },
    ).map((changes) =>
      utf8(sealRecord({ ...record, ...changes as Partial<StageRecord> }))
    );
    await tryFiles(forged, read, { runs: 300, mixed: true });
  }));
