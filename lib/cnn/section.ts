/** The stage's part of the report: the training and the test scores. */

import { defineSection } from "../report/section.ts";
import { metrics } from "./outputs.ts";
import { type NetworkFindings, networkFindings } from "./section/findings.ts";
import { networkWarnings } from "./section/warnings.ts";
import { groupColumn } from "./section/group_words.ts";
import { networkPart } from "./section/network.ts";
import {
  networkOpening,
  networkPoint,
  networkVerdict,
} from "./section/verdict.ts";

export const cnnSection = defineSection<NetworkFindings>({
  title: "Network",
  read: async (reader) => networkFindings(await reader.read(metrics)),
  summarize: ({ comparison, spread }) => ({
    ...comparison,
    ...Object.fromEntries(
      comparison?.rivals.map((
        { name, macro_f1 },
      ) => [`${name}_macro_f1`, macro_f1]) ?? [],
    ),
    networks: spread,
  }),
  opening: networkOpening,
  warning: (found) => networkWarnings(found).join(" "),
  points: (found) => ({ rivals: networkPoint(found) }),
  details: (found, run) => [networkVerdict(found, groupColumn(run))],
  write: networkPart,
  citations: ({ comparison }) =>
    comparison === null ? [] : [
      "McNemar's test: McNemar, Psychometrika 12 (1947)",
      "p-values adjusted for several tests: Holm, Scandinavian Journal of " +
      "Statistics 6 (1979)",
      "the interval of a difference of macro F1: Yeh, Proceedings of COLING " +
      "2 (2000); Janssen, Statistics and Probability Letters 36 (1997)",
      ...(comparison.rivals.some(({ by_groups }) => by_groups !== null)
        ? ["the test by groups: Winkler et al., NeuroImage 92 (2014)"]
        : []),
    ],
});
