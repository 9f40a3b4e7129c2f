/** Explaining samples by expected gradients. */

import { imageSide } from "../../lib/prepare/image.ts";
import type { ExplainingTask } from "../ours/explain.ts";
import type { Benchmark, Side, Workplace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays, makeModel, modelFiles } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";

/** The rows that explain samples. */
export function explaining(place: Workplace, sizes: Sizes): Benchmark {
  const { genes, tissues, width, draws, background, samples, run } =
    sizes.explaining;
  const side = imageSide(genes);
  const matrix = { samples: samples + background, genes, tissues };
  const network = { genes, tissues, width };
  const taskFor = (count: number): ExplainingTask => ({
    ...arrayPaths(place, matrix),
    ...modelFiles(place, network),
    explained: samples,
    samples: count,
    draws,
    threads: place.threads,
  });
  const ours: Side = {
    name: "this suite",
    scale: samples / run.ours,
    run: () => runOurs(place, "explain.ts", taskFor(run.ours)),
  };
  const shap = (name: string, count: number, ranked: boolean): Side => ({
    name,
    scale: samples / count,
    run: () =>
      runPeer(place, "explain.py", {
        ...taskFor(count),
        ...network,
        side,
        ranked,
      }),
  });
  const timed = `${samples} samples x ${draws} draws, image ${side} x ` +
    `${side}, ${tissues} tissues, width ${width}; after a few draws to warm ` +
    "up. The network is the same on both sides, its weights random.";
  return {
    rows: [
      {
        id: "explain",
        title: `Explain ${samples} samples: what the ranks need`,
        timed: `${timed} We explain the predicted tissue; shap, as the study ` +
          "called it, explains all tissues and keeps one. Our pilot, which " +
          "finds where the network's output is steep, is counted in.",
        ours,
        peer: shap("shap.GradientExplainer", run.allClasses, false),
        goal: { ratio: 0.15 },
      },
      {
        id: "explain_ranked",
        title: "The same, against shap's own short cut",
        timed: `${timed} Both explain the predicted tissue alone ` +
          "(`ranked_outputs=1`).",
        ours,
        peer: shap("shap, ranked_outputs=1", run.predictedClass, true),
      },
    ],
    async prepare() {
      await makeArrays(place, matrix);
      await makeModel(place, network);
    },
  };
}
