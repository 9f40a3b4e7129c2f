/** What becomes of missing values. */

import { type Remedy, rerun } from "../../cli/errors.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { unreadable } from "../input/unreadable.ts";
import { joinNames } from "../labels/named.ts";
import { type CellCounts, countCells, countSome } from "./cell_counts.ts";
import type { ArrangeChoices } from "./reading.ts";
import { keepGenes, keepSamples, type ValueTable } from "./value_table.ts";

/** So small a share of the samples may rather be left out than genes. */
const FEW = 0.1;

/** What is left without missing values. */
export interface Complete {
  readonly table: ValueTable;
  /** Indices of the samples and of the genes that are left. */
  readonly samples: readonly number[];
  readonly genes: readonly number[];
  readonly notes: readonly string[];
}

/** What to do about missing values: the flag that costs less. */
export function missingRemedy({ ofSample, ofGene }: CellCounts): Remedy {
  const [samples, genes] = [countSome(ofSample), countSome(ofGene)];
  const [ofSamples, ofGenes] = [
    samples / ofSample.length,
    genes / ofGene.length,
  ];
  if (ofSamples === 1 && ofGenes === 1) {
    return "Fill them where the table is made: every gene and every sample " +
      "has some";
  }
  const dropSamples = ofGenes === 1 || ofSamples <= FEW && ofSamples < ofGenes;
  return rerun("prepare", {
    missing: dropSamples ? "drop-samples" : "drop-genes",
  });
}

/**
 * Leaves out the genes, or the samples, with missing values.
 *
 * @throws {InputError} If nothing is left.
 */
export function dropMissing(
  table: ValueTable,
  ids: { samples: readonly string[]; genes: readonly string[] },
  { input, missing }: Pick<ArrangeChoices, "input" | "missing">,
): Complete {
  const counts = countCells(table, "missing");
  const all = {
    samples: [...ids.samples.keys()],
    genes: [...ids.genes.keys()],
  };
  if (counts.values === 0) return { table, ...all, notes: [] };
  const noun = missing === "drop-genes" ? "gene" : "sample";
  const own = noun === "gene" ? counts.ofGene : counts.ofSample;
  const kept = [...own.keys()].filter((index) => own[index] === 0);
  if (kept.length === 0) {
    const remedy = missingRemedy(counts);
    throw unreadable(
      input,
      `every ${noun} has a missing value (${
        countOf(counts.values, "value")
      } in all), so --missing ${missing} leaves none`,
      remedy,
    );
  }
  const names = noun === "gene" ? ids.genes : ids.samples;
  const dropped = names.filter((_, index) => own[index] > 0);
  const note = `${withCommas(dropped.length)} of ${
    countOf(names.length, noun)
  } ${dropped.length === 1 ? "has" : "have"} missing values (${
    withCommas(counts.values)
  } in all) and ${dropped.length === 1 ? "is" : "are"} left out: ${
    joinNames(dropped)
  }`;
  return noun === "gene"
    ? { table: keepGenes(table, kept), ...all, genes: kept, notes: [note] }
    : { table: keepSamples(table, kept), ...all, samples: kept, notes: [note] };
}
