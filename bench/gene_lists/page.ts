/** The page of the gene lists, in Markdown. */

import { fixed } from "../../lib/cli/numbers.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { SHAP } from "../../lib/rankings/shap_rankings.ts";
import type { ListScores, RunScores } from "./measure.ts";
import { type Group, GROUPS, variants } from "./variants.ts";

/** Formats the page, with the runs that there are. */
export function formatPage(all: readonly RunScores[]): string {
  const studies = [...new Set(all.map(({ study }) => study))];
  return [
    "# Gene lists",
    "",
    "Written by `bench/gene_lists.ts`; do not edit. How many known genes the " +
    "lists hold. In the demo these are the genes planted as higher in one or " +
    "a few tissues; in a measured matrix, those of the file of known genes.",
    "",
    "Each number is the mean over the seeds, with the smallest and the " +
    "largest in parentheses. A seed of the demo is a new simulation, with new " +
    "networks; a seed of a measured matrix, a new split with new networks.",
    "",
    "- **set**: precision and recall of the SHAP set, and of sets of its size " +
    "by the other rankings (the consensus is smaller). A gene counts if it is " +
    "known in any tissue, and variants differ in the size of the set: compare " +
    "them by `at known`.",
    "- **first 10, first 50**: known genes among a tissue's first genes, mean " +
    "over the tissues.",
    "- **at known**: known genes among as many first genes as the tissue has " +
    "known ones.",
    "- **average precision**: of the whole ranking.",
    "- **overlap**: of a tissue's first 100 genes by one network, the share " +
    "that another has among its own; the mean over pairs of an ensemble.",
    "- **change**: of `at known`, on the same seeds, from the first row of " +
    "the table.",
    "- **seconds**: of training and explaining, on two cores that also did " +
    "other work: a rough guide only.",
    "",
    ...studies.flatMap((study) =>
      formatStudy(all.filter((each) => each.study === study), study)
    ),
  ].join("\n");
}

function formatStudy(runs: readonly RunScores[], study: string): string[] {
  const lines = [`## ${study}`, ""];
  for (const [group, title] of Object.entries(GROUPS)) {
    const found = variantsOf(runs, group as Group);
    if (found.length === 0) continue;
    const isAuto = group === "auto";
    const { networks, folds } = found[0].runs[0];
    const note = isAuto
      ? `: ${folds} folds, ${networks} network${networks > 1 ? "s" : ""} each`
      : "";
    lines.push(`### ${title}${note}`, "");
    lines.push(...isAuto ? rankingTable(found[0].runs) : variantTable(found));
    lines.push("");
  }
  return lines;
}

interface Measured {
  readonly id: string;
  readonly title: string;
  readonly runs: readonly RunScores[];
}

function variantsOf(runs: readonly RunScores[], group: Group): Measured[] {
  return variants.filter((each) => each.group === group).flatMap(
    ({ id, title }) => {
      const own = runs.filter(({ variant }) => variant === id);
      return own.length === 0 ? [] : [{ id, title, runs: own }];
    },
  );
}

const COLUMNS = [
  ["set precision", "setPrecision"],
  ["set recall", "setRecall"],
  ["first 10", "first10"],
  ["first 50", "first50"],
  ["at known", "atKnown"],
  ["average precision", "averagePrecision"],
] as const;

function rankingTable(runs: readonly RunScores[]): string[] {
  const rows = runs[0].lists.map(({ method, title }) => [
    title,
    ...COLUMNS.map(([, key]) =>
      summarize(runs.map((run) => listOf(run, method)?.[key] ?? null))
    ),
  ]);
  return [
    ...table(["ranking", ...COLUMNS.map(([name]) => name)], rows),
    "",
    `${runs.length} seeds (${runs.map(({ seed }) => seed).join(", ")}). ` +
    `Macro F1 of the networks ${summarize(runs.map((run) => run.macroF1))}, ` +
    `of ridge regression ${summarize(runs.map((run) => run.ridgeMacroF1))}; ` +
    `overlap of two networks ${summarize(runs.map((run) => run.overlap))}; ` +
    `genes in the set ${summarize(runs.map((run) => run.setGenes), 0)}; ` +
    `seconds ${summarize(runs.map(secondsOf), 0)}.`,
  ];
}

function variantTable(found: readonly Measured[]): string[] {
  const [{ runs: reference }] = found;
  const head = [
    ...["variant", "seeds", ...COLUMNS.map(([name]) => name)],
    ...["change", "genes in the set", "macro F1", "overlap", "seconds"],
  ];
  const rows = found.map(({ title, runs }) => [
    title,
    String(runs.length),
    ...COLUMNS.map(([, key]) =>
      summarize(runs.map((run) => listOf(run, SHAP)?.[key] ?? null))
    ),
    runs === reference ? "" : formatChange(runs, reference),
    summarize(runs.map((run) => run.setGenes), 0),
    summarize(runs.map((run) => run.macroF1)),
    summarize(runs.map((run) => run.overlap)),
    summarize(runs.map(secondsOf), 0),
  ]);
  return table(head, rows);
}

/** The paired change of the precision at the number of known genes. */
function formatChange(
  runs: readonly RunScores[],
  reference: readonly RunScores[],
): string {
  const changes = runs.flatMap((run) => {
    const other = reference.find(({ seed }) => seed === run.seed);
    const [now, before] = [run, other].map((each) =>
      each && listOf(each, SHAP)?.atKnown
    );
    return now == null || before == null ? [] : [now - before];
  });
  return summarize(changes, 3, true);
}

/** The mean, with the range if there are several. */
export function summarize(
  values: readonly (number | null)[],
  decimals = 3,
  signed = false,
): string {
  const known = values.filter((value): value is number =>
    value !== null && Number.isFinite(value)
  );
  if (known.length === 0) return "-";
  const format = (value: number) =>
    (signed && value >= 0 ? "+" : "") + fixed(value, decimals);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return known.length === 1
    ? format(known[0])
    : `${format(mean(known))} (${format(least)} to ${format(most)})`;
}

function secondsOf({ seconds: { cnn, shap } }: RunScores): number {
  return cnn + shap;
}

function listOf(run: RunScores, method: string): ListScores | undefined {
  return run.lists.find((each) => each.method === method);
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
