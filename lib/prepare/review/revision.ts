/** What becomes of the samples of a matrix before they are split. */

/** The flags that leave out samples. */
export const droppingFlags = [
  "keep-tissues",
  "missing-labels",
  "drop-zero-samples",
  "drop-twins",
  "min-samples",
] as const;
export type DroppingFlag = typeof droppingFlags[number];

/** Samples that one flag left out. */
export interface DroppedSamples {
  readonly flag: DroppingFlag;
  readonly samples: number;
}

/** A tissue that was given another name. */
export interface MergedLabel {
  readonly from: string;
  readonly to: string;
  readonly samples: number;
}

/** The samples as they are revised, one flag after the other. */
export class Revision {
  /** Each sample's tissue, those of samples that are left out too. */
  readonly tissues: string[];
  /** The rows of the samples that stay, ascending. */
  kept: readonly number[];
  readonly dropped: DroppedSamples[] = [];
  readonly merged: MergedLabel[] = [];
  /** What the user should know, each a sentence without a full stop. */
  readonly notes: string[] = [];

  constructor(tissues: readonly string[]) {
    this.tissues = [...tissues];
    this.kept = [...tissues.keys()];
  }

  /**
   * Leaves out samples because of a flag.
   *
   * @returns The rows that it left out, ascending.
   */
  drop(flag: DroppingFlag, isLeftOut: (row: number) => boolean): number[] {
    const out = this.kept.filter(isLeftOut);
    if (out.length > 0) {
      const gone = new Set(out);
      this.kept = this.kept.filter((row) => !gone.has(row));
      this.dropped.push({ flag, samples: out.length });
    }
    return out;
  }

  /** The number of samples that stay, by tissue, in the order of the file. */
  sizes(): Map<string, number> {
    const sizes = new Map<string, number>();
    for (const row of this.kept) {
      const tissue = this.tissues[row];
      sizes.set(tissue, (sizes.get(tissue) ?? 0) + 1);
    }
    return sizes;
  }
}
