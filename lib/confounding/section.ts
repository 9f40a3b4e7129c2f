/** The stage's part of the report: the study beside the tissue. */

import { percent } from "../cli/numbers.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { code, paragraphs } from "../report/markdown.ts";
import { defineSection, type SectionReader } from "../report/section.ts";
import { MOST_HELD_OUT } from "./levels.ts";
import * as files from "./outputs.ts";
import { heldOutTable, studyTable, withinTable } from "./section/tables.ts";
import {
  aloneSentence,
  besideSentence,
  confoundingClause,
  designSentences,
  heldOutSentence,
  obstacleSentence,
  studiesNotLookedAt,
  varianceSentence,
  withinSentence,
} from "./section/words.ts";

/** What the stage measured. */
type Findings = Awaited<ReturnType<typeof read>>;

export const confoundingSection = defineSection<Findings>({
  title: "Study or tissue",
  read,
  summarize: ({ summary }) => ({ ...summary }),
  notLookedAt: ({ summary }) => studiesNotLookedAt(summary),
  warning: ({ summary }) =>
    summary.obstacle !== null ? "" : aloneSentence(summary),
  points: ({ summary }) => ({
    study: summary.obstacle !== null ? "" : confoundingClause(summary),
  }),
  details: ({ summary }) =>
    summary.obstacle !== null ? [obstacleSentence(summary)] : [
      [
        besideSentence(summary),
        varianceSentence(summary),
        summary.within === null ? "" : withinSentence(summary),
      ].filter(Boolean).join(" "),
    ],
  write: (found, run) =>
    found.summary.obstacle !== null
      ? obstacleSentence(found.summary)
      : paragraphs(
        introduction(found),
        studyTable(found.studies),
        heldOutPart(found),
        withinPart(found),
        variancePart(found),
        run.figure(files.varianceFigure.file),
      ),
  citations: ({ summary }) =>
    summary.obstacle !== null ? [] : [
      "Cramér's V without its bias: Bergsma, Journal of the Korean " +
      "Statistical Society 42 (2013)",
      "cross-validation where batch and class go together: Soneson, Gerster " +
      "and Delorenzi, PLoS ONE 9 (2014)",
      ...summary.variance === null ? [] : [
        "epsilon squared: Kelley, Proceedings of the National Academy of " +
        "Sciences 21 (1935)",
      ],
    ],
});

async function read(reader: SectionReader) {
  const rowsOf = async <Row>(
    table: Parameters<typeof reader.read<readonly Row[]>>[0],
  ) => await reader.has(table) ? await reader.read(table) : [];
  return {
    summary: await reader.read(files.confounding),
    studies: await rowsOf(files.studies),
    within: await rowsOf(files.withinTissue),
  };
}

function introduction({ summary }: Findings): string {
  return `The column ${code(summary.column ?? "")} names the study of each ` +
    `sample, ${
      withCommas(summary.studies)
    } in all. Where tissue and study go ` +
    "together, what is found for a tissue may be the study's. " +
    designSentences(summary);
}

function heldOutPart({ summary }: Findings): string {
  const { held_out, studies } = summary;
  if (held_out === null) return heldOutSentence(summary);
  const chosen = held_out.studies === studies
    ? `Each of the ${withCommas(studies)} studies`
    : `Each of ${withCommas(held_out.studies)} of the ${
      withCommas(studies)
    } studies (those with enough samples of tissues that others have, too, ` +
      `the largest ${MOST_HELD_OUT} at most)`;
  return paragraphs(
    `${chosen} was held out in turn: a classifier learned the tissues from ` +
      "all other studies and predicted its samples. Beside it, the same " +
      `${countOf(held_out.samples, "sample")} of ${
        countOf(held_out.tissues, "tissue")
      } were held out in random parts with as many samples of each tissue as ` +
      "the studies, so that every classifier learned from as many samples of " +
      "each, here also from those of the same study. The difference is what a score owes to the study. The " +
      "set was selected with samples of all studies, so that its own scores " +
      "may be too good in both ways." +
      (held_out.used < summary.samples
        ? ` ${withCommas(held_out.used)} samples were used, drawn at random ` +
          "from each tissue and study."
        : ""),
    heldOutTable(held_out.scores),
    heldOutSentence(summary),
  );
}

function withinPart({ summary, within }: Findings): string {
  if (summary.within === null) return withinSentence(summary);
  return paragraphs(
    "Samples of one tissue can differ by study, not by tissue. A ridge " +
      "classifier told the study of its samples by cross-validation in five " +
      "parts; balanced accuracy, bold where it is more than 3 standard errors " +
      "above guessing. The same was done with the networks' outputs (each " +
      "tissue's logit less the mean of all) for the samples that trained " +
      "them, fold by fold:",
    withinTable(within),
    withinSentence(summary),
  );
}

function variancePart({ summary }: Findings): string {
  const { variance } = summary;
  if (variance === null) return varianceSentence(summary);
  return `${varianceSentence(summary)} That is by epsilon squared of a ` +
    "two-way analysis of variance, in which what goes with both counts for " +
    `neither: in the median ${
      percent(variance.set.common)
    } of the variance of a gene of the set, ${
      percent(variance.all.common)
    } of any gene. ${code(files.genes.file)} has the shares of each gene.`;
}
