/** The stage's part of the report: small panels on unseen samples. */

import { fixed } from "../cli/numbers.ts";
import { groupColumn } from "../cnn/section/group_words.ts";
import { countOf, withCommas } from "../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../report/markdown.ts";
import { defineSection } from "../report/section.ts";
import { formatP } from "../statistics/format_p.ts";
import { panelCurves, panelGenes, type PanelRow, panels } from "./outputs.ts";
import { SHAP_TEST, WHOLE_SET } from "./ranked_lists.ts";
import { find, isBetter } from "./find_rows.ts";
import {
  type PanelsFindings,
  readFindings,
  summarizeFindings,
} from "./section/findings.ts";
import {
  cleanRanking,
  groupsNote,
  optimism,
  panelsOpening,
  panelsPoints,
  panelsVerdict,
  panelsWarning,
} from "./section/verdict.ts";
import { panelsStandings } from "./section/standings.ts";
import { panelPhrase, pCell, sizeCell, sizeList } from "./section/words.ts";

export const panelsSection = defineSection<PanelsFindings>({
  title: "Small panels on unseen samples",
  read: readFindings,
  summarize: summarizeFindings,
  opening: (found) => ({ unseen: panelsOpening(found) }),
  warning: panelsWarning,
  points: (found, run) => panelsPoints(found, groupColumn(run)),
  standings: panelsStandings,
  details: (found) => [optimism(found)].filter(Boolean),
  write: (found, run) =>
    found.shown === null ? panelsVerdict(found, "") : paragraphs(
      [
        panelsVerdict(found, groupColumn(run)),
        groupsNote(found),
        cleanRanking(found),
        sizesLikeChance(found),
        clustering(found),
        optimism(found),
      ].filter(Boolean).join(" "),
      run.figure(panelCurves.file),
      "### Macro F1 of nearest centroid",
      scoreTable(found, "centroid_macro_f1"),
      found.shownAmi === null ? "" : "### AMI of k-means",
      found.shownAmi === null ? "" : scoreTable(found, "ami"),
      howToRead(found),
    ),
  citations: () => [
    "p-values adjusted over the sizes: Holm, Scandinavian Journal of " +
    "Statistics 6 (1979)",
    "why AMI where tissues differ in size: Romano, Vinh, Bailey and Verspoor, " +
    "Journal of Machine Learning Research 17 (2016)",
    "random gene sets as the yardstick of a signature: Venet, Dumont and " +
    "Detours, PLoS Computational Biology 7 (2011)",
  ],
});

/** Sizes at which random genes do as well. */
function sizesLikeChance({ rows, main, shown }: PanelsFindings): string {
  if (main.seen || shown === null || !isBetter(shown)) return "";
  const alike = rows.filter((row) =>
    row.ranking === main.ranking && row.score === shown.score && !isBetter(row)
  ).map(({ size }) => size);
  return alike.length === 0 ? "" : "Not shown to be better than as many " +
    `random genes: the panels of ${sizeList(alike)}` +
    (alike.at(-1) === WHOLE_SET && alike.length === 1
      ? "."
      : " (genes a tissue).");
}

function clustering({ shownAmi, main }: PanelsFindings): string {
  if (shownAmi === null) return "";
  const numbers = `AMI ${fixed(shownAmi.value)}, random genes ` +
    `${fixed(shownAmi.null_mean)}, adjusted p ${formatP(shownAmi.adjusted_p)}`;
  const whose = main.seen ? "on samples that its genes have seen, " : "";
  return isBetter(shownAmi)
    ? `Clustered by k-means, ${whose}the smallest panel better than random ` +
      `genes is ${panelPhrase(shownAmi)}: ${numbers}.`
    : `Clustered by k-means, ${whose}no panel is shown to be better than ` +
      `random genes; the closest is ${panelPhrase(shownAmi)}: ${numbers}.`;
}

/** A row a size: the main ranking beside random genes and the others. */
function scoreTable(
  { summary, rows, main }: PanelsFindings,
  score: PanelRow["score"],
): string {
  const others = summary.rankings.filter((each) => each !== main);
  const hasV = score === "ami";
  const at = (ranking: string, size: number, name = score) =>
    find(rows, ranking, size, name);
  return table(
    [
      { title: "genes a tissue" },
      ...numberColumns(
        "genes",
        main.title,
        "random genes (95 %)",
        "adjusted p",
        ...others.map(({ title }) => title),
        ...hasV ? [`V-measure of ${main.title}`, "V of random genes"] : [],
      ),
    ],
    summary.sizes.flatMap((size) => {
      const own = at(main.ranking, size);
      if (own === undefined) return [];
      const v = at(main.ranking, size, "v_measure");
      return [[
        sizeCell(size),
        withCommas(Math.round(own.genes)),
        isBetter(own) ? `**${fixed(own.value)}**` : fixed(own.value),
        `${fixed(own.null_mean)} (${fixed(own.null_low)} to ${
          fixed(own.null_high)
        })`,
        pCell(own.adjusted_p),
        ...others.map(({ ranking }) => fixed(at(ranking, size)?.value)),
        ...hasV ? [fixed(v?.value), fixed(v?.null_mean)] : [],
      ]];
    }),
  );
}

function howToRead({ summary }: PanelsFindings): string {
  const { samples, folds, sets, repeats, rankings, tissues } = summary;
  const seen = rankings.some(({ ranking }) => ranking === SHAP_TEST);
  return `A panel is each tissue's first genes. Its genes are ranked, and the ` +
    `classifiers are trained, on training and validation samples` +
    (folds > 1 ? " of each fold" : "") +
    `; ${countOf(samples, "test sample")} of ${
      countOf(tissues, "tissue")
    } judge it` +
    (folds > 1
      ? `, with the predictions of ${folds} folds taken together and the ` +
        "scores of the clusters averaged"
      : "") +
    (seen
      ? `; only ${
        escapeText(titleOf(summary, SHAP_TEST))
      }, as in the maize study, ` +
        "has seen them"
      : "") +
    (folds > 1
      ? ". Each fold has panels of its own; the table has the mean number of " +
        "their genes"
      : "") +
    ". The filter of genes looks at all samples, without their tissues" +
    `. Random genes: ${countOf(sets, "panel")} of as many genes, of which p ` +
    "counts those that do as well; p is adjusted over the sizes (Holm) and " +
    `cannot be below ${summary.least_adjusted_p.toPrecision(3)} here; a ` +
    "**bold** value is better than random genes. AMI is the mean of " +
    `${countOf(repeats, "k-means run")}; unlike the V-measure it is 0 by ` +
    `chance. ${code(panels.file)} also has ridge, accuracy and ARI, and ` +
    `${code(panelGenes.file)} the genes.` + notClustered(summary);
}

function notClustered({ not_clustered }: PanelsFindings["summary"]): string {
  return not_clustered.map(({ fold, samples, tissues }) =>
    ` Fold ${fold} is not clustered: it has ${
      countOf(samples, "test sample")
    } of ${countOf(tissues, "tissue")}.`
  ).join("");
}

function titleOf(
  { rankings }: PanelsFindings["summary"],
  name: string,
): string {
  return rankings.find(({ ranking }) => ranking === name)?.title ?? name;
}
