/** The stage's part of the report: the training and the test scores. */

import { defineSection } from "../report/section.ts";
import { metrics } from "./outputs.ts";
import { type NetworkFindings, networkFindings } from "./section/findings.ts";
import { networkPart } from "./section/network.ts";
import { networkHeadline, networkVerdict } from "./section/verdict.ts";

export const cnnSection = defineSection<NetworkFindings>({
  title: "Network",
  read: async (reader) => networkFindings(await reader.read(metrics)),
  summarize: ({ comparison, spread }) => ({ ...comparison, networks: spread }),
  headline: networkHeadline,
  verdict: (found) => [networkVerdict(found)],
  write: networkPart,
  citations: ({ comparison }) =>
    comparison === null ? [] : [
      "standard error of the number of samples predicted right: Agresti and " +
      "Coull, The American Statistician 52 (1998)",
    ],
});
