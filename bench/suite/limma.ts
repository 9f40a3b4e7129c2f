/** Moderated t of each tissue, compared with R's limma. */

import type { LimmaTask } from "../ours/limma.ts";
import { type Compared, forgetNumbers, withDifference } from "./agreement.ts";
import type { Benchmark, Workspace } from "./benchmark.ts";
import { runOurs, runR } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";

/** The row of limma. */
export function limma(
  workspace: Workspace,
  { limma: size }: Sizes,
): Benchmark {
  const { scratch } = workspace;
  const compared: Compared = {
    what: "t",
    ours: `${scratch}/limma-t-ours.f64`,
    peer: `${scratch}/limma-t-peer.f64`,
    // t is of the order of 100, and both fit the trend in float64.
    most: 1e-6,
  };
  const task: LimmaTask = { ...arrayPaths(workspace, size), out: "" };
  return {
    rows: [{
      id: "limma",
      title: `Moderated t: ${size.samples} samples x ${size.genes} genes, ` +
        `${size.tissues} tissues`,
      timed: "From the matrix in memory to all p-values: least squares, each " +
        "tissue against the mean of the other tissues' means, the variances' " +
        "trend, moderated t and F, Benjamini and Hochberg over the genes of " +
        "each tissue and over F. Genes that are the same in all samples are " +
        "left out before. One thread each.",
      ours: {
        name: "this suite",
        scale: 1,
        run: () =>
          runOurs(workspace, "limma.ts", { ...task, out: compared.ours }),
      },
      peer: {
        name: "limma (R)",
        scale: 1,
        run: async () =>
          withDifference(
            await runR(workspace, "limma.R", { ...task, out: compared.peer }),
            compared,
          ),
      },
      goal: { ratio: 1 },
    }],
    async prepare() {
      await makeArrays(workspace, size);
      await forgetNumbers(compared);
    },
  };
}
