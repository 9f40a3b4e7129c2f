/** Why a stage that was made again came out different. */

import { backendNameOf } from "../../backend/backend_names.ts";
import {
  describeVersions,
  type StageRecord,
  VERSION,
} from "../../store/record.ts";
import type { ComparedFile } from "./compare.ts";

/**
 * The likeliest cause, in words.
 *
 * @param different The files that differ, of the first stage that differs.
 * @param code SHA-256 of the stage's code now.
 */
export function likelyCause(
  different: readonly ComparedFile[],
  then: StageRecord,
  now: StageRecord,
  code: string,
  runFolder: string,
): string {
  const altered = different.filter(({ outcome }) => outcome === "altered");
  if (altered.length > 0) {
    return `${altered.map(({ file }) => file).join(", ")} in ${runFolder} ${
      altered.length === 1 ? "was" : "were"
    } changed after ${then.stage} had written ${
      altered.length === 1 ? "it" : "them"
    }`;
  }
  if (then.version !== VERSION) {
    return `this program's version was ${then.version} and is ${VERSION}`;
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
  if (then.code !== code) return `the code of ${then.stage} was changed`;
  if (backendNameOf(then.backend) === "webgpu") {
    return `graphics cards round differently: it was ${then.backend} and is ` +
      `${now.backend}`;
  }
  return "this machine computes differently, which it should not";
}
