/** What the Workflow Run Crate profile asks of a run's metadata. */

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { readCitation } from "../../lib/report/ro_crate/citation.ts";
import { hashFile } from "../../lib/store/hash.ts";
import {
  outputPath,
  readRecord,
  type StageRecord,
} from "../../lib/store/record.ts";
import { TinyRun } from "./tiny_run.ts";

// deno-lint-ignore no-explicit-any
type Entity = Record<string, any> & { "@id": string };

const { graph, records, recordHashes } = await readCrate();
const entities = new Map(graph.map((entity) => [entity["@id"], entity]));
const root = entities.get("./")!;

/** The metadata of a run, and each stage's record with its SHA-256. */
async function readCrate() {
  await using run = await TinyRun.copy();
  await run.report();
  const crate = JSON.parse(
    await Deno.readTextFile(`${run.path}/ro-crate-metadata.json`),
  );
  const records: StageRecord[] = [];
  const recordHashes = new Map<string, string>();
  for (const { name } of pipeline.stages) {
    records.push((await readRecord(run.path, name))!);
    const path = `${name}/stage.json`;
    recordHashes.set(path, await hashFile(`${run.path}/${path}`));
  }
  return { graph: crate["@graph"] as Entity[], records, recordHashes };
}

function typesOf(entity: Entity): string[] {
  return [entity["@type"]].flat();
}

/** Every pointer below a value. */
function* pointersIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "@id") {
    yield (value as Entity)["@id"];
    return;
  }
  for (const inner of Object.values(value)) yield* pointersIn(inner);
}

Deno.test("every entity stands once, and every pointer leads to one", () => {
  assert.equal(entities.size, graph.length);
  for (const entity of graph) {
    for (const id of pointersIn(Object.values(entity))) {
      const isElsewhere = /^https?:/.test(id);
      assert.ok(entities.has(id) || isElsewhere, `${entity["@id"]}: ${id}`);
    }
  }
});

Deno.test("the root says what it is, by whom and under which license", async () => {
  const descriptor = entities.get("ro-crate-metadata.json")!;
  assert.equal(descriptor.about["@id"], "./");
  assert.deepEqual(
    descriptor.conformsTo.map((profile: Entity) => profile["@id"]),
    [
      "https://w3id.org/ro/crate/1.1",
      "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
    ],
  );
  const citation = readCitation(
    await Deno.readTextFile(new URL("../../CITATION.cff", import.meta.url)),
  );
  assert.equal(root.datePublished, citation.released);
  assert.equal(
    root.license["@id"],
    `https://spdx.org/licenses/${citation.license}`,
  );
  const authors = [root.author].flat().map((author) =>
    entities.get(author["@id"])!.name
  );
  assert.deepEqual(authors, citation.authors.map(({ name }) => name));
});

Deno.test("the main entity is a workflow in a language", () => {
  const workflow = entities.get(root.mainEntity["@id"])!;
  assert.deepEqual(typesOf(workflow), [
    "File",
    "SoftwareSourceCode",
    "ComputationalWorkflow",
  ]);
  const language = entities.get(workflow.programmingLanguage["@id"])!;
  assert.deepEqual(typesOf(language), ["ComputerLanguage"]);
  for (const { "@id": id } of workflow.input) {
    assert.deepEqual(typesOf(entities.get(id)!), ["FormalParameter"]);
  }
});

Deno.test("every file that a stage wrote is a part, with its SHA-256", () => {
  const parts = new Set<string>(
    root.hasPart.map((part: Entity) => part["@id"]),
  );
  for (const { stage, outputs } of records) {
    for (const [name, hash] of Object.entries(outputs)) {
      const path = outputPath(stage, name);
      if (path === "ro-crate-metadata.json") continue;
      assert.ok(parts.has(path), path);
      assert.equal(entities.get(path)!.sha256, hash, path);
      parts.delete(path);
    }
    // The report's own record is written after the crate.
    if (stage === "report") continue;
    const path = `${stage}/stage.json`;
    assert.equal(entities.get(path)!.sha256, recordHashes.get(path), path);
    parts.delete(path);
  }
  assert.deepEqual([...parts], [], "parts that no stage wrote");
});

Deno.test("every stage but the report's is an action with all it used", () => {
  const actions = graph.filter((entity) =>
    typesOf(entity).includes("CreateAction")
  );
  const mentioned = root.mentions.map((entity: Entity) => entity["@id"]);
  assert.deepEqual(mentioned, actions.map((action) => action["@id"]));
  const [whole, ...each] = actions;
  assert.equal(whole.instrument["@id"], root.mainEntity["@id"]);
  const described = records.filter(({ stage }) => stage !== "report");
  assert.equal(each.length, described.length);
  for (const [index, action] of each.entries()) {
    const { stage, inputs, parameters, outputs } = described[index];
    const tool = entities.get(action.instrument["@id"])!;
    assert.deepEqual(typesOf(tool), ["SoftwareApplication"]);
    assert.equal(tool.name, `deno task ${stage}`);
    const used = new Set(action.object.map((object: Entity) => object["@id"]));
    for (const name of Object.keys(inputs)) {
      assert.ok(used.has(name.replace(/#parameters$/, "")), name);
    }
    assert.equal(used.size, action.object.length, stage);
    const values = action.object
      .map((object: Entity) => entities.get(object["@id"])!)
      .filter((entity: Entity) => typesOf(entity).includes("PropertyValue"));
    assert.equal(values.length, Object.keys(parameters).length, stage);
    for (const value of values) {
      const parameter = entities.get(value.exampleOfWork["@id"])!;
      assert.deepEqual(typesOf(parameter), ["FormalParameter"]);
    }
    assert.equal(action.result.length, Object.keys(outputs).length, stage);
    for (const software of tool.softwareRequirements) {
      const { softwareVersion } = entities.get(software["@id"])!;
      assert.ok(softwareVersion, software["@id"]);
    }
  }
});

Deno.test("a citation file that lacks something is refused", () => {
  const whole = "title: A\nlicense: MIT\ndate-released: 2026-01-02\n" +
    "authors:\n  - name: B\n";
  assert.equal(readCitation(whole).released, "2026-01-02");
  for (const line of whole.trimEnd().split("\n").slice(0, 3)) {
    assert.throws(
      () => readCitation(whole.replace(line + "\n", "")),
      /Cannot read CITATION\.cff/,
    );
  }
  assert.throws(() => readCitation("title: A\n"), /Cannot read CITATION/);
});
