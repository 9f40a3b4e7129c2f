/** The part on the errors of the genes' scores over samples and networks. */

import { code, paragraphs } from "../../report/markdown.ts";
import { percent } from "../../cli/numbers.ts";
import { withCommas } from "../../cli/text.ts";
import { withFlag } from "../../report/commands.ts";
import { tissueGenes } from "../outputs.ts";
import type { ShapFindings } from "./findings.ts";

/** What the errors hold, and how many genes hold on other samples. */
export function errorsPart({ summary }: ShapFindings): string {
  return paragraphs(
    "### Other samples and other networks",
    `The standard error of a gene's median score (${
      code("standard_error")
    } in ${code(tissueGenes.file)}) has two parts: that over samples, by the ` +
      "bootstrap of the tissue's samples, which takes them to be independent, " +
      "and that over networks. The random draws of the explanation are in " +
      "both. Each part has its own column.",
    summary.ensemble === 1
      ? "With one network its part is not known, and so no error in total. " +
        `${withFlag("--cnn.ensemble 3")} trains three.`
      : heldOut(summary),
  );
}

/** The count on samples that did not list the genes; nothing without them. */
function heldOut({ fold_lists, folds }: ShapFindings["summary"]): string {
  const known = (fold_lists ?? []).filter(({ above_two_errors }) =>
    above_two_errors !== null
  );
  if (known.length === 0) {
    return "Whether the listed genes score above 0 by more than chance is not " +
      "said: it takes genes that were listed by other samples than those that " +
      "judge them, and enough test samples of a tissue.";
  }
  const judged = known.reduce((sum, row) => sum + row.judged, 0);
  const above = known.reduce((sum, row) => sum + row.above_two_errors!, 0);
  return `Of the genes that ${
    folds > 1 ? "each fold's training samples" : "training samples"
  } listed, down to the cutoff, **${withCommas(above)} of ` +
    `${withCommas(judged)}** (${
      percent(above / judged)
    }) have a median score ` +
    `over the test samples${folds > 1 ? " of that fold" : ""}, which had no ` +
    "part in the list, that is more than two of these errors above 0" +
    (folds > 1
      ? "; a gene counts once for each fold and tissue that list it, if " +
        "enough test samples of the fold are of the tissue"
      : "") +
    ". That is whether the networks use the gene there, not whether it is " +
    "specific.";
}
