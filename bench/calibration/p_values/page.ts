/** The page of the calibration of further p-values, in Markdown. */

import { REAL } from "../setup.ts";
import type { PValueFlags } from "./run.ts";
import { levelOf, testRows } from "./rows.ts";
import type { RowRate } from "./summarize.ts";
import { parts, remarks, type TestRow } from "./test_row.ts";
import { REPEATS } from "./worker.ts";

/** What the page is made from. */
export interface PValuePage {
  readonly rates: readonly RowRate[];
  readonly flags: PValueFlags;
  readonly versions: Readonly<Record<string, string>>;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Packages that influence the numbers. */
const SHOWN = ["deno", "ml-matrix", "pure-rand"];

/** Formats the page. */
export function formatPValuePage(
  { rates, flags, versions }: PValuePage,
): string {
  const tables = Object.entries(parts).flatMap(([part, title]) => {
    const own = rates.filter(({ row }) => testRows[row].part === part);
    const remark = remarks[part as keyof typeof parts];
    return own.length === 0 ? [] : [`## ${title}
${remark === undefined ? "" : `\n${remark}\n`}
| test | nothing to find in | trials | rejects | 95 % interval | could at most | nominal | in words |
| --- | --- | ---: | ---: | --- | ---: | ---: | --- |
${own.map(formatRow).join("\n")}
`];
  });
  return `# Calibration of the other p-values: genes, classifiers, panels, terms

How often do the p-values and intervals of the report, other than the test of
the gene set ([CALIBRATION.md](CALIBRATION.md)), say that there is something
where there is nothing? All trials below have nothing to find.

A row of genes or terms counts the share of its tests that reject in a trial, and
its interval is that of the mean over trials (Student's t), because the genes of
a study depend on each other. The other rows count trials, with Wilson's
interval. Exact tests of counts (McNemar, binomial, hypergeometric) have few
possible p-values, and so reject less often than 5 %: \`could at most\` is the rate
that their counts allow if nothing is to be found, mean over the trials.
\`Or less\` stands where a test promises no more than the nominal rate. Of
valid tests, 97 % are called nominal, so that one or two rows of this page may be
called otherwise by chance.

${tables.join("\n")}
## Method

- Each of ${flags.studies} trials simulates a study of the demo's size: ${REAL.pipelineSamples} samples,
  ${REAL.genes} genes of which the default filter keeps most, ${REAL.tissues} tissues of unequal
  size, ${REAL.studies} studies of which one mimics a tissue. In all parts but genes and
  terms the labels are shuffled, or the samples split, ${REPEATS} times in each.
- Random sets at two looks: scores in place of clusterings, those of three spaces
  with half of their variance in common (${flags.drawn} trials).
- Genes: p of a method is the one in its file, from shuffled residuals; limma's
  own p is the one of its model.
- Shuffled labels: the tissues are shuffled among all samples before the split.
  Genes that were not planted: with the true labels; the studies shift them, and
  tissues and studies are not balanced. Genes that no tissue differs in: also
  those that one study measures far too high.
- Specific genes: the factor is 1. The largest error is where a gene is as high
  in one other tissue and much lower in the rest; genes planted in two or three
  tissues are such.
- Equally good classifiers: all share each sample's probability of being told
  right and draw for themselves (${flags.drawn} trials, with tissues and studies of the
  demo). Together: a study and tissue, or a study, has an effect of its own for
  each classifier, by a standard deviation of 1 of the logit, and is the group.
  The intervals are by 2,000 swaps, of groups where there are any; classifiers
  that are seldom wrong, and few samples, leave few swaps that differ.
- Panels: ranked by fold change of shuffled labels, beside 99 random panels of
  three sizes. Another cohort: half of the samples, with one view of the values,
  beside 199 random panels; its set has 100 genes and 39 random sets.
- Terms: 300 random terms of 10 to 500 of ${REAL.genes} genes, half of them nested, and a
  random list of 100 genes (${flags.drawn} trials); or 100 terms of a gene and those that
  correlate most with it, of 10 to 100 genes, and each tissue's first 100 genes
  by fold change of shuffled labels.
- Study: its labels are shuffled within each tissue, so that every study keeps
  its number of samples of each tissue, or among all samples, so that the study
  has nothing to do with the tissue either; 20 random genes of 120
  samples predict the tissue.
- Noise rate: genes and decoys are ranked by their values in place of SHAP's, 30
  ranks a tissue.
- Not measured: the intervals over other splits (Nadeau and Bengio), because each
  trial would train many networks, and those of known genes and their means over
  tissues, which compare with no chance.

Versions: ${
    SHOWN.filter((name) => name in versions)
      .map((name) => `${name} ${versions[name]}`).join(", ")
  }.

Made by

\`\`\`sh
deno task calibration --tests --studies ${flags.studies} --drawn ${flags.drawn} --seed ${flags.seed} --out bench
\`\`\`

The result of every trial is in [calibration_tests.json](calibration_tests.json).
`;
}

function formatRow(
  { row, trials, rate, interval, attainable, words }: RowRate,
): string {
  const declared: TestRow = testRows[row];
  return "| " + [
    declared.test,
    declared.situation,
    trials,
    percent(rate),
    interval.map(percent).join(" to "),
    attainable === null ? "" : percent(attainable),
    percent(levelOf(declared)),
    words,
  ].join(" | ") + " |";
}
