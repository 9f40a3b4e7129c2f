/** What a study is made of. `stages.ts` holds this suite's one. */

import type { Parameters } from "../cli/parameters.ts";
import type { Stage } from "./stage.ts";

/** A list of stages, and how they come by their data. */
export interface Study {
  /** The stages in the order in which they run. */
  readonly stages: readonly Stage[];
  /**
   * The flags that name the user's files: undotted on `all` and on the stage
   * that reads them.
   */
  readonly inputs: {
    readonly stage: string;
    readonly parameters: Parameters;
    /** The flag without which the data is simulated. */
    readonly matrix: string;
  };
  /** The stage that simulates the data: it runs only without a matrix. */
  readonly simulator: string;
  /** Values for simulated data, as a config file holds them. */
  readonly simulatedPreset: {
    readonly name: string;
    readonly content: unknown;
  };
}

/** The stage of that name. */
export function findStage(study: Study, name: string): Stage {
  const stage = study.stages.find((stage) => stage.name === name);
  if (stage === undefined) throw new Error(`There is no stage named ${name}`);
  return stage;
}
