/** What a pipeline is made of. `stages.ts` holds this program's own. */

import type { Parameters } from "../cli/parameters.ts";
import type { Section } from "../report/section.ts";
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
  /** What the console names at the end, by paths from the run's folder. */
  readonly results: {
    /** JSON whose `verdict` is a list of paragraphs. */
    readonly verdict: string;
    /** Files by what they are. */
    readonly files: Readonly<Record<string, string>>;
  };
}

export function findStage(pipeline: Pipeline, name: string): Stage {
  const stage = pipeline.stages.find((stage) => stage.name === name);
  if (stage === undefined) throw new Error(`There is no stage named ${name}`);
  return stage;
}

/**
 * Completes the stages that read every earlier one: they run its section of
 * the report.
 */
export function definePipeline(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage, index) => {
      if (stage.needs !== EVERY_EARLIER_STAGE) return stage;
      const earlier = pipeline.stages.slice(0, index);
      return {
        ...stage,
        needs: earlier.map(({ name }) => name),
        plugins: earlier.map(({ module }) =>
          new URL("section.ts", module).href
        ),
      };
    }),
  };
}

/**
 * A stage with its part of the report. They are joined here and not in the
 * stage's own module, so that no word of the report counts as its code.
 */
export function withSection<Findings>(
  stage: Stage,
  section: Section<Findings>,
): Stage {
  return { ...stage, section };
}
