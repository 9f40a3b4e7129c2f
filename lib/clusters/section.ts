/** The section on the clusters: how well each gene set separates tissues. */

import { countOf, withCommas } from "../cli/text.ts";
import {
  code,
  details,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../report/markdown.ts";
import { fixed } from "../cli/numbers.ts";
import { folds } from "../prepare/outputs.ts";
import { defineSection, type Section } from "../report/section.ts";
import type { RunReport } from "../report/run_report.ts";
import { mean } from "../statistics/describe.ts";
import { monteCarloError } from "./monte_carlo_error.ts";
import type { RowOf } from "../store/table.ts";
import { withFlag } from "../report/commands.ts";
import { fewProfiles, whyFixed } from "./few_profiles.ts";
import { embeddingFigure, geneSets, scores, vMeasures } from "./outputs.ts";
import type { Space } from "./spaces/space.ts";
import { spaces } from "./spaces/spaces.ts";

export interface ClustersFindings {
  readonly scores: ReturnType<typeof meanScores>;
  readonly sets: readonly RowOf<typeof geneSets>[];
  /** Whether each sample was tested by networks that had not seen it. */
  readonly crossFitted: boolean;
}

/** The mean scores of each gene set in each space, in the file's order. */
export function meanScores(rows: readonly RowOf<typeof scores>[]) {
  const groups = Map.groupBy(
    rows,
    ({ gene_set, space }) => JSON.stringify([gene_set, space]),
  );
  return [...groups.values()].map((runs) => {
    const [{ gene_set, space, genes }] = runs;
    type Score = "homogeneity" | "completeness" | "v_measure" | "ami" | "ari";
    const meanOf = (column: Score) => mean(runs.map((run) => run[column]));
    const errorOf = (column: Score) =>
      monteCarloError(
        runs.map((run) => ({
          layout: run.layout,
          embeddingSeed: run.embedding_seed,
          repeat: run.repeat,
          score: run[column],
        })),
        ({ score }) => score,
      );
    const layouts = new Set(runs.map(({ layout }) => layout)).size;
    return {
      gene_set,
      space,
      genes,
      layouts,
      /** Of each embedding. */
      repeats: runs.length / layouts,
      ami: meanOf("ami"),
      /** Monte Carlo errors; null where a single run does not tell. */
      ami_se: errorOf("ami"),
      ari: meanOf("ari"),
      v_measure: meanOf("v_measure"),
      v_measure_se: errorOf("v_measure"),
      homogeneity: meanOf("homogeneity"),
      completeness: meanOf("completeness"),
    };
  });
}

/** Makes the section; spaces give their names in words. */
export function makeClustersSection(
  spaces: readonly Space[],
): Section<ClustersFindings> {
  const usedSpaces = ({ scores }: ClustersFindings) =>
    spaces.filter(({ name }) => scores.some(({ space }) => space === name));
  return defineSection({
    title: "Clusters",
    read: async ({ read, has }) => ({
      scores: meanScores(await read(scores)),
      sets: await read(geneSets),
      crossFitted: await has(folds),
    }),
    summarize: (found) => ({ scores: found.scores }),
    citations: (found) => [
      ...usedSpaces(found).flatMap(({ citation }) => citation ?? []),
      "V-measure: Rosenberg and Hirschberg, EMNLP-CoNLL 2007",
    ],
    warning: (found, run) => clustersVerdict(found, run).join(" "),
    write(found, run) {
      const used = usedSpaces(found);
      const all = run.parameter("clusters", "samples") === "all";
      return paragraphs(
        `${all ? "All samples" : "The test samples"}, each described by the ` +
          "genes of one set only, are clustered by k-means, and the clusters " +
          "are compared with the tissues. All scores are 1 if clusters and " +
          "tissues are the same grouping. AMI and ARI are corrected for " +
          "chance (0 on average for a random grouping); AMI leads, as tissues " +
          "differ in size. V-measure, the score of the maize study, rises by " +
          "chance with the number of clusters.",
        `The samples are clustered in ${
          new Intl.ListFormat("en-GB").format(
            used.map(({ phrase, help }) => `${phrase} (${help})`),
          )
        }.`,
        all && !found.crossFitted
          ? "**The network was trained on most of these samples**, so the " +
            "scores of its gene set are too high."
          : "",
        scoreTable(found.scores, used),
        run.figure(vMeasures.file),
        readWithCare(used),
        ...plots(found, used, run),
        setTable(found.sets),
      );
    },
  });
}

export const clustersSection = makeClustersSection(spaces);

/** Scores that follow from k alone, and samples too much alike for k. */
function clustersVerdict({ sets }: ClustersFindings, run: RunReport): string[] {
  const fixed = whyFixed(sets[0]);
  if (fixed !== "") {
    const [{ k }] = sets;
    return [
      `**The cluster scores mean nothing:** ${fixed}. ` +
      (k > 1 && run.parameter("clusters", "samples") !== "all"
        ? `${withFlag("--clusters.samples all")} clusters more samples.`
        : `${withFlag("--clusters.k 2")} asks for other clusters.`),
    ];
  }
  const alike = Map.groupBy(
    sets.filter(({ kind }) => kind !== "random"),
    fewProfiles,
  );
  return [...alike].filter(([clause]) => clause !== "").map(([clause, sets]) =>
    `**Samples are too much alike to be clustered.** Gene sets ${
      sets.map(({ gene_set }) => escapeText(gene_set)).join(", ")
    }: ${clause}.`
  );
}

/** How to read plots of nonlinear layouts. */
function readWithCare(used: readonly Space[]): string {
  const layouts = used.filter(({ nonlinear }) => nonlinear);
  return layouts.length === 0 ? "" : (
    `**Read ${layouts.map(({ title }) => title).join(" and ")} with care.** ` +
    "Such a layout keeps neighbors, but neither distances nor densities, and " +
    "another seed gives another layout. k-means assumes round clusters of " +
    "similar size and may split one tissue or merge others. A result that is " +
    `seen in ${used.length === 1 ? "this space" : "one space only"} is weak.`
  );
}

/** The plots of the samples; those by random genes are folded. */
function plots(
  { sets }: ClustersFindings,
  used: readonly Space[],
  run: RunReport,
): string[] {
  const plot = (rows: ClustersFindings["sets"]) =>
    paragraphs(
      ...rows.flatMap(({ gene_set }) =>
        used.map((space) => run.figure(embeddingFigure(gene_set, space).file))
      ),
    );
  const random = sets.filter(({ kind }) => kind === "random");
  const folded = plot(random);
  return [
    plot(sets.filter(({ kind }) => kind !== "random")),
    folded === "" ? "" : details(
      `The samples by ${countOf(random.length, "random gene set")}`,
      folded,
    ),
  ];
}

/** Mean scores, a row a gene set and space. */
function scoreTable(
  rows: ClustersFindings["scores"],
  used: readonly Space[],
): string {
  return paragraphs(
    table(
      [
        { title: "gene set" },
        ...numberColumns("genes"),
        { title: "space" },
        ...numberColumns("AMI", "ARI", "V-measure", "homog.", "compl."),
      ],
      rows.map((row) => [
        escapeText(row.gene_set),
        withCommas(row.genes),
        escapeText(used.find(({ name }) => name === row.space)!.title),
        withError(row.ami, row.ami_se),
        fixed(row.ari),
        withError(row.v_measure, row.v_measure_se),
        fixed(row.homogeneity),
        fixed(row.completeness),
      ]),
    ),
    `Means over ${
      new Intl.ListFormat("en-GB").format(
        used.map(({ name, title, random }) => {
          const row = rows.find(({ space }) => space === name)!;
          const runs = countOf(row.repeats, "run");
          return `${
            random ? `${countOf(row.layouts, "embedding")} with ` : ""
          }${runs} of k-means${random ? " each" : ""} (${escapeText(title)})`;
        }),
      )
    }. ± is the Monte Carlo error: the standard error of this mean over ` +
      "embeddings and runs, which says nothing of other samples.",
  );
}

function withError(score: number, error: number | null): string {
  return fixed(score) + (error === null ? "" : ` ± ${fixed(error, 4)}`);
}

/** How each gene set was made. */
function setTable(sets: ClustersFindings["sets"]): string {
  const names = geneSets.columns.map(({ name }) =>
    name as keyof typeof sets[0]
  );
  return details(
    `How samples were clustered by each of ${countOf(sets.length, "gene set")}`,
    table(
      names.map((title) => ({ title: title.replaceAll("_", " ") })),
      sets.map((row) =>
        names.map((name) =>
          name === "gene_set" ? code(row.gene_set) : String(row[name] ?? "")
        )
      ),
    ),
  );
}
