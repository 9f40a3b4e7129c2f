/** What the study did not ask of its gene set, and whether this run does. */

import type { Findings } from "../../findings.ts";
import { count } from "../../numbers.ts";
import type { RunFiles } from "../../run_files.ts";
import type { Deviation } from "./deviation.ts";

/** For a check that this run left out. */
const remains = "not in this run, so this weakness remains";

/**
 * The safeguards that the study did without.
 */
export function safeguards(run: RunFiles, found: Findings): Deviation[] {
  const { gene_set, ttest, checks } = found;
  const replicates = run.network?.metrics.replicates ?? 1;
  return [
    {
      study: "drew random sets from genes of any level of expression",
      here: ttest?.tests?.some((test) => test.null === "matched")
        ? "the same, and beside it random sets of like mean and spread"
        : "the same in this run, so this weakness remains",
      why: "genes that are expressed strongly or vary much may part tissues " +
        "better, whatever their part in them",
    },
    {
      study: "did not ask how many genes enter the set by chance",
      here: run.decoyCount > 0
        ? `${count(run.decoyCount)} decoys with shuffled values stand among ` +
          `the genes of the image${
            gene_set?.decoys ? " and give a false discovery rate" : ""
          }`
        : remains,
      why: run.decoyCount > 0
        ? "the study's cut does not look at chance. The price: decoys make " +
          "the image larger and move the genes' pixels"
        : "the study's cut does not look at chance",
    },
    {
      study: "explained one network",
      here: replicates > 1
        ? `the mean of ${count(replicates)} networks predicts and is ` +
          "explained, and their agreement is reported"
        : "the same in this run, so this weakness remains",
      why: "another training from other random numbers may name other genes",
    },
    {
      study: "took it that the scores tell of what the network learnt",
      here: checks
        ? "the scores are compared with those of networks of random weights " +
          "and of shuffled tissues"
        : remains,
      why: "some explanations stay the same whatever the network has learnt " +
        "(Adebayo et al. 2018)",
    },
  ];
}
