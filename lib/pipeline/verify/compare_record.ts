/** Whether a stage's record is the one that the stage makes again. */

import { backendNameOf } from "../../backend/backend_names.ts";
import {
  formatSortedJson,
  hashIn,
  sourceOf,
  type StageRecord,
} from "../../store/record.ts";

/** Compared file by file, or facts about the program that made the run. */
const ELSEWHERE = ["outputs", "code", "version", "versions"];

/** Records by their stages' names. */
type Records = ReadonlyMap<string, StageRecord>;

/**
 * The keys of a record that are not as they were made again. An input that
 * differs because an earlier stage came out differently does not count.
 *
 * @param before The records of the run's earlier stages.
 * @param after Those of the same stages, made again.
 */
export function differingKeys(
  then: StageRecord,
  now: StageRecord,
  before: Records,
  after: Records,
): string[] {
  const keys = new Set([...Object.keys(then), ...Object.keys(now)]);
  return [...keys].sort().filter((key) => {
    if (ELSEWHERE.includes(key)) return false;
    if (key === "inputs") return haveOtherInputs(then, now, before, after);
    if (key === "backend" && areWebgpu(then, now)) return false;
    const [was, is] = [then, now].map((record) =>
      (record as unknown as Record<string, unknown>)[key] ?? null
    );
    return formatSortedJson(was) !== formatSortedJson(is);
  });
}

/** Whether both records name graphics cards, which may be two. */
export function areWebgpu(...records: readonly StageRecord[]): boolean {
  return records.every(({ backend }) => backendNameOf(backend) === "webgpu");
}

function haveOtherInputs(
  then: StageRecord,
  now: StageRecord,
  before: Records,
  after: Records,
): boolean {
  return Object.keys({ ...then.inputs, ...now.inputs }).some((key) =>
    then.inputs[key] !== now.inputs[key] &&
    (then.inputs[key] !== hashOf(before, key) ||
      now.inputs[key] !== hashOf(after, key))
  );
}

/** The SHA-256 of an input by the record of the stage that made it. */
function hashOf(records: Records, key: string): string | undefined {
  const source = sourceOf(key);
  const record = records.get(source);
  return record && hashIn(record, key.slice(source.length + 1));
}
