/** The other cohort, ready to judge: common tissues and genes, same scale. */

import { InputError } from "../cli/errors.ts";
import { percent } from "../cli/numbers.ts";
import { countOf, withCommas } from "../cli/text.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { namedGenes } from "../prepare/match_genes.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import type { ValueKind } from "../prepare/outputs.ts";
import { emptySamples } from "../prepare/review/empty_samples.ts";
import { listNames, sortedNames } from "../prepare/labels/named.ts";
import { type GeneLinks, matchCohortGenes } from "./match_genes.ts";
import { matchTissues, type TissueMatch } from "./match_tissues.ts";
import type { LeftOut } from "./names.ts";
import type { RawCohort } from "./read_cohort.ts";
import { type RunScale, toRunScale } from "./scale.ts";

/** With fewer samples of a tissue its scores are very uncertain. */
const ENOUGH = 5;

/** What becomes of a sample of the other cohort. */
export interface CohortSample {
  readonly sample_id: string;
  /** Its tissue there; empty if it has none. */
  readonly tissue_there: string;
  /** The run's tissue; null if it is not judged. */
  readonly tissue: string | null;
  readonly left_out: LeftOut | null;
}

/** The judged samples, and what was found on the way. */
export interface Cohort {
  /**
   * The judged samples in the order of their ids, with the run's genes that
   * the other cohort has. Its tissues are those of both, so its classes are
   * not those of the run.
   */
  readonly dataset: Dataset;
  /** The run's column of each gene. */
  readonly columns: Uint32Array;
  /** The run's class of each of its tissues. */
  readonly classes: readonly number[];
  /** All that were read, by id. */
  readonly samples: readonly CohortSample[];
  readonly genes: GeneLinks;
  /** Genes that were read. */
  readonly genesRead: number;
  readonly tissues: TissueMatch;
  /** The file's format in words. */
  readonly format: string;
  readonly kind: ValueKind;
  readonly normalization: RunScale["method"];
  /** Judged samples whose id the run has, too. */
  readonly inRun: number;
  /** What the user should know, each a sentence without a full stop. */
  readonly warnings: readonly string[];
}

/**
 * Matches the other cohort's genes and tissues with the run's, and puts its
 * values on the run's scale.
 *
 * @throws {InputError} If too few genes or tissues are common, or the values
 * cannot be compared.
 */
export function makeCohort(
  { input, renamed }: RawCohort,
  run: Dataset,
  scale: RunScale,
): Cohort {
  const links = matchCohortGenes(namedGenes(run), namedGenes(input));
  const match = matchTissues(input.tissues, run.tissueNames, renamed);
  const isEmpty = emptySamples(input);
  const order = rowsInIdOrder(input.sampleIds);
  const samples = order.map((row): CohortSample => {
    const tissue = match.tissueOf[row];
    const reason: LeftOut | null = tissue === null
      ? match.strangers.some((each) => each.tissue === input.tissues[row])
        ? "other tissue"
        : "no tissue"
      : isEmpty[row]
      ? "no values"
      : null;
    return {
      sample_id: input.sampleIds[row],
      tissue_there: input.tissues[row],
      tissue: reason === null ? tissue : null,
      left_out: reason,
    };
  });
  const rows = order.filter((_, index) => samples[index].left_out === null);
  const judged = samples.filter(({ left_out }) => left_out === null);
  const tissues = judged.map(({ tissue }) => tissue!);
  const tissueNames = run.tissueNames.filter((name) => tissues.includes(name));
  if (tissueNames.length < 2) {
    throw new InputError(
      "Cannot judge by another cohort: without the samples that hold nothing, " +
        `${countOf(tissueNames.length, "common tissue")} ${
          tissueNames.length === 1 ? "is" : "are"
        } left and at least 2 should be`,
      "Look at the matrix of --external: it may have been written empty",
    );
  }
  const columns = Uint32Array.from(links.columnOf.keys())
    .filter((column) => links.columnOf[column] >= 0);
  const genes = input.genes.length;
  const raw = new Float32Array(rows.length * genes);
  rows.forEach((row, at) =>
    raw.set(input.values.subarray(row * genes, (row + 1) * genes), at * genes)
  );
  const sampleIds = judged.map(({ sample_id }) => sample_id);
  const scaled = toRunScale(
    { sampleIds, values: raw, genes },
    Array.from(columns, (here) => ({ here, there: links.columnOf[here] })),
    scale,
  );
  const split = sampleIds.map(() => "train" as const);
  const known = new Set(run.sampleIds);
  const inRun = sampleIds.filter((id) => known.has(id)).length;
  return {
    dataset: {
      sampleIds,
      genes: Array.from(columns, (column) => run.genes[column]),
      geneFacts: Array.from(columns, (column) => run.geneFacts[column]),
      tissues,
      groups: sampleIds.map(() => ""),
      split,
      folds: [{ fold: 1, split }],
      values: scaled.values,
      tissueNames,
      classOf: Int32Array.from(
        tissues,
        (tissue) => tissueNames.indexOf(tissue),
      ),
    },
    columns,
    classes: tissueNames.map((name) => run.tissueNames.indexOf(name)),
    samples,
    genes: links,
    genesRead: genes,
    tissues: match,
    format: input.reading?.format ?? "",
    kind: scaled.kind,
    normalization: scaled.method,
    inRun,
    warnings: [
      ...input.reading?.notes ?? [],
      ...match.notes,
      ...warnOfSamples(samples, match),
      ...warnOfGenes(links, run.genes.length),
      ...scaled.warning === "" ? [] : [scaled.warning],
      ...warnOfOwn(inRun, sampleIds.length),
    ],
  };
}

function warnOfSamples(
  samples: readonly CohortSample[],
  { strangers, lacking }: TissueMatch,
): string[] {
  const count = (reason: LeftOut) =>
    samples.filter(({ left_out }) => left_out === reason).length;
  const judged = Map.groupBy(
    samples.filter(({ left_out }) => left_out === null),
    ({ tissue }) => tissue!,
  );
  const few = sortedNames(judged.keys())
    .filter((tissue) => judged.get(tissue)!.length < ENOUGH);
  const line = (reason: LeftOut, why: string) =>
    count(reason) === 0 ? [] : [
      `${countOf(count(reason), "sample")} of the other cohort ${
        count(reason) === 1 ? "is" : "are"
      } left out: ${why}`,
    ];
  return [
    ...line(
      "other tissue",
      `the run has no such tissue (${
        listNames(strangers.map(({ tissue }) => tissue))
      })`,
    ),
    ...line("no tissue", "no tissue is given"),
    ...line("no values", "nothing was measured there"),
    ...few.length === 0 ? [] : [
      `${countOf(few.length, "tissue")} (${listNames(few)}) ${
        few.length === 1 ? "has" : "have"
      } fewer than ${ENOUGH} samples in the other cohort: what it says of ${
        few.length === 1 ? "it" : "them"
      } is very uncertain`,
    ],
    ...lacking.length === 0 ? [] : [
      `${countOf(lacking.length, "tissue")} of the run ${
        lacking.length === 1 ? "is" : "are"
      } not in the other cohort and not judged (${listNames(lacking)})`,
    ],
  ];
}

function warnOfGenes(
  { found, ambiguous, matchedBy }: GeneLinks,
  genes: number,
): string[] {
  return [
    ...matchedBy === "name"
      ? ["the genes of the other cohort are matched by name"]
      : [],
    ...found < genes
      ? [
        `the other cohort lacks ${withCommas(genes - found)} of the run's ` +
        `${countOf(genes, "gene")} (${percent(1 - found / genes)}): the ` +
        "networks are given the mean of the run's training samples for each",
      ]
      : [],
    ...ambiguous > 0
      ? [
        `${countOf(ambiguous, "gene")} of the run ${
          ambiguous === 1 ? "counts" : "count"
        } as missing, for several genes there or here have the same ${matchedBy}`,
      ]
      : [],
  ];
}

function warnOfOwn(inRun: number, samples: number): string[] {
  if (inRun === 0) return [];
  return [
    `${withCommas(inRun)} of ${countOf(samples, "sample")} of the other ` +
    `cohort ${inRun === 1 ? "has the id" : "have ids"} of this run's ` +
    "samples: if they are the same samples, the networks may have been " +
    "trained on them and nothing is judged",
  ];
}
