/** Networks of the maize study's four blocks and 512 hidden units. */

import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";

/** At width 1 it is the study's own. */
export function studyNetwork(genes: number, tissues: number, width: number) {
  return describeNetwork({ ...STUDY_SIZES, genes, tissues, width });
}
