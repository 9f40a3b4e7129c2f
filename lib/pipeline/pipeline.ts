/** What a pipeline is made of. `stages.ts` holds this suite's own. */

import type { Parameters } from "../cli/parameters.ts";
import { EVERY_EARLIER_STAGE, type Stage } from "./stage.ts";

/** A list of stages, and how they come by their data. */
export interface Pipeline {
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
export function findStage(pipeline: Pipeline, name: string): Stage {
  const stage = pipeline.stages.find((stage) => stage.name === name);
  if (stage === undefined) throw new Error(`There is no stage named ${name}`);
  return stage;
}

/** Names for each stage the stages that it reads. */
export function definePipeline(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage, index) =>
      stage.needs === EVERY_EARLIER_STAGE
        ? {
          ...stage,
          needs: pipeline.stages.slice(0, index).map(({ name }) => name),
        }
        : stage
    ),
  };
}
