/** What a pipeline is made of. `stages.ts` holds this program's own. */

import type { Parameters } from "../cli/parameters.ts";
import { importLate } from "../import_late.ts";
import type { Section } from "../report/section.ts";
import type { Figure, Output } from "../store/output.ts";
import {
  EVERY_EARLIER_STAGE,
  type Reproduce,
  type Stage,
  type StageDeclaration,
} from "./stage.ts";

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
        plugins: earlier.map(sectionModule),
        load: async () => {
          await stage.load?.();
          for (const each of earlier) await each.loadSection?.();
        },
      };
    }),
  };
}

/**
 * A stage of which only the declaration is loaded: a command that does not run
 * it starts without its packages.
 *
 * @param pick Picks the stage out of its module.
 * @param reproduce The flag of the stage's `reproduce`, if it has that.
 */
export function lazyStage<P extends Parameters, Module>(
  declaration: StageDeclaration<P>,
  pick: (module: Module) => Stage<P>,
  reproduce?: Pick<Reproduce, "flag" | "parameter">,
): Stage<P> {
  const load = async () => pick(await importLate<Module>(declaration.module));
  return {
    ...declaration,
    load,
    run: async (context) => (await load()).run(context),
    reproduce: reproduce && {
      ...reproduce,
      run: async (context, which) =>
        (await load()).reproduce!.run(context, which),
    },
  };
}

/**
 * A stage with its part of the report, `section.ts` beside the stage's module.
 * They are joined here and not in that module, so that no word of the report
 * counts as its code.
 *
 * @param pick Picks the section out of its module.
 */
export function withSection<Findings, Module>(
  stage: Stage,
  pick: (module: Module) => Section<Findings>,
): Stage {
  return {
    ...stage,
    loadSection: async () =>
      pick(await importLate<Module>(sectionModule(stage))),
  };
}

function sectionModule({ module }: Stage): string {
  return new URL("section.ts", module).href;
}

/**
 * Imports all that stages run. It is called before the first of them runs, so
 * that an edit meanwhile cannot run under the hash of the code before it.
 */
export async function loadStages(stages: Iterable<Stage>): Promise<void> {
  for (const { load, outputs = [] } of stages) {
    await load?.();
    for (const output of outputs) {
      if (isFigure(output)) await output.loadDrawing();
    }
  }
}

function isFigure(output: Output): output is Figure<never> {
  return "loadDrawing" in output;
}
