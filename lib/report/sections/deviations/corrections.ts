/** The study's mistakes, and what is done instead. */

import { clustersSection } from "../../../clusters/section.ts";
import { ttestSection } from "../../../null_test/section.ts";
import { spaces } from "../../../clusters/spaces/spaces.ts";
import { prepareSection } from "../../../prepare/section.ts";
import { shapSection } from "../../../shap/section.ts";
import { withCommas } from "../../../cli/text.ts";
import type { RunReport } from "../../run_report.ts";
import { type Deviation, REMAINS } from "./deviation.ts";

/** What was wrong in the study, and what is done instead. */
export function corrections(run: RunReport): Deviation[] {
  const data = run.of(prepareSection);
  const shap = run.of(shapSection);
  const k = new Set(run.of(clustersSection)?.sets.map((set) => set.k));
  return [
    {
      study: "split the samples again in every notebook",
      here: (data?.folds ?? 1) > 1
        ? `one division into ${data?.folds} folds, made by prepare and read ` +
          "by every later stage"
        : "one split, made by prepare and read by every later stage",
      why:
        "training samples would be explained and clustered as if they were " +
        "new",
    },
    {
      study: "seeded only UMAP",
      here:
        "every random choice has a seed, derived from one master seed and " +
        "recorded",
      why: "a result that cannot be reproduced cannot be checked",
    },
    {
      study: "let runs of one experiment be on both sides of the split",
      here: data?.sampleRows.some(({ group }) => group !== "")
        ? "groups were given: each is on one side only"
        : `no groups were given in this run; ${REMAINS}`,
      why: "a network can learn batch effects instead of the tissue",
    },
    {
      study: "wrote the cluster number into the table, where the next repeat " +
        "of k-means clustered it with the rest",
      here: "every repeat clusters the same embedding; nothing is written back",
      why: "the repeats were not independent",
    },
    {
      study: "drew random genes from all columns, the tissue label included",
      here: "random genes come from the gene columns only",
      why: "the label must not describe the samples",
    },
    {
      study: "embedded one random set several times and called it several sets",
      here: "each random set is drawn and embedded with its own seeds",
      why: "one set does not show how sets differ",
    },
    {
      study: "compared 13,670 genes with random sets of 2,423",
      here: formatSizes(run),
      why: "V-measure changes with the number of genes",
    },
    {
      study: "made 29 clusters whatever the data, and gave V-measure alone",
      here: k.size === 0
        ? "k and the adjusted scores are set by the stage clusters"
        : `k = ${
          [...k].join(", ")
        } for ${data?.tissues} tissues in the matrix; judged by AMI, with ARI and V-measure beside it`,
      why: "V-measure rises by chance as k approaches the number of samples",
    },
    {
      study:
        "took the spread of k-means restarts within a set for that of the " +
        "null distribution, and computed no p",
      here: "the spread between random sets; a t-test and an empirical p",
      why:
        "restarts show how k-means varies, not how gene sets do; where sets " +
        "vary more, everything looks significant",
    },
    {
      study: "clustered on the UMAP embedding only",
      here: formatSpaces(run),
      why: "UMAP does not keep densities and can split clusters; its author " +
        "advises care",
    },
    {
      study: "explained with 200 unseeded draws and did not check the sum",
      here: `${
        shap ? withCommas(shap.summary.draws) : "seeded"
      } draws, seeded; ${formatAlphas(run)}; ${
        run.parameter("shap", "backgrounds") === "balanced"
          ? "background samples spread over the tissues"
          : "background samples at random, as in the study"
      }${
        run.parameter("shap", "control") === "background"
          ? ", corrected by the mean of all"
          : ""
      }; the additivity gap is reported. ${
        shap?.summary.draws_stability
          ? "Each gene's score has a standard error, and the overlap with a " +
            "rerun is estimated"
          : "There is no standard error of a single gene's score"
      }`,
      why:
        "a gap far from 0 means too few draws; draws that are spread evenly, " +
        "or are dense where the output changes, are as unbiased as uniform " +
        "draws, with a smaller error",
    },
    {
      study: "put the genes into the image in the order of the columns",
      ...(run.parameter("cnn", "columns") === "member"
        ? {
          here: "in a random order of each network's own",
          why: "neighboring pixels are not related genes; what a gene's " +
            "score has of its neighbors' is no longer the same in all networks",
        }
        : {
          here: "the same, because the method is built on it",
          why: "a weakness that remains: neighboring pixels are not related " +
            "genes, so the convolution has no biological meaning",
        }),
    },
    {
      study: "used the moving averages of batch normalization",
      ...(run.parameter("cnn", "batch-norm") === "moving"
        ? {
          here: "the same, as requested (batch-norm = moving)",
          why: "in short trainings they lag behind the weights",
        }
        : {
          here:
            "means and variances are recomputed over the training samples " +
            "after training; the validation curve uses moving averages from " +
            "which the starting values were removed",
          why:
            "in short trainings the moving averages lag behind the weights: " +
            "after 50 updates 60 % of them are starting values",
        }),
    },
  ];
}

/** Where the draws lie between background and sample. */
function formatAlphas(run: RunReport): string {
  const inParts = "one in each of as many parts of the path from background " +
    "to sample";
  const alphas = run.parameter("shap", "alphas");
  return alphas === "importance"
    ? `${inParts}, short parts where the network's output changes most, each ` +
      "draw weighted by the length of its part"
    : alphas === "uniform"
    ? "anywhere on the path, as in the study"
    : inParts;
}

/** Whether the random sets have the gene set's size. */
function formatSizes(run: RunReport): string {
  const test = run.of(ttestSection)?.tests[0];
  const genes = run.of(shapSection)?.summary.genes;
  if (test === undefined || genes === undefined || test.genes === genes) {
    return "random sets have the gene set's size";
  }
  return `the random sets of this run have ${
    withCommas(test.genes)
  } genes, the set ` +
    `${withCommas(genes)}: as in the study, the sizes do not match`;
}

/** The spaces that the gene sets were clustered and tested in. */
function formatSpaces(run: RunReport): string {
  const scored = new Set(
    run.of(clustersSection)?.scores.map(({ space }) => space),
  );
  const tested = new Set(
    run.of(ttestSection)?.tests.map(({ space }) => space),
  );
  const names = spaces.filter(({ name }) => scored.has(name))
    .map(({ title }) => title);
  if (names.length < 2) {
    return `${names[0] ?? "UMAP"} only in this run; ${REMAINS}`;
  }
  return `in ${names.length} spaces (${names.join(", ")})` +
    (tested.size > 0 ? `, and tested in ${tested.size} of them` : "");
}
