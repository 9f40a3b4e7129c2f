/** Networks by the maize study's sizes, and by a run's own. */

import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";

/** Four blocks and 512 hidden units; at width 1 it is the study's own. */
export function studyNetwork(genes: number, tissues: number, width: number) {
  return describeNetwork({ ...STUDY_SIZES, genes, tissues, width });
}
