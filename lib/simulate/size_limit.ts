/** The largest demo: it is held in memory whole. */

import { InputError, rerun } from "../cli/errors.ts";
import { formatBytes, withCommas } from "../cli/text.ts";
import { STUDIES_PER_TISSUE } from "./design.ts";

/** Numbers held at a time: 8.6 GB, as much as the largest matrix read. */
const NUMBER_LIMIT = 2 ** 30;
const BYTES = 8;

/**
 * Refuses a demo that would be too large, before memory is asked for.
 *
 * @throws {InputError} If it would be.
 */
export function checkSize(
  { samples, genes, tissues, studies }: {
    readonly samples: number;
    readonly genes: number;
    readonly tissues: number;
    readonly studies: number;
  },
): void {
  // Of each gene: its values, its changes by tissue as logarithms and as
  // factors, and its shifts by study.
  const numbers = genes * (samples + 2 * tissues + studies);
  if (numbers <= NUMBER_LIMIT) return;
  const most = samples - Math.ceil((numbers - NUMBER_LIMIT) / genes);
  throw new InputError(
    `Cannot simulate ${withCommas(samples)} samples x ${withCommas(genes)} ` +
      `genes of ${tissues} tissues in ${studies} studies: that would take ` +
      `${formatBytes(numbers * BYTES)} of memory, and the limit is ` +
      formatBytes(NUMBER_LIMIT * BYTES),
    rerun(
      "simulate",
      most >= STUDIES_PER_TISSUE * tissues
        ? { samples: most }
        : { genes: Math.floor(genes * NUMBER_LIMIT / numbers) },
    ),
  );
}
