/** Indices of specificity, compared with those of tspex. */

import type { SpecificityTask } from "../ours/specificity.ts";
import { type Compared, forgetNumbers, withDifference } from "./agreement.ts";
import type { Benchmark, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { makeMeans, meansPath } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";

/** The row of the indices. */
export function specificity(
  workspace: Workspace,
  { specificity: size }: Sizes,
): Benchmark {
  const { scratch } = workspace;
  const compared: Compared = {
    what: "indices",
    ours: `${scratch}/specificity-ours.f64`,
    peer: `${scratch}/specificity-peer.f64`,
    // The square root of a divergence that is 0 but for rounding.
    most: 1e-7,
  };
  const task: SpecificityTask = { means: meansPath(workspace, size), out: "" };
  return {
    rows: [{
      id: "specificity",
      title: `Specificity: ${size.genes} genes x ${size.tissues} tissues`,
      timed: "From the tissues' means in memory to tau, Gini, Shannon, TSI, " +
        "SPM, z and Jensen-Shannon specificity, the last four in each tissue. " +
        "The peer is tspex's function of each index, called gene by gene. Ours " +
        "also computes EE and PEM, which tspex does not have. One thread each.",
      ours: {
        name: "this suite",
        scale: 1,
        run: () =>
          runOurs(workspace, "specificity.ts", { ...task, out: compared.ours }),
      },
      peer: {
        name: "tspex",
        scale: 1,
        run: async () =>
          withDifference(
            await runPeer(workspace, "specificity.py", {
              ...task,
              out: compared.peer,
            }),
            compared,
          ),
      },
      goal: { ratio: 0.1 },
    }],
    async prepare() {
      await makeMeans(workspace, size);
      await forgetNumbers(compared);
    },
  };
}
