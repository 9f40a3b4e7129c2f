/** Whether the samples of the tests had a part in ranking the genes. */

import type { RunReport } from "../../report/run_report.ts";

/**
 * True if the genes were ranked on training samples and test samples alone are
 * clustered. With folds the published list rests on all samples.
 */
export function isUnseen(
  { crossFitted }: { readonly crossFitted: boolean },
  run: Pick<RunReport, "parameter">,
): boolean {
  return run.parameter("shap", "explained") === "training" && !crossFitted &&
    run.parameter("clusters", "samples") === "test";
}
