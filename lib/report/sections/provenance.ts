/** The section on provenance: inputs, outputs, versions and backends. */

import {
  PARAMETERS,
  sourceOf,
  type StageRecord,
  userInputs,
} from "../../store/record.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { countOf } from "../../cli/text.ts";
import type { RunReport } from "../run_report.ts";

/** Hashes of all that was read and written, backends and versions. */
export function provenanceSection({ facts }: RunReport): string {
  return paragraphs(
    "## Provenance",
    "SHA-256 tells whether a file is the one that was used: the same bytes " +
      "give the same number.",
    userFiles(facts.records),
    backends(facts.records),
    versions(facts.records),
    ...facts.records.map(({ stage, inputs, outputs }) =>
      details(
        `${stage}: ${countFiles(inputs)} read, ${countFiles(outputs)} written`,
        paragraphs(hashTable("read", inputs), hashTable("written", outputs)),
      )
    ),
  );
}

function userFiles(records: readonly StageRecord[]): string {
  const files = new Map(
    records.flatMap(userInputs).map((file) => [file.key, file]),
  );
  if (files.size === 0) {
    return "No file was given: the matrix was simulated.";
  }
  return table(
    [{ title: "file given" }, { title: "flag" }, { title: "SHA-256" }],
    [...files.values()].map(({ name, flag, sha256 }) => [
      code(name),
      code(`--${flag}`),
      code(sha256),
    ]),
  );
}

/** What did the arithmetic of each stage that needs a backend. */
function backends(records: readonly StageRecord[]): string {
  const used = records.filter(({ backend }) => backend);
  return used.length === 0 ? "" : table(
    [{ title: "stage" }, { title: "backend" }],
    used.map(({ stage, backend }) => [
      escapeText(stage),
      escapeText(String(backend)),
    ]),
  );
}

/** The suite's version, and the libraries', once if all stages agree. */
function versions(records: readonly StageRecord[]): string {
  const all = new Map<string, Set<string>>();
  for (const { version, versions } of records) {
    const own = { "this suite": version, ...versions };
    for (const [name, number] of Object.entries(own)) {
      all.set(name, (all.get(name) ?? new Set()).add(number));
    }
  }
  return details(
    "Versions",
    table(
      [{ title: "software" }, { title: "version" }],
      [...all].map(([name, numbers]) => [
        escapeText(name),
        code([...numbers].join(", ")) +
        (numbers.size > 1 ? " (the stages differ)" : ""),
      ]),
    ),
  );
}

function hashTable(
  title: string,
  hashes: Readonly<Record<string, string>>,
): string {
  const paths = Object.keys(hashes).sort();
  return paths.length === 0 ? `No file ${title}.` : table(
    [{ title }, { title: "SHA-256" }],
    paths.map((path) =>
      isFile(path)
        ? [code(path), code(hashes[path])]
        : [`parameters of ${code(sourceOf(path))}`, ""]
    ),
  );
}

function countFiles(hashes: Readonly<Record<string, string>>): string {
  return countOf(Object.keys(hashes).filter(isFile).length, "file");
}

/** A stage may have read another one's parameters, which are no file. */
function isFile(path: string): boolean {
  return !path.endsWith(`/${PARAMETERS}`);
}
