/** What the study did not ask of its gene set, and whether this run does. */

import { cnnSection } from "../../../cnn/section.ts";
import { ttestSection } from "../../../null_test/section.ts";
import { prepareSection } from "../../../prepare/section.ts";
import { checksSection } from "../../../sanity_checks/section.ts";
import { shapSection } from "../../../shap/section.ts";
import { withCommas } from "../../../cli/text.ts";
import type { RunReport } from "../../run_report.ts";
import { type Deviation, REMAINS } from "./deviation.ts";

const LEFT_OUT = `not in this run; ${REMAINS}`;

/** The safeguards that the study did without. */
export function safeguards(run: RunReport): Deviation[] {
  const decoys = run.of(prepareSection)?.decoys ?? 0;
  const ensemble = run.of(cnnSection)?.metrics.ensemble ?? 1;
  return [
    {
      study: "drew random sets from genes of any level of expression",
      here:
        run.of(ttestSection)?.tests.some((test) =>
            test.null_model === "matched"
          )
          ? "the same, and also random sets of genes with similar expression"
          : `the same in this run; ${REMAINS}`,
      why: "genes that are strongly expressed or noisy may separate tissues " +
        "better or worse, whatever their function",
    },
    {
      study: "did not ask how noisy the ranking is",
      here: decoys > 0
        ? `${
          withCommas(decoys)
        } decoys of shuffled noise are among the genes ` +
          `of the image${
            run.of(shapSection)?.decoys
              ? " and give the ranking's noise rate"
              : ""
          }`
        : LEFT_OUT,
      why: "the study's rank threshold does not consider chance" +
        (decoys > 0
          ? ". The cost: decoys enlarge the image and move the genes' pixels"
          : ""),
    },
    {
      study: "explained one network",
      here: ensemble > 1
        ? `the mean of ${ensemble} networks predicts and is explained, ` +
          "and their agreement is reported"
        : `the same in this run; ${REMAINS}`,
      why: "a training with other random numbers may select other genes",
    },
    {
      study: "assumed that the scores show what the network learned",
      here: run.of(checksSection)
        ? "the scores are compared with those of networks with random weights " +
          "and of one trained on shuffled tissues"
        : LEFT_OUT,
      why: "some explanations stay the same whatever the network has learned " +
        "(Adebayo et al. 2018)",
    },
  ];
}
