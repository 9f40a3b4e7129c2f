/** Writes folders of quantified samples for the tests. */

import { dirname } from "node:path";
import { writeInput } from "../../user_files.ts";

/** Writes files, by their path below a new folder. */
export async function writeFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeInput(path, content);
  }
  return folder;
}

/** A row per gene or transcript, of which each gives its numbers. */
type Numbers = Readonly<Record<string, readonly (number | string)[]>>;

function table(header: string[], rows: string[][]): string {
  return [header, ...rows].map((row) => `${row.join("\t")}\n`).join("");
}

/** salmon's table, with TPM and reads of each transcript. */
export function salmon(numbers: Numbers): string {
  return table(
    ["Name", "Length", "EffectiveLength", "TPM", "NumReads"],
    Object.entries(numbers).map(([id, [tpm, reads = 0]]) =>
      [id, "1000", "850.5", tpm, reads].map(String)
    ),
  );
}

/** kallisto's table, with TPM and reads of each transcript. */
export function kallisto(numbers: Numbers): string {
  return table(
    ["target_id", "length", "eff_length", "est_counts", "tpm"],
    Object.entries(numbers).map(([id, [tpm, reads = 0]]) =>
      [id, "1000", "850.5", reads, tpm].map(String)
    ),
  );
}

/** STAR's table, with unstranded, forward and reverse counts of each gene. */
export function star(numbers: Numbers): string {
  const [first, ...rest] = [
    ["N_unmapped", "10", "10", "10"],
    ["N_multimapping", "20", "20", "20"],
    ["N_noFeature", "3", "30", "4"],
    ["N_ambiguous", "1", "0", "0"],
    ...Object.entries(numbers).map((
      [id, counts],
    ) => [id, ...counts.map(String)]),
  ];
  return table(first, rest);
}

/** htseq-count's table. */
export function htseq(counts: Readonly<Record<string, number | string>>) {
  const [first, ...rest] = [
    ...Object.entries(counts).map(([id, count]) => [id, String(count)]),
    ...["no_feature", "ambiguous", "too_low_aQual", "not_aligned"].map((
      name,
    ) => [`__${name}`, "7"]),
  ];
  return table(first, rest);
}
