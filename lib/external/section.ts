/** The stage's part of the report: what another cohort says. */

import { shuffleCitations } from "../rankings/section/p_values.ts";
import { withFlag } from "../report/commands.ts";
import { defineSection } from "../report/section.ts";
import {
  type ExternalFindings,
  readFindings,
  summarizeFindings,
} from "./section/findings.ts";
import { cohortPart } from "./section/cohort.ts";
import { externalStandings } from "./section/standings.ts";
import {
  cohortNotLookedAt,
  externalClause,
  externalDetails,
  externalOpening,
  externalWarning,
} from "./section/verdict.ts";

export const externalSection = defineSection<ExternalFindings>({
  title: "Another cohort",
  read: readFindings,
  summarize: summarizeFindings,
  opening: (found) => ({ elsewhere: externalOpening(found) }),
  warning: externalWarning,
  points: (found) => ({ cohort: externalClause(found) }),
  notLookedAt: cohortNotLookedAt,
  details: externalDetails,
  standings: externalStandings,
  write: (found, run) =>
    found.cohort === null
      ? `No other cohort was given: nothing here says how networks and lists ` +
        `do elsewhere. ${
          withFlag("--external FILE")
        } judges them by another one.`
      : cohortPart(found.cohort, found.panels, run),
  citations: ({ cohort }) =>
    cohort === null ? [] : [
      ...shuffleCitations,
      "p-values of random draws: Phipson and Smyth, Statistical " +
      "Applications in Genetics and Molecular Biology 9 (2010)",
    ],
});
