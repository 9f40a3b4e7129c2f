/** What the user should know about samples that were read from a folder. */

import { countOf, escapeControls, withCommas } from "../../../cli/text.ts";
import type { SampleKind } from "./sample_kinds.ts";

/** A strand with so many times the other's reads is that of the library. */
const STRANDED = 4;

/** Which numbers were read, of which files. */
export function noteLayer(
  kind: SampleKind,
  layer: string,
  samples: number,
): string {
  const others = Object.keys(kind.layers).filter((other) => other !== layer);
  return `The ${kind.layers[layer]} of ${
    countOf(samples, "sample")
  } are read from files of the kind ${kind.title}${
    others.length === 0
      ? ""
      : `; --layer ${others.join(" or --layer ")} takes others`
  }`;
}

/** Whether transcripts were added up, and whether they should be. */
export function noteTranscripts(kind: SampleKind, tx2gene?: string): string[] {
  if (kind.ids === "genes") {
    return tx2gene === undefined ? [] : [
      `--tx2gene ${escapeControls(tx2gene)} is not used: files of the kind ` +
      `${kind.title} hold genes`,
    ];
  }
  return tx2gene !== undefined ? [] : [
    "These are transcripts, not genes, and are studied as they are; " +
    "--tx2gene FILE, a table of transcripts and their genes, adds them up",
  ];
}

/** The transcripts that no gene was found for. */
export function noteLost(
  { lost, transcripts, share, table }: {
    readonly lost: number;
    readonly transcripts: number;
    /** Their part of the sum of all values, from 0 to 1. */
    readonly share: number;
    readonly table: string;
  },
): string[] {
  if (lost === 0) return [];
  const are = lost === 1 ? "is" : "are";
  return [
    `${countOf(lost, "transcript")} of ${withCommas(transcripts)} ${are} not ` +
    `in ${escapeControls(table)} and ${are} left out, with ${
      formatPercent(share)
    } of all expression`,
  ];
}

function formatPercent(share: number): string {
  const percent = 100 * share;
  return `${percent < 1 ? percent.toPrecision(1) : percent.toFixed(0)} %`;
}

/** The counters of htseq-count and STAR. */
export function noteCounters(rows: number, samples: number): string[] {
  return rows === 0 ? [] : [
    `${countOf(rows, "row")} in ${countOf(samples, "sample")} that count ` +
    "reads of no gene (such as __no_feature or N_unmapped) are left out",
  ];
}

/**
 * Names the strand that holds the reads of a stranded library, where another
 * column was read.
 *
 * @param sums The sums over all samples, by layer.
 */
export function noteStrand(
  layer: string,
  sums: ReadonlyMap<string, number>,
): string[] {
  const forward = sums.get("forward");
  const reverse = sums.get("reverse");
  if (forward === undefined || reverse === undefined) return [];
  const strand = forward > STRANDED * reverse
    ? "forward"
    : reverse > STRANDED * forward
    ? "reverse"
    : "counts";
  if (strand === layer || !["counts", "forward", "reverse"].includes(layer)) {
    return [];
  }
  if (strand === "counts") {
    return [
      `The library looks unstranded (${withCommas(forward)} reads forward, ${
        withCommas(reverse)
      } ` +
      "reverse), so --layer counts holds twice the reads",
    ];
  }
  return [
    `The library looks stranded (${withCommas(forward)} reads forward, ${
      withCommas(reverse)
    } ` +
    `reverse), so --layer ${strand} tells overlapping genes apart`,
  ];
}
