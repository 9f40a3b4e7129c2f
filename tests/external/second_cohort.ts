/** The second cohort that judges the made-up run, and changes of it. */

import { type MadeCohort, makeCounts } from "./two_cohorts.ts";

/** Other samples of the same tissues; one more that the run lacks. */
export const there = makeCounts({
  seed: 2,
  prefix: "there",
  tissues: { Heart: 6, LIVER: 4, brain: 3, skin: 5 },
  shift: 0.8,
});

/** The cohort with its genes in another order, or fewer of them. */
export function withGenes(
  cohort: MadeCohort,
  pick: (genes: number[]) => number[],
  nameOf = (id: string) => id,
): MadeCohort {
  const columns = pick([...cohort.genes.keys()]);
  return {
    ...cohort,
    genes: columns.map((column) => nameOf(cohort.genes[column])),
    counts: cohort.counts.map((row) => columns.map((column) => row[column])),
  };
}

/** The cohort with its samples in another order, or fewer of them. */
export function withRows(
  cohort: MadeCohort,
  pick: (rows: number[]) => number[],
): MadeCohort {
  const rows = pick([...cohort.ids.keys()]);
  return {
    ...cohort,
    ids: rows.map((row) => cohort.ids[row]),
    tissues: rows.map((row) => cohort.tissues[row]),
    counts: rows.map((row) => cohort.counts[row]),
  };
}
