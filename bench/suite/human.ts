/** The study of a human matrix, compared with the same study in Python. */

import { cnnParameters } from "../../lib/cnn/parameters.ts";
import { clustersParameters } from "../../lib/clusters/parameters.ts";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { prepareParameters } from "../../lib/prepare/parameters.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";
import {
  type Benchmark,
  type Measured,
  SideFailure,
  type Workspace,
} from "./benchmark.ts";
import { ownV8Flags, runPeer } from "./child.ts";
import { asFlags, CLUSTERING, SAME_WORK } from "./same_work.ts";
import { runAll } from "./whole_run.ts";

/** What both sides are asked for; the rest are our defaults. */
interface Study {
  readonly epochs: number;
  readonly draws: number;
  /** Random sets of each null model. */
  readonly sets: number;
  readonly checks: {
    /** Samples a tissue. */
    readonly samples: number;
    readonly draws: number;
    readonly epochs: number;
  };
}

const FULL: Study = {
  epochs: 30,
  draws: 50,
  sets: 100,
  checks: { samples: 5, draws: 50, epochs: 30 },
};

const QUICK: Study = {
  epochs: 2,
  draws: 10,
  sets: 4,
  checks: { samples: 1, draws: 10, epochs: 2 },
};

const MEMBERS = 1;

const WIDTH = 0.25;

/**
 * The row of the human matrix.
 *
 * @param folder Holds `counts.tsv.gz`, genes in rows, and `samples.csv`.
 */
export function humanStudy(
  workspace: Workspace,
  folder: string,
  quick: boolean,
): Benchmark {
  const study = quick ? QUICK : FULL;
  const matrix = `${folder}/counts.tsv.gz`;
  const sheet = `${folder}/samples.csv`;
  const run = `${workspace.scratch}/human`;
  const present = async () => {
    for (const file of [matrix, sheet]) {
      if (!await Deno.stat(file).then(() => true, () => false)) {
        throw new SideFailure(
          `${file} does not exist; --human names its folder`,
        );
      }
    }
  };
  return {
    rows: [{
      id: "human_matrix",
      title: "A whole study: 390 human samples x 20,242 genes, 6 tissues",
      timed: "From the start of the program to its end, compilation by the " +
        `peer included. Both: one split, ${MEMBERS} network of the default ` +
        `layers (width ${WIDTH}) with ${study.epochs} epochs, all test ` +
        `samples explained with ${study.draws} draws, the simple rankings, ` +
        `the gene sets clustered in three spaces, ${study.sets} random sets ` +
        "of each of two null models in the same spaces with as many k-means " +
        "runs and starts, and the sanity checks: " +
        `${study.checks.samples} samples a tissue explained by each network ` +
        `with ${study.checks.draws} draws, and ${study.checks.epochs} epochs ` +
        "on shuffled labels. Ours also estimates the alpha density, " +
        "judges the smallest panel, measures confounding and writes figures " +
        "and report; the peer writes tables only. The peer is " +
        "PyTorch with the draws of shap, all of a sample in one batch, and " +
        "umap-learn and scikit-learn in one process per core.",
      ours: {
        name: "this suite",
        scale: 1,
        async run() {
          await present();
          const measured = await runAll(workspace, {
            tree: workspace.project,
            run,
            denoFlags: ownV8Flags,
            flags: flagsOf(study, matrix, sheet),
          });
          return {
            ...measured,
            facts: await factsOf(`${workspace.project}${run}`),
          };
        },
      },
      peer: {
        name: "PyTorch, umap-learn, scikit-learn",
        scale: 1,
        async run() {
          await present();
          const start = performance.now();
          const measured = await runPeer(workspace, "study.py", {
            ...peerTask(study),
            matrix,
            sheet,
            out: `${workspace.scratch}/human-peer`,
            threads: workspace.threads,
          });
          const seconds = (performance.now() - start) / 1000;
          return { ...measured, seconds };
        },
      },
      goal: { ratio: 0.4, bytes: 3e9 },
    }],
    prepare: () => Promise.resolve(),
  };
}

/** The flags of our run. */
function flagsOf(
  { epochs, draws, sets, checks }: Study,
  matrix: string,
  sheet: string,
): string[] {
  return asFlags({
    input: matrix,
    samples: sheet,
    label: "tissue",
    folds: 1,
    "cnn.ensemble": MEMBERS,
    "cnn.width": WIDTH,
    "cnn.epochs": epochs,
    "shap.draws": draws,
    "ttest.sets": sets,
    ...SAME_WORK,
    "checks.samples": checks.samples,
    "checks.draws": checks.draws,
    "checks.epochs": checks.epochs,
  });
}

/** The same for the peer, with our defaults. */
function peerTask({ epochs, draws, sets, checks }: Study) {
  const clusters = clustersParameters(spaces);
  return {
    decoys: prepareParameters.decoys.default,
    blocks: cnnParameters.blocks.default,
    width: WIDTH,
    hidden: cnnParameters.hidden.default,
    batch: cnnParameters.batch.default,
    learningRate: cnnParameters["learning-rate"].default,
    decay: cnnParameters.decay.default,
    members: MEMBERS,
    epochs,
    draws,
    top: shapParameters.top.default,
    randomSets: clusters["random-sets"].default,
    restarts: {
      lowDim: CLUSTERING["n-init"],
      highDim: CLUSTERING["n-init-high-dim"],
    },
    sets,
    repeats: {
      lowDim: CLUSTERING["layout-repeats"],
      highDim: CLUSTERING.repeats,
    },
    checks,
  };
}

/** What shows that both sides did the same work. */
async function factsOf(run: string): Promise<Measured["facts"]> {
  const read = async (file: string) =>
    JSON.parse(await Deno.readTextFile(`${run}/${file}`));
  const metrics = await read("cnn/metrics.json");
  const shap = await read("shap/summary.json");
  const { other_measures: [test] } = await read("ttest/ttest.json");
  const { samples, checks, shuffled_network } = await read(
    "checks/checks.json",
  );
  return {
    genes: shap.genes_in_matrix,
    "samples explained": metrics.test_samples,
    "updates of a network": metrics.updates,
    accuracy: metrics.accuracy,
    "genes in the set": test.genes,
    "V-measure of the set": test.statistic,
    "mean V-measure of random sets": test.null_mean,
    "samples of the checks": samples,
    "rank correlation of the rerun": checks[0].spearman,
    "shuffled labels learned": shuffled_network.train_accuracy,
  };
}
