/** How many genes are planted. */

/** How many genes of each kind are planted. */
export interface PlantedCounts {
  /** Up in one tissue, per tissue. */
  readonly specific: number;
  /** Lower in one tissue, per tissue. */
  readonly down: number;
  /** Up in two or three tissues, in all. */
  readonly group: number;
  /** Measured too high by one study. */
  readonly study: number;
}

/** How many different genes are planted. */
export function countPlanted(counts: PlantedCounts, tissues: number): number {
  return (counts.specific + counts.down) * tissues + counts.group +
    counts.study;
}
