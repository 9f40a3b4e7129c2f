/** The report on how specific the genes are to a tissue. */

import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { SPECIFIC_TAU } from "../../statistics/specificity.ts";
import {
  specificity,
  type SpecificitySummary,
} from "../specificity/outputs.ts";

/** In the order of the table. */
const CLASSES = [
  ["enriched", "enriched in one tissue"],
  ["group", "enriched in a group of tissues"],
  ["enhanced", "enhanced"],
  ["all", "detected in all tissues, in none enriched"],
  ["mixed", "mixed"],
  ["low", "low specificity"],
  ["not detected", "not detected"],
] as const;

/** Writes the part; empty with a single tissue. */
export function specificityPart(found: SpecificitySummary | null): string {
  if (found === null) return "";
  const { genes, specific_linear, specific_log, atlas, atlas_2015 } = found;
  const count = (classes: SpecificitySummary["atlas"], name: string) =>
    classes.find((each) => each.class === name)?.genes;
  const cell = (number: number | undefined) =>
    number === undefined ? "" : withCommas(number);
  return paragraphs(
    "### How specific the genes are",
    `Of ${countOf(genes, "gene")}, ${withCommas(specific_linear)} have a tau ` +
      `of at least ${SPECIFIC_TAU} by the tissues' means, and ` +
      `${withCommas(specific_log)} by log2(mean + 1): how many genes are ` +
      "called specific depends on the scale. By the rules of the Human " +
      "Protein Atlas, which are made for TPM and take 1 as detected:",
    table(
      [
        { title: "class" },
        ...numberColumns("genes, rule since 2019", "genes, rule of 2015"),
      ],
      CLASSES.flatMap(([name, title]) => {
        const [now, then] = [count(atlas, name), count(atlas_2015, name)];
        return now === undefined && then === undefined
          ? []
          : [[title, cell(now), cell(then)]];
      }),
    ),
    `${code(specificity.file)} has the indices and classes of each gene, and ` +
      "the tissues of genes with so large a tau by two rules: the widest gap " +
      `between its means (${code("tau_tissues")}) and extended tau (${
        code("extended_tau_tissues")
      }). ` +
      "TSI, JS, EE and PEM rank the genes of a tissue alike, and so does tau " +
      "where it is high: they count as one piece of evidence, not five.",
  );
}

/** The works that the part follows. */
export function specificityCitations(
  found: SpecificitySummary | null,
): string[] {
  return found === null ? [] : [
    "the indices of specificity: Kryuchkova-Mostacci and Robinson-Rechavi, " +
    "Briefings in Bioinformatics 18 (2017)",
    "the tissues of a specific gene: Luleci and Yilmaz, BioData Mining 15 (2022)",
    "the classes of genes: Uhlen et al., Science 347 (2015); as TissueEnrich: " +
    "Jain and Tuteja, Bioinformatics 35 (2019)",
  ];
}
