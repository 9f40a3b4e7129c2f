/** Why a stage that was made again is another one. */

import {
  describeVersions,
  type StageRecord,
  VERSION,
} from "../../store/record.ts";
import { backendNameOf } from "../../backend/backend_names.ts";
import type { ComparedFile } from "./compare.ts";

/**
 * The likeliest cause, in words.
 *
 * @param parted The files of the first stage that parts, those that differ.
 * @param then The stage's record.
 * @param now The record of the stage made again.
 * @param runFolder The run's folder.
 */
export function likelyCause(
  parted: readonly ComparedFile[],
  then: StageRecord,
  now: StageRecord,
  runFolder: string,
): string {
  const altered = parted.filter(({ outcome }) => outcome === "altered");
  if (altered.length > 0) {
    return `${altered.map(({ file }) => file).join(", ")} in ${runFolder} ${
      altered.length === 1 ? "was" : "were"
    } changed after ${then.stage} had written ${
      altered.length === 1 ? "it" : "them"
    }`;
  }
  if (then.version !== VERSION) {
    return `the suite's version was ${then.version} and is ${VERSION}`;
  }
  const versions = describeVersions();
  const changed = Object.keys({ ...then.versions, ...versions })
    .filter((name) => then.versions[name] !== versions[name])
    .map((name) => `${name} ${then.versions[name]} -> ${versions[name]}`);
  if (changed.length > 0) return `other versions: ${changed.join(", ")}`;
  const inputs = Object.keys({ ...then.inputs, ...now.inputs })
    .filter((name) => then.inputs[name] !== now.inputs[name]);
  if (inputs.length > 0) {
    return `${then.stage} was made from another state of ${
      inputs.join(", ")
    } than the run holds`;
  }
  if (backendNameOf(then.backend) === "webgpu") {
    return `graphics cards round otherwise: it was ${then.backend} and is ` +
      `${now.backend}`;
  }
  return "the code was changed without a new version, or this machine " +
    "computes otherwise, which it should not";
}
