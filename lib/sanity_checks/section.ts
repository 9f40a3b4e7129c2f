/** The stage's part of the report. */

import { defineSection } from "../report/section.ts";
import { checks } from "./outputs.ts";
import { type CheckFindings, checkFindings } from "./section/findings.ts";
import { checksPart } from "./section/checks.ts";

export const checksSection = defineSection<CheckFindings>({
  title: "Sanity checks of the explanation",
  read: async (reader) => checkFindings(await reader.read(checks)),
  summarize: (found) => ({ ...found }),
  warning: ({ depends }) => depends === "yes" ? "" : VERDICTS[depends],
  details: ({ depends }) => depends === "yes" ? [VERDICTS[depends]] : [],
  write: checksPart,
  citations: () => ["checks of the explanation: Adebayo et al., NeurIPS 2018"],
});

/** Whether the scores depend on what was learned. */
const VERDICTS: Readonly<Record<CheckFindings["depends"], string>> = {
  yes: "The scores depend on what the network learned: explanations of " +
    "networks that know nothing of the tissues are different.",
  partly: "**The scores depend only in part on what the network learned:** " +
    "explanations of networks that know nothing of the tissues are similar.",
  no:
    "**The scores hardly depend on what the network learned:** explanations " +
    "of networks that know nothing of the tissues are nearly the same.",
  luck: "**The scores do not show what was learned:** the explanation of " +
    "another network of the ensemble, which learned the same, is no more " +
    "similar than those of networks that know nothing of the tissues.",
  unknown: "**It could not be determined whether the scores depend on what " +
    "the network learned.**",
};
