/** The study's mistakes, and what stands in their place. */

import type { Findings } from "../../findings.ts";
import { count } from "../../numbers.ts";
import type { RunFiles } from "../../run_files.ts";
import { findSpace } from "../../../clusters/spaces/spaces.ts";
import type { Deviation } from "./deviation.ts";

/**
 * What was wrong in the study, and what stands in its place.
 */
export function corrections(run: RunFiles, found: Findings): Deviation[] {
  const grouped = run.samples.some(({ group }) => group !== "");
  const parameter = (stage: string, name: string) =>
    run.records.find((record) => record.stage === stage)?.parameters[name];
  const k = new Set(run.clusters?.sets.map((row) => row.k) ?? []);
  return [
    {
      study: "split the samples anew in every notebook",
      here: found.folds > 1
        ? `one parting into ${found.folds} folds, made by prepare and read by ` +
          "every later stage"
        : "one split, made by prepare and read by every later stage",
      why: "samples that were trained on would be explained and clustered as " +
        "if they were new",
    },
    {
      study: "gave a seed to UMAP only",
      here:
        "every random choice has a seed, derived from one master seed and " +
        "written down",
      why: "a result that cannot be made again cannot be checked",
    },
    {
      study: "let runs of one experiment fall on both sides of the split",
      here: grouped
        ? "groups were given: each is on one side only"
        : "no groups were given in this run, so this weakness remains",
      why: "a network can learn the laboratory instead of the tissue",
    },
    {
      study: "wrote the cluster number into the table, where the next repeat " +
        "of k-means clustered it with the rest",
      here: "every repeat clusters the same embedding; nothing is written back",
      why: "the repeats were not independent",
    },
    {
      study: "drew random genes from all columns, the tissue label among them",
      here: "random genes come from the gene columns only",
      why: "the label must not describe the samples",
    },
    {
      study: "embedded one random set several times and called it several sets",
      here: "each random set is drawn and embedded with seeds of its own",
      why: "one set shows nothing of how sets differ",
    },
    {
      study: "compared 13,670 genes with random sets of 2,423",
      here: sizes(found),
      why: "V-measure changes with the number of genes",
    },
    {
      study: "made 29 clusters whatever the data, and gave V-measure alone",
      here: k.size === 0
        ? "k and the adjusted scores are set by the clusters stage"
        : `k = ${[...k].join(", ")} for ${
          count(found.tissues)
        } tissues in the matrix; AMI and ARI stand beside V-measure`,
      why: "V-measure rises by chance as k nears the number of samples",
    },
    {
      study: "took the spread of k-means restarts within a set for the null " +
        "distribution's, and computed no p",
      here: "the spread between random sets; a t-test and an empirical p, " +
        "both printed",
      why:
        "restarts show how k-means varies, not how gene sets do; where sets " +
        "vary more, anything looks significant",
    },
    {
      study: "clustered on the UMAP embedding only",
      here: spaces(found),
      why: "UMAP does not keep densities and can tear clusters apart; its " +
        "author advises care",
    },
    {
      study: "explained with 200 unseeded draws and did not check the sum",
      here: `${
        run.shap ? count(run.shap.summary.draws) : "seeded"
      } draws, seeded; ${placesOf(parameter("shap", "alphas"))}; ${
        backgroundsOf(parameter("shap", "backgrounds"))
      }; the additivity gap is reported. ${errors(found)}`,
      why:
        "a gap far from 0 means too few draws; draws that are spread evenly, " +
        "or lie where the output changes, are as unbiased as draws anywhere, " +
        "with a smaller error",
    },
    {
      study: "put the genes into the image in the order of the columns",
      here: "the same, as the method is built on it",
      why: "a weakness that remains: neighboring pixels are not related " +
        "genes, so the convolution has no meaning in biology",
    },
    ...(parameter("cnn", "statistics") === "moving"
      ? [{
        study: "used the moving averages of batch normalization",
        here: "the same, as asked for (statistics = moving)",
        why: "in short trainings they lag behind the weights",
      }]
      : [{
        study: "used the moving averages of batch normalization",
        here: "the means and variances are computed again over the training " +
          "part after training; the validation curve uses moving averages " +
          "from which the starting values were taken out",
        why: "in short trainings the moving averages lag behind the weights: " +
          "after 50 updates 60 % of them are starting values",
      }]),
  ];
}

/** Where between background and sample the draws lie. */
function placesOf(alphas: unknown): string {
  const inParts = "one in each of as many parts of the way from background " +
    "to sample";
  if (alphas === "steep") {
    return `${inParts}, short parts where the network's output changes most, ` +
      "each draw weighted by the length of its part";
  }
  return alphas === "random" ? "anywhere on the way, as in the study" : inParts;
}

/** Which background samples the draws start from. */
function backgroundsOf(backgrounds: unknown): string {
  return backgrounds === "balanced"
    ? "background samples spread over the tissues"
    : "background samples at random, as in the study";
}

/** Whether the scores have error bars. */
function errors({ gene_set }: Findings): string {
  return gene_set?.draws
    ? "Each gene's score has a standard error, and the overlap with a rerun " +
      "is estimated"
    : "No error bar is given for a single gene's score";
}

/** Whether the random sets have the gene set's size. */
function sizes({ ttest, gene_set }: Findings): string {
  if (!ttest || !gene_set) return "random sets have the gene set's size";
  return ttest.genes === gene_set.genes
    ? `random sets have the gene set's size, ${count(ttest.genes)} genes`
    : `the random sets of this run hold ${count(ttest.genes)} genes, the set ` +
      `${count(gene_set.genes)}: as in the study, the sizes do not match`;
}

/** The spaces that the gene sets were clustered and tested in. */
function spaces({ clusters = [], ttest }: Findings): string {
  const names = [...new Set(clusters.map(({ space }) => findSpace(space).phrase))];
  const tested = new Set(
    ttest?.tests?.map(({ space }) => space) ?? (ttest ? [ttest.space] : []),
  );
  if (names.length < 2) {
    return `${
      (names[0] ?? "UMAP").replace(/ space$/, "")
    } only in this run, so this weakness remains`;
  }
  return `shown in ${names.join(", ")}` +
    (tested.size > 1
      ? `, and tested in ${tested.size} of them`
      : tested.size === 1
      ? `, but tested in one of them only`
      : "");
}
