/** What a run's records say of the program that made them. */

import {
  describeVersions,
  type StageRecord,
  VERSION,
} from "../../store/record.ts";

/** How the program that made a stage differs from this one. */
export interface ProgramChanges {
  /** Each in words: `deno 2.9.5 -> 2.9.6`. */
  readonly versions: readonly string[];
  /** Whether the stage's code is another. */
  readonly hasOtherCode: boolean;
  /**
   * Keys of the record that contradict it: the code's hash covers the
   * versions of the libraries, so the same code has the same ones. It does not
   * cover this program's own version.
   */
  readonly contradictions: readonly "versions"[];
}

/** @param code SHA-256 of the stage's code now. */
export function programChanges(
  record: Pick<StageRecord, "code" | "version" | "versions">,
  code: string,
): ProgramChanges {
  const now = describeVersions();
  const changed = Object.keys({ ...record.versions, ...now })
    .filter((name) => record.versions[name] !== now[name]);
  const hasOtherCode = record.code !== code;
  const ofProgram = record.version !== VERSION;
  const ofLibraries = changed.some((name) =>
    !Object.hasOwn(Deno.version, name)
  );
  return {
    versions: [
      ...(ofProgram ? [`this program ${record.version} -> ${VERSION}`] : []),
      ...changed.map((name) =>
        `${name} ${record.versions[name] ?? "none"} -> ${now[name] ?? "none"}`
      ),
    ],
    hasOtherCode,
    contradictions: !hasOtherCode && ofLibraries ? ["versions"] : [],
  };
}

/** What all records say of the program, if it is not this one. */
export function describeProgram(
  records: readonly StageRecord[],
  codeOf: (stage: string) => string,
): string[] {
  const versions = new Set<string>();
  const stages: string[] = [];
  for (const record of records) {
    const changes = programChanges(record, codeOf(record.stage));
    changes.versions.forEach((change) => versions.add(change));
    if (changes.hasOtherCode) stages.push(record.stage);
  }
  return [
    ...versions,
    ...stages.length === 0
      ? []
      : [`the code of ${stages.join(", ")} was changed since`],
  ];
}
