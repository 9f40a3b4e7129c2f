/** The section on the clusters: how well each gene set parts the tissues. */

import type { Findings } from "../findings.ts";
import type { SetScore } from "../findings/clusters.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { spaceLabel } from "../space_names.ts";
import type { Rows } from "../stage_files.ts";
import { figures, missingSection, warningsOf } from "./parts.ts";

/**
 * Writes the section on the clusters.
 */
export function clustersSection(run: RunFiles, found: Findings): string {
  const title = "Clusters";
  if (!run.clusters || !found.clusters) {
    return missingSection(title, "clusters", run.folder);
  }
  const settings = run.records.find(({ stage }) => stage === "clusters");
  const all = settings?.parameters.samples === "all";
  return paragraphs(
    `## ${title}`,
    `${all ? "All samples" : "The test samples"}, described by the genes of ` +
      "one set only, are clustered by k-means, and the clusters are compared " +
      "with the tissues. V-measure is 1 if clusters and tissues are the same " +
      "grouping. It rises by chance with the number of clusters; AMI and ARI " +
      "are corrected for chance (0 on average for a random grouping). The sd is over repeats of k-means on one embedding, so it " +
      "says nothing about other samples or other embeddings.",
    otherSpaces(found.clusters),
    all && found.folds === 1
      ? "**The network was trained on most of these samples**, so their " +
        "clusters flatter its gene set."
      : "",
    scoreTable(found.clusters),
    figures(run, [["clusters/v_measures.svg", "V-measures of the gene sets"]]),
    ...readingUmap(found.clusters),
    ...scatters(run),
    setTable(run.clusters.sets),
    warningsOf(run, ["clusters"]),
  );
}

/** What the spaces beside UMAP are. */
function otherSpaces(scores: readonly SetScore[]): string {
  const spaces = new Set(scores.map(({ space }) => space));
  return [
    spaces.has("pca")
      ? "Principal component space is the samples' place along the directions " +
        "in which the set's genes vary most."
      : "",
    spaces.has("genes")
      ? "Gene space is the transformed values of the set's genes as they are."
      : "",
  ].filter((sentence) => sentence !== "").join(" ");
}

/** How far to trust a picture by UMAP, where there is one. */
function readingUmap(scores: readonly SetScore[]): string[] {
  if (scores.every(({ space }) => space !== "umap")) return [];
  return [
    "**Read UMAP with care.** A UMAP picture keeps neighbors, not " +
    "distances or densities, and another seed gives another picture. " +
    "k-means assumes round clusters of like size and may cut one tissue in " +
    "two or join others. A result that is seen in " +
    (scores.every(({ space }) => space === "umap") ? "this" : "one") +
    " space alone is weak.",
  ];
}

/** The scatter plots; those of the random sets are folded. */
function scatters(run: RunFiles): string[] {
  const names = run.clusters?.scores.map(({ gene_set }) => gene_set) ?? [];
  const sets = [...new Set(names)];
  const draw = (names: readonly string[]) =>
    figures(
      run,
      names.flatMap((name) => [
        [
          `clusters/embedding_${name}.svg`,
          `The samples in the UMAP space of the gene set ${name}`,
        ],
        [
          `clusters/embedding_pca_${name}.svg`,
          `The samples on the first two principal components of the gene set ` +
          name,
        ],
      ]),
    );
  const random = sets.filter((name) => /^random_\d+$/.test(name));
  return [
    draw(sets.filter((name) => !random.includes(name))),
    random.length === 0 ? "" : details(
      `The samples in the UMAP space of ${
        counted(random.length, "random gene set")
      }`,
      draw(random),
    ),
  ];
}

/** Mean scores, a row a gene set and space. */
function scoreTable(scores: readonly SetScore[]): string {
  const number = (title: string) => ({ title, align: "right" as const });
  const repeats = new Set(scores.map((row) => row.repeats));
  return paragraphs(
    table(
      [
        { title: "gene set" },
        number("genes"),
        { title: "space" },
        number("V-measure"),
        number("homog."),
        number("compl."),
        number("AMI"),
        number("ARI"),
      ],
      scores.map((row) => [
        escapeText(row.gene_set),
        count(row.genes),
        escapeText(spaceLabel(row.space)),
        fixed(row.v_measure) +
        (row.v_measure_sd === null ? "" : ` ± ${fixed(row.v_measure_sd)}`),
        fixed(row.homogeneity),
        fixed(row.completeness),
        fixed(row.ami),
        fixed(row.ari),
      ]),
    ),
    `Means over ${
      [...repeats].map(count).join(" or ")
    } repeats of k-means; ± is the standard deviation.`,
  );
}

/** How each gene set was made. */
function setTable(sets: Rows): string {
  if (sets.length === 0) return "";
  const columns = Object.keys(sets[0]);
  return details(
    `How each of ${counted(sets.length, "gene set")} was clustered`,
    table(
      columns.map((title) => ({ title: title.replaceAll("_", " ") })),
      sets.map((row) => columns.map((column) => cell(row[column]))),
    ),
  );
}

/** A cell that is a name, a count or empty. */
function cell(text: string): string {
  return text === "" ? "" : /^\d+$/.test(text) ? text : code(text);
}
