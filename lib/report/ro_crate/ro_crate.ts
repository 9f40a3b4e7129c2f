/**
 * The run as a Workflow Run RO-Crate (Leo et al. 2024): what was made, by
 * which stage, from what, with which parameters and software.
 */

import {
  formatSortedJson,
  outputPath,
  RECORD_FILE,
  stageInputs,
  type StageRecord,
  userInputs,
} from "../../store/record.ts";
import { fullName } from "../../pipeline/flag_names.ts";
import { findStage, type Pipeline } from "../../pipeline/pipeline.ts";
import type { Stage } from "../../pipeline/stage.ts";
import type { Citation } from "./citation.ts";
import {
  type Entity,
  fileEntity,
  parameterEntity,
  pathReference,
  refer,
  valueEntity,
} from "./entities.ts";

/** The files, in the run's folder. */
export const CRATE_FILE = "ro-crate-metadata.json";
export const WORKFLOW_FILE = "workflow.json";

export interface CrateInputs {
  /** The run's name: its folder's. */
  readonly name: string;
  readonly citation: Citation;
  readonly pipeline: Pipeline;
  /** Of the stages that have run, with the SHA-256 of each `stage.json`. */
  readonly records: readonly {
    readonly record: StageRecord;
    readonly sha256: string;
  }[];
  /** SHA-256 of the files that the report's own stage writes, by path. */
  readonly reportFiles: Readonly<Record<string, string>>;
}

const COMPLETED = "http://schema.org/CompletedActionStatus";

/** A Workflow RO-Crate is what the others build on. */
const WORKFLOW_PROFILE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";

const PROFILES = [
  ["https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"],
  [WORKFLOW_PROFILE, "Workflow RO-Crate", "1.0"],
].map(([id, name, version]): Entity => ({
  "@id": id,
  "@type": "CreativeWork",
  name,
  version,
}));

/** The graph of the stages, for the crate's main entity. */
export function describeWorkflow(
  stages: readonly Pick<Stage, "name" | "summary" | "needs">[],
): string {
  return formatSortedJson({
    stages: stages.map(({ name, summary, needs }) => ({
      name,
      command: `deno task ${name}`,
      summary,
      needs,
    })),
  });
}

/**
 * The text of `ro-crate-metadata.json`. It holds no time and no place: its
 * bytes follow from the run's inputs, parameters, seed and version.
 */
export function composeCrate(inputs: CrateInputs): string {
  const { citation, records, pipeline, reportFiles } = inputs;
  const files = new Map<string, Entity>();
  const add = (path: string, sha256: string) =>
    files.set(path, fileEntity(path, sha256));
  for (const { record, sha256 } of records) {
    for (const [name, hash] of Object.entries(record.outputs)) {
      add(outputPath(record.stage, name), hash);
    }
    add(`${record.stage}/${RECORD_FILE}`, sha256);
  }
  for (const [path, hash] of Object.entries(reportFiles)) {
    if (path !== WORKFLOW_FILE) add(path, hash);
  }
  const given = records.flatMap(({ record }) => givenFiles(record));
  const parameters = records.flatMap(({ record }) =>
    valuesOf(record, pipeline)
  );
  const software = softwareOf(records.map(({ record }) => record));
  const language: Entity = {
    "@id": "#deno-tasks",
    "@type": "ComputerLanguage",
    name: "Deno tasks",
    url: { "@id": "https://deno.com/" },
  };
  const license: Entity = {
    "@id": `https://spdx.org/licenses/${citation.license}`,
    "@type": "CreativeWork",
    name: citation.license,
  };
  const workflow: Entity = {
    "@id": WORKFLOW_FILE,
    "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
    name: citation.title,
    programmingLanguage: refer(language),
    encodingFormat: "application/json",
    sha256: reportFiles[WORKFLOW_FILE],
    version: records[0]?.record.version,
    license: refer(license),
    input: parameters.map(({ parameter }) => refer(parameter)),
  };
  const authors = citation.authors.map((author, index): Entity => ({
    "@id": author.orcid ?? `#author/${index + 1}`,
    "@type": author.orcid ? "Person" : "Organization",
    name: author.name,
  }));
  const tools = records.map(({ record }): Entity => ({
    "@id": `#stage/${record.stage}`,
    "@type": "SoftwareApplication",
    name: `deno task ${record.stage}`,
    description: findStage(pipeline, record.stage).summary,
    softwareVersion: record.version,
    softwareRequirements: software.map(refer),
  }));
  const actions = records.map(({ record }) => stageAction(record, pipeline));
  const whole: Entity = {
    "@id": "#run",
    "@type": "CreateAction",
    name: `All stages of ${inputs.name}`,
    description: `${records.length} stages, one after the other.`,
    instrument: refer(workflow),
    object: [...given, ...parameters.map(({ value }) => value)].map(refer),
    result: [...files.values()].map(refer),
    actionStatus: COMPLETED,
  };
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: `${citation.title}: ${inputs.name}`,
    description: "One run: its report, every table and figure behind it, and " +
      "what each was made from.",
    datePublished: citation.released,
    license: refer(license),
    author: authors.length === 1 ? refer(authors[0]) : authors.map(refer),
    conformsTo: PROFILES.map(refer),
    mainEntity: refer(workflow),
    hasPart: [workflow, ...files.values()].map(refer),
    mentions: [whole, ...actions].map(refer),
  };
  const graph: Entity[] = [
    {
      "@id": CRATE_FILE,
      "@type": "CreativeWork",
      about: refer(root),
      conformsTo: [
        { "@id": "https://w3id.org/ro/crate/1.1" },
        { "@id": WORKFLOW_PROFILE },
      ],
    },
    root,
    workflow,
    language,
    whole,
    ...actions,
    ...tools,
    ...software,
    ...authors,
    license,
    ...PROFILES,
    ...given,
    ...parameters.flatMap(({ parameter, value }) => [parameter, value]),
    ...files.values(),
  ];
  return JSON.stringify(
    {
      "@context": [
        "https://w3id.org/ro/crate/1.1/context",
        "https://w3id.org/ro/terms/workflow-run/context",
      ],
      "@graph": graph,
    },
    null,
    2,
  ) + "\n";
}

function stageAction(record: StageRecord, pipeline: Pipeline): Entity {
  // Of a record only the parameters may be read: `cnn/stage.json#parameters`.
  const read = new Set(stageInputs(record).map(([name]) => name.split("#")[0]));
  return {
    "@id": `#run/${record.stage}`,
    "@type": "CreateAction",
    name: `deno task ${record.stage}`,
    description: `Master seed ${record.seeds.master}` +
      (record.backend === null ? "." : `, on ${record.backend}.`),
    instrument: { "@id": `#stage/${record.stage}` },
    object: [
      ...[...read].map(pathReference),
      ...givenFiles(record).map(refer),
      ...valuesOf(record, pipeline).map(({ value }) => refer(value)),
    ],
    result: Object.keys(record.outputs).map((name) =>
      pathReference(outputPath(record.stage, name))
    ),
    actionStatus: COMPLETED,
  };
}

/** The user's files: not in the run's folder, but known by their SHA-256. */
function givenFiles(record: StageRecord): Entity[] {
  return userInputs(record).map(({ key, flag, name, sha256 }) => ({
    "@id": `#input/${encodeURIComponent(key)}`,
    "@type": "CreativeWork",
    name,
    description: `Given as --${flag}; not a part of this folder.`,
    sha256,
  }));
}

/** The stage's parameters, and the values that they had. */
function valuesOf(
  record: StageRecord,
  pipeline: Pipeline,
): { parameter: Entity; value: Entity }[] {
  const declared = findStage(pipeline, record.stage).parameters;
  return Object.entries(record.parameters).map(([name, value]) => {
    const { kind, help } = declared[name];
    const flag = fullName(pipeline, record.stage, name);
    return {
      parameter: parameterEntity(flag, kind, help),
      value: valueEntity(flag, value),
    };
  });
}

/** What is no package: Deno and what it is made of. */
const ENGINES = new Set(["deno", "typescript", "v8"]);

/** Deno and the libraries, each version that a stage ran with once. */
function softwareOf(records: readonly StageRecord[]): Entity[] {
  const software = new Map<string, Entity>();
  for (const { versions } of records) {
    for (const [name, version] of Object.entries(versions)) {
      // A package URL: the name of a package whatever registry holds it.
      const kind = ENGINES.has(name) ? "generic" : "npm";
      const id = `pkg:${kind}/${name.replace("@", "%40")}@${version}`;
      software.set(id, {
        "@id": id,
        "@type": "SoftwareApplication",
        name,
        softwareVersion: version,
      });
    }
  }
  return [...software.values()];
}
