/**
 * What is said of a stage that failed while it was made again. The record of
 * someone else's run decides what the stage reads, so a message that may quote
 * a file of the user's is not shown unless the user asks for it.
 */

import { InputError, rerun, RunError } from "../../cli/errors.ts";
import { explainSystemError } from "../../cli/system_error.ts";
import { truncateText } from "../../cli/text.ts";
import { VERIFY } from "./command_name.ts";

/** Characters shown of a longer message. */
const LONGEST = 300;

/** Messages of the device that computes, which reads no file of the user's. */
const OF_THE_DEVICE = /^Cannot (open the backend|train on) (webgpu|wasm|cpu)\b/;

/**
 * The error to throw in place of a stage's own, which is its cause.
 *
 * @param readsUserFiles Whether any stage of the run has read the user's files.
 */
export function explainStageError(
  thrown: unknown,
  stage: string,
  readsUserFiles: boolean,
): InputError | RunError {
  const error = explain(thrown, stage, readsUserFiles);
  error.cause = thrown;
  return error;
}

function explain(
  thrown: unknown,
  stage: string,
  readsUserFiles: boolean,
): InputError | RunError {
  const failed = `Cannot make ${stage} again`;
  const system = explainSystemError(thrown);
  if (system !== undefined) {
    return new RunError(
      `${failed}: ${truncateText(system.what, LONGEST)}`,
      system.remedy,
    );
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isOfDevice = thrown instanceof Error &&
    (OF_THE_DEVICE.test(message) || thrown.name === "BackendFailure");
  if (readsUserFiles && !isOfDevice) {
    const what = thrown instanceof InputError
      ? "it refuses what it was made from"
      : "it failed while it ran";
    return new RunError(
      `${failed}: ${what}; why is not shown, for it may quote a file of ` +
        "yours. If the run is your own, --debug shows it",
      rerun(VERIFY, { debug: true }),
    );
  }
  const shown = `${failed}: ${
    truncateText(message.split("\n", 1)[0], LONGEST)
  }`;
  // A command of the stage's would work on another run.
  return thrown instanceof InputError
    ? new InputError(shown)
    : new RunError(shown);
}
