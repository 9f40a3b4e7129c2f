/** The stage's part of the report: SHAP beside simple rankings. */

import { fixed, percent } from "../cli/numbers.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { withFlag } from "../report/commands.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../report/markdown.ts";
import { defineSection, type Section } from "../report/section.ts";
import { shapSection } from "../shap/section.ts";
import { mean } from "../statistics/describe.ts";
import { attributionRankings, isOfNetwork } from "./attributions.ts";
import { limmaStudyRanking } from "./limma_study.ts";
import { furtherRankings, rankingMethods } from "./methods.ts";
import {
  type GenesetsSummary,
  geneTable,
  rankingNames,
  recoveryFigure,
} from "./outputs.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { stabilityFigure } from "./stability/outputs.ts";
import {
  type GenesetsFindings,
  readFindings,
  summarizeFindings,
} from "./section/findings.ts";
import { limmaPart } from "./section/limma.ts";
import { knownGenesPart } from "./section/known_genes.ts";
import {
  specificityCitations,
  specificityPart,
} from "./section/specificity.ts";
import { specificGenesPart } from "./section/specific_genes.ts";
import { stabilityPart } from "./section/stability.ts";
import {
  genesetsClauses,
  genesetsDetails,
  genesetsNotLookedAt,
  genesetsOpening,
} from "./section/verdict.ts";
import { treesPart } from "./section/trees.ts";
import { agreementFigure, upsetFigure } from "./core/outputs.ts";
import { bestPart } from "./section/best_at_what.ts";
import { consensusPart } from "./section/consensus.ts";
import { corePart } from "./section/core.ts";
import { pValuesPart, shuffleCitations } from "./section/p_values.ts";
import { genesetsStandings } from "./section/standings.ts";
import { SHAP } from "./shap_rankings.ts";

/**
 * @param methods The simple rankings that every run makes.
 * @param further Those that a run may have beside them.
 */
export function makeGenesetsSection(
  methods: readonly RankingMethod[],
  further: readonly RankingMethod[] = furtherRankings,
): Section<GenesetsFindings> {
  const table = geneTable(rankingNames(methods)).file;
  const made = ({ methods: known }: GenesetsSummary) =>
    [...methods, ...further, ...attributionRankings].filter(({ name }) =>
      known.some(({ method }) => method === name)
    );
  return defineSection({
    title: "Compared with simple rankings",
    read: readFindings,
    summarize: summarizeFindings,
    opening: genesetsOpening,
    points: (found) => ({ genes: genesetsClauses(found) }),
    notLookedAt: genesetsNotLookedAt,
    details: genesetsDetails,
    write: (found, run) =>
      paragraphs(
        introduction(found.summary, made(found.summary)),
        limmaPart(found.summary),
        pValuesPart(found.summary, made(found.summary)),
        overlapPart(found.summary, table),
        corePart(
          found.summary.core,
          titlesOf(found.summary),
          [upsetFigure, agreementFigure].map(({ file }) => run.figure(file)),
        ),
        stabilityPart(
          found.summary,
          run.figure(stabilityFigure.file),
          table,
        ),
        treesPart(found.summary),
        specificGenesPart(found.summary, table),
        ridgePart(found),
        specificityPart(found.summary.specificity),
        found.summary.truth
          ? knownGenesPart(
            found.summary.truth,
            found.summary.shap_set_ranks,
            run.figure(recoveryFigure.file),
            run.of(shapSection)?.decoys ?? null,
          )
          : `${
            withFlag("--truth FILE")
          } compares all rankings with genes that are known to belong to ` +
            "the tissues.",
        bestPart(run.standings(), titlesOf(found.summary)),
      ),
    standings: ({ summary }) => genesetsStandings(summary),
    citations: ({ summary }) => [
      ...made(summary).flatMap(({ citation }) => citation ?? []),
      ...specificityCitations(summary.specificity),
      "the figure of common genes: Lex et al., IEEE Transactions on " +
      "Visualization and Computer Graphics 20 (2014)",
      ...summary.specific_genes
        ? [
          "intersection-union tests: Berger, Technometrics 24 (1982); " +
          "effective sample size: Kish, Survey Sampling (1965)",
        ]
        : [],
      ...summary.shuffles > 0 ? shuffleCitations : [],
      ...summary.stability
        ? [
          "the stability index: Nogueira, Sechidis and Brown, Journal of " +
          "Machine Learning Research 18 (2018)",
          "how often half samples select: Meinshausen and Buhlmann, Journal " +
          "of the Royal Statistical Society B 72 (2010)",
        ]
        : [],
      ...summary.truth
        ? [
          "the interval of a share: Clopper and Pearson, Biometrika 26 (1934)",
        ]
        : [],
    ],
  });
}

export const genesetsSection = makeGenesetsSection(rankingMethods);

/** The rankings that are compared, SHAP first; its consensus lists too few. */
function titlesOf({ methods }: GenesetsSummary): Map<string, string> {
  return new Map([
    [SHAP, "SHAP"],
    ...methods.map(({ method, title }): [string, string] => [method, title]),
  ]);
}

function introduction(
  { training_samples, listed_ranks, ridge, tissues, consensus_without_shap }:
    GenesetsSummary,
  methods: readonly RankingMethod[],
): string {
  const listed = (methods: readonly RankingMethod[]) =>
    methods.map(({ name, title, score }) =>
      `- ${escapeText(title)} (${code(`genesets/${name}.csv`)}): ` +
      `${escapeText(score)}`
    ).join("\n");
  const ofNetwork = methods.filter(({ name }) => isOfNetwork(name));
  return paragraphs(
    `The genes of each tissue were also ranked by simple methods, without ` +
      "the network, from " +
      ((ridge?.penalties.length ?? 1) > 1
        ? `all ${countOf(training_samples, "sample")}`
        : countOf(training_samples, "training sample")) +
      `. A method that takes ` +
      "hours should name better genes than one that takes seconds, or other " +
      "good ones. Only genes that are higher in the tissue than elsewhere " +
      `are ranked. Each file holds up to ${withCommas(listed_ranks)} genes a ` +
      "tissue:",
    listed(methods.filter((each) => !ofNetwork.includes(each))),
    ...ofNetwork.length === 0 ? [] : [
      "They were ranked, too, by other attributions of the networks that SHAP " +
      "explains; these are no simple rankings:",
      listed(ofNetwork),
    ],
    methods.some(({ name }) => name === limmaStudyRanking.name)
      ? "Inferred: the settings of the maize study's limma are taken from scripts " +
        "of its authors for another program; the study does not publish its own."
      : "",
    consensusPart(methods, tissues, consensus_without_shap),
  );
}

/** How many of SHAP's first genes the others have among their first. */
function overlapPart(
  { overlaps, methods }: GenesetsSummary,
  file: string,
): string {
  if (overlaps.length === 0) return "";
  const titles = new Map(methods.map(({ method, title }) => [method, title]));
  const most = Math.max(...overlaps.map(({ genes }) => genes));
  const rows = [...Map.groupBy(overlaps, ({ method }) => method)]
    .map(([method, tissues]) => {
      const shares = tissues.map(({ tissue, genes, shared }) => ({
        tissue,
        share: shared / genes,
      })).sort((a, b) => a.share - b.share);
      const named = ({ tissue, share }: typeof shares[number]) =>
        `${percent(share)} (${escapeText(tissue)})`;
      return [
        escapeText(titles.get(method) ?? "SHAP consensus"),
        percent(mean(shares.map(({ share }) => share))),
        named(shares[0]),
        named(shares[shares.length - 1]),
      ];
    });
  return paragraphs(
    "### Genes in common",
    `Of SHAP's first ${withCommas(most)} genes of a tissue, so many are ` +
      "among as many first genes of the other ranking:",
    table(
      [
        { title: "ranking" },
        ...numberColumns("mean over tissues", "least", "most"),
      ],
      rows,
    ),
    `${code(file)} has the rank of each gene by every method: a gene that ` +
      "several methods name does not depend on one of them.",
  );
}

/** The ridge classifier's scores beside the network's. */
function ridgePart({ summary: { ridge }, network }: GenesetsFindings): string {
  if (ridge === null || network === null) return "";
  const { samples } = network;
  const shareOf = (right: number) => fixed(right / samples);
  return paragraphs(
    "### The network and a ridge classifier",
    "Ridge regression of each tissue against the others, on all genes, from " +
      "the training and validation samples; its penalty is chosen by " +
      "leave-one-out. Its weights rank the genes; the section on the network " +
      "compares the network with a ridge classifier of the training samples " +
      `alone. On ${countOf(samples, "test sample")} its macro ` +
      `F1 is ${fixed(ridge.macro_f1)} and its accuracy ` +
      `${shareOf(network.ridge_right)}, that of the network ` +
      `${shareOf(network.network_right)}. ` +
      `${
        countOf(network.only_network_right, "sample")
      } only the network gets ` +
      `right, ${countOf(network.only_ridge_right, "sample")} only ridge.`,
  );
}
