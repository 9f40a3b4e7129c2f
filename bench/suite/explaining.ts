/** Explaining samples by expected gradients. */

import { imageSide } from "../../lib/prepare/image.ts";
import type { ExplainingTask } from "../ours/explain.ts";
import type { Benchmark, Side, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays, makeModel, modelFiles } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";

/** The rows that explain samples. */
export function explaining(workspace: Workspace, sizes: Sizes): Benchmark {
  const { genes, tissues, width, draws, background, samples, run } =
    sizes.explaining;
  const side = imageSide(genes);
  const matrix = { samples: samples + background, genes, tissues };
  const network = { genes, tissues, width };
  const taskFor = (count: number): ExplainingTask => ({
    ...arrayPaths(workspace, matrix),
    ...modelFiles(workspace, network),
    explained: samples,
    samples: count,
    draws,
    threads: workspace.threads,
  });
  const ours: Side = {
    name: "this suite",
    scale: samples / run.ours,
    run: () => runOurs(workspace, "explain.ts", taskFor(run.ours)),
  };
  const shap = (name: string, count: number, ranked: boolean): Side => ({
    name,
    scale: samples / count,
    run: () =>
      runPeer(workspace, "explain.py", {
        ...taskFor(count),
        ...network,
        side,
        ranked,
      }),
  });
  const timed = `${samples} samples x ${draws} draws, image ${side} x ` +
    `${side}, ${tissues} tissues, width ${width}; after a few draws to warm ` +
    "up. Both sides explain the same network with random weights.";
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
        peer: shap("shap, ranked_outputs=1", run.predictedClass, true),
      },
    ],
    async prepare() {
      await makeArrays(workspace, matrix);
      await makeModel(workspace, network);
    },
  };
}
