/** The tables of one quantified sample, of which the folder is read. */

import { join } from "node:path";
import { rerun } from "../../../cli/errors.ts";
import type { FileHead } from "../../input/file_head.ts";
import { linesOf } from "../header_line.ts";
import {
  kindByContent,
  type SampleKind,
  sampleKinds,
  SNIFFED_LINES,
} from "../quantified/sample_kinds.ts";
import { lastPart, nameOfTable } from "../quantified/sample_names.ts";
import type { ForeignKind } from "./foreign_kind.ts";

function isOf(kind: SampleKind, head: FileHead): boolean {
  if (head.text.includes("\0")) return false;
  const lines: string[] = [];
  for (const { line, isWhole } of linesOf(head.text)) {
    // The last line of the head may be cut off.
    if (isWhole || lines.length === 0) lines.push(line);
    if (lines.length === SNIFFED_LINES) break;
  }
  const name = lastPart(head.path).toLowerCase();
  if (kindByContent(name, lines) !== kind) return false;
  // Two columns may be a small matrix, except with htseq-count's counters.
  return kind.ending !== undefined || /\n__no_feature[\t,]/.test(head.text);
}

/** The kinds, each with the folder to give. */
export const singleSamples: readonly ForeignKind[] = sampleKinds
  .filter(({ title }) => title !== "featureCounts")
  .map((kind) => ({
    name: `one ${kind.title}`,
    title: `one sample's ${kind.title}`,
    isNot: "not a matrix of several samples",
    is: (head) => isOf(kind, head),
    remedy: (path) =>
      rerun("prepare", {
        input: nameOfTable(lastPart(path)) === ""
          ? join(path, "..", "..")
          : join(path, ".."),
      }),
  }));
