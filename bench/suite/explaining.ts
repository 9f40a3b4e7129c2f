/** Explaining samples by expected gradients. */

import { imageSide } from "../../lib/prepare/image.ts";
import { countOf } from "../../lib/cli/text.ts";
import type { LayerSizes } from "../../lib/cnn/architecture.ts";
import type { DrawErrorsTask } from "../ours/draw_errors.ts";
import type { ExplainingTask } from "../ours/explain.ts";
import type { Benchmark, Measured, Side, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays, makeModel, modelFiles } from "./inputs.ts";
import type { ExplainedPart, Sizes } from "./sizes.ts";

/** The rows that explain samples. */
export function explaining(workspace: Workspace, sizes: Sizes): Benchmark {
  const { genes, tissues, draws, background, samples, run, errors } =
    sizes.explaining;
  const { threads } = workspace;
  const layers = layersOf(sizes.explaining);
  const side = imageSide(genes);
  const matrix = { samples: samples + background, genes, tissues };
  const network = { ...layers, genes, tissues };
  const taskFor = (part: ExplainedPart): ExplainingTask => ({
    ...arrayPaths(workspace, matrix),
    ...modelFiles(workspace, network),
    ...part,
    explained: samples,
    threads,
  });
  const scaleOf = (part: ExplainedPart) =>
    samples * draws / (part.samples * part.draws);
  const ours: Side = {
    name: "this suite",
    scale: samples / run.ours,
    run: () =>
      runOurs(workspace, "explain.ts", taskFor({ samples: run.ours, draws })),
  };
  const shap = (name: string, part: ExplainedPart, ranked: boolean): Side => ({
    name,
    scale: scaleOf(part),
    run: () =>
      runPeer(workspace, "explain.py", {
        ...taskFor(part),
        ...network,
        side,
        ranked,
      }),
  });
  const ranked = shap("shap, ranked_outputs=1", run.predictedClass, true);
  const errorMatrix = errors.matrix;
  const errorsTask: DrawErrorsTask = {
    ...arrayPaths(workspace, errorMatrix),
    ...layersOf(errors),
    tissues: errorMatrix.tissues,
    explained: errors.explained,
    batch: errors.batch,
    epochs: errors.epochs,
    plain: draws,
    counts: errors.counts,
    repeats: errors.repeats,
    threads,
  };
  /** What `draw_errors.ts` finds, which is the same in each round. */
  let found: Measured["facts"] | undefined;
  const drawErrors = async () =>
    found ??= (await runOurs(workspace, "draw_errors.ts", errorsTask)).facts;
  const timed = `${samples} samples x ${draws} draws, image ${side} x ` +
    `${side}, ${tissues} tissues, ${countOf(layers.blocks, "block")}, width ` +
    `${layers.width}; after a few draws to warm up. Both sides explain the ` +
    "same network with random weights.";
  return {
    rows: [
      {
        id: "explain",
        title: `Explain ${samples} samples: what the ranks need`,
        timed: `${timed} We explain the predicted tissue; shap, as the maize ` +
          "study called it, explains all tissues, of which one is kept. Our " +
          "time includes the estimate of the alpha density.",
        ours,
        peer: shap("shap.GradientExplainer", run.allClasses, false),
        goal: { ratio: 0.15 },
      },
      {
        id: "explain_ranked",
        title: "The same, compared with shap's own shortcut",
        timed: `${timed} Both explain only the predicted tissue ` +
          "(`ranked_outputs=1`).",
        ours,
        peer: ranked,
      },
      {
        id: "explain_equal_error",
        title: "The same shortcut, at equal standard error",
        timed: `${timed} Both explain only the predicted tissue, ours with ` +
          "so many draws that the tissue medians have the same standard " +
          "error. That number is measured on a trained network of " +
          `${countOf(errors.blocks, "block")}, width ${errors.width}, on ` +
          `${errorMatrix.samples} simulated samples x ` +
          `${errorMatrix.genes} genes in ${errorMatrix.tissues} tissues, of ` +
          `which ${errors.explained} are explained ${errors.repeats} times ` +
          "with other draws.",
        ours: {
          name: "this suite",
          scale: samples / run.ours,
          async run() {
            const errors = await drawErrors();
            const own = await runOurs(
              workspace,
              "explain.ts",
              taskFor({ samples: run.ours, draws: errors.draws }),
            );
            return { ...own, facts: { ...own.facts, ...errors } };
          },
        },
        peer: ranked,
        goal: { ratio: 0.6 },
      },
    ],
    async prepare() {
      await makeArrays(workspace, matrix);
      await makeModel(workspace, network);
      await makeArrays(workspace, errorMatrix);
    },
  };
}

function layersOf({ blocks, width, hidden }: LayerSizes): LayerSizes {
  return { blocks, width, hidden };
}
