/** The section on how this run departs from the original study, and why. */

import original from "../../../presets/original.json" with { type: "json" };
import type { Findings } from "../findings.ts";
import { escapeText, paragraphs, table } from "../markdown.ts";
import { count } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { spaceName } from "../verdict.ts";

/** The study's network, by the names of the stage's parameters. */
const studyTraining: Readonly<Record<string, unknown>> = original.cnn;

/** One departure: a row of the table, as plain text. */
export interface Deviation {
  readonly study: string;
  readonly here: string;
  readonly why: string;
}

/**
 * Writes the section on the deviations.
 *
 * @example
 * ```ts ignore
 * import { deviationsSection } from "./deviations.ts";
 * const text = deviationsSection(run, found);
 * ```
 */
export function deviationsSection(run: RunFiles, found: Findings): string {
  const rows = [...corrections(run, found), ...choices(run)];
  return paragraphs(
    "## Deviations from the original study",
    "The study is the one on tissue-specific maize genes by CNN and SHAP that " +
      "this suite re-implements; what it did was read in its public notebooks.",
    table(
      [
        { title: "#", align: "right" },
        { title: "the study did" },
        { title: "here" },
        { title: "why" },
      ],
      rows.map(({ study, here, why }, index) => [
        String(index + 1),
        escapeText(study),
        escapeText(here),
        escapeText(why),
      ]),
    ),
  );
}

/** What was wrong in the study, and what stands in its place. */
export function corrections(run: RunFiles, found: Findings): Deviation[] {
  const grouped = run.samples.some(({ group }) => group !== "");
  const parameter = (stage: string, name: string) =>
    run.records.find((record) => record.stage === stage)?.parameters[name];
  const k = new Set(run.clusters?.sets.map((row) => row.k) ?? []);
  return [
    {
      study: "split the samples anew in every notebook",
      here: "one split, made by prepare and read by every later stage",
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
      why: "the smaller spread makes anything look significant",
    },
    {
      study: "clustered on the UMAP embedding only",
      here: spaces(found),
      why: "UMAP does not keep densities and can tear clusters apart; its " +
        "author advises care",
    },
    {
      study: "explained with 200 unseeded draws and did not check the sum",
      here:
        `${run.shap ? count(run.shap.summary.draws) : "seeded"} draws, seeded${
          parameter("shap", "alphas") === "random"
            ? ""
            : ", one in each of as many equal parts of the way from background " +
              "to sample"
        }; the additivity gap is reported. No error bar is given ` +
        "for a single gene's score",
      why:
        "a gap far from 0 means too few draws; places drawn one a part are " +
        "as unbiased as places drawn anywhere, with a smaller error",
    },
    {
      study: "put the genes into the image in the order of the columns",
      here: "the same, as the method is built on it",
      why: "a weakness that remains: neighbouring pixels are not related " +
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

/** Departures by choice, not for a mistake. */
function choices(run: RunFiles): Deviation[] {
  return [
    {
      study: "split without regard to the tissues",
      here:
        "the split is stratified: every tissue that can be is on both sides",
      why: "a tissue that is only trained or only tested tells nothing",
    },
    {
      study: "ranked the genes on test samples and clustered test samples by " +
        "them",
      here: "the same, on one split, so this weakness remains",
      why: "the set is chosen with the help of the samples that test it; the " +
        "random sets are not",
    },
    {
      study: "computed gradients for every class and kept one",
      here: "only the predicted class is explained",
      why: "the same numbers for less work",
    },
    {
      study: "gave the convolutions and the hidden dense layer a bias in " +
        "front of batch normalization",
      here: "no bias there; the output layer keeps its own",
      why:
        "batch normalization subtracts the mean and so cancels a bias: the " +
        "network is the same with fewer weights",
    },
    ...settings(run),
    {
      study: "trained with Keras",
      here: "TensorFlow.js with kernels and an optimizer of its own that " +
        "follow Keras's formulas, rounded in another order and fed by other " +
        "random numbers",
      why: "the suite runs on Deno without Python; equal in method, not in " +
        "each weight",
    },
    {
      study: "used umap-learn, which starts from a spectral layout",
      here: "umap-js, which starts from a random layout",
      why: "the same method, but other pictures; compare sets within one " +
        "program only",
    },
    ...(run.simulated
      ? [{
        study: "used maize RNA-seq samples",
        here: "simulated samples with planted marker genes",
        why: "the truth is known, so the genes found can be checked",
      }]
      : []),
  ];
}

/** The settings of the training that are not the study's. */
function settings(run: RunFiles): Deviation[] {
  const used = run.records.find(({ stage }) => stage === "cnn")?.parameters ??
    {};
  const other = Object.keys(studyTraining).filter((name) =>
    // BatchNorm's statistics have a row of their own.
    name !== "statistics" && Object.hasOwn(used, name) &&
    used[name] !== studyTraining[name]
  );
  if (other.length === 0) return [];
  const list = (values: Readonly<Record<string, unknown>>) =>
    other.map((name) => `${name} ${values[name]}`).join(", ");
  return [{
    study: `trained with ${list(studyTraining)}`,
    here: list(used),
    why: run.simulated
      ? "the simulated demo is small and has to run in minutes"
      : "chosen for this run; presets/original.json holds the study's",
  }];
}

/** Whether the random sets have the gene set's size. */
function sizes({ ttest, gene_set }: Findings): string {
  if (!ttest || !gene_set) return "random sets have the gene set's size";
  return ttest.genes === gene_set.genes
    ? `random sets have the gene set's size, ${count(ttest.genes)} genes`
    : `the random sets of this run hold ${count(ttest.genes)} genes, the set ` +
      `${count(gene_set.genes)}: as in the study, the sizes do not match`;
}

/** The spaces that the gene sets were clustered in. */
function spaces({ clusters = [] }: Findings): string {
  const names = [...new Set(clusters.map(({ space }) => spaceName(space)))];
  return names.length > 1
    ? `shown in ${names.join(", ")}`
    : "UMAP only in this run, so this weakness remains";
}
