/** Files of reads, alignments, variants and annotations. */

import type { FileHead } from "../../input/file_head.ts";
import { linesOf } from "../header_line.ts";
import { type ForeignKind, startsWith } from "./foreign_kind.ts";

const QUANTIFY =
  "Quantify the genes of each sample first, for example with salmon or STAR, " +
  "and give the folder of the results";
const GIVE_MATRIX = "Give the matrix of expression with --input";

/** The first lines that are no comments. */
function firstRows(head: FileHead, count: number): string[] {
  const rows: string[] = [];
  if (head.text.includes("\0")) return rows;
  for (const { line } of linesOf(head.text)) {
    if (line === "" || line.startsWith("#")) continue;
    rows.push(line);
    if (rows.length === count) break;
  }
  return rows;
}

/** The kinds. */
export const sequenceFiles: readonly ForeignKind[] = [
  {
    name: "bam",
    title: "a BAM file of alignments",
    is: (head) => startsWith(head, "BAM\x01"),
    remedy: () => QUANTIFY,
  },
  {
    name: "cram",
    title: "a CRAM file of alignments",
    is: (head) =>
      startsWith(head, [0x43, 0x52, 0x41, 0x4d, null, null]) &&
      head.bytes[4] <= 3,
    remedy: () => QUANTIFY,
  },
  {
    name: "sam",
    title: "a SAM file of alignments",
    is: (head) => /^@(HD|SQ|RG|PG|CO)\t/.test(head.text),
    remedy: () => QUANTIFY,
  },
  {
    name: "fastq",
    title: "a FASTQ file of reads",
    is: (head) => /^@[^\n]*\n[ACGTUN.]+\r?\n\+/i.test(head.text),
    remedy: () => QUANTIFY,
  },
  {
    name: "fasta",
    title: "a FASTA file of sequences",
    is: (head) => /^>[^\n]*\n[A-Z*-]+\r?(\n|$)/i.test(head.text),
    remedy: () => GIVE_MATRIX,
  },
  {
    name: "vcf",
    title: "a VCF file of variants",
    is: (head) =>
      head.text.startsWith("##fileformat=VCF") || startsWith(head, "BCF\x02"),
    remedy: () => GIVE_MATRIX,
  },
  {
    name: "gtf",
    title: "a GTF or GFF file of an annotation",
    is: (head) => {
      if (/^##gff-version/.test(head.text)) return true;
      return firstRows(head, 1).some((row) =>
        /^[^\t]+\t[^\t]+\t[^\t]+\t\d+\t\d+\t[^\t]+\t[+.?-]\t[012.]\t/.test(row)
      );
    },
    remedy: () => GIVE_MATRIX,
  },
  {
    name: "bed",
    title: "a BED file of regions",
    is: (head) => {
      const rows = firstRows(head, 2);
      return rows.length > 0 && (/^track\s+\w+=/.test(rows[0]) ||
        rows.every((row) => /^chr[^\t]*\t\d+\t\d+(\t|$)/.test(row)));
    },
    remedy: () => GIVE_MATRIX,
  },
  {
    name: "bigwig",
    title: "a bigWig file of coverage",
    is: (head) => startsWith(head, [0x26, 0xfc, 0x8f, 0x88]),
    remedy: () => QUANTIFY,
  },
];
