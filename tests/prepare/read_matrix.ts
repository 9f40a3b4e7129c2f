/** Reads a matrix from a file as `prepare` does, without a sample sheet. */

import { arrangeMatrix } from "../../lib/prepare/arrange/arrange_matrix.ts";
import { promoteIds } from "../../lib/prepare/arrange/promote_ids.ts";
import type { ArrangeChoices } from "../../lib/prepare/arrange/reading.ts";
import type { ExpressionMatrix } from "../../lib/prepare/input/expression_matrix.ts";
import { readRawMatrix } from "../../lib/prepare/input/read_raw_matrix.ts";
import { prepareParameters } from "../../lib/prepare/parameters.ts";

const defaults = Object.fromEntries(
  Object.entries(prepareParameters).map(([name, { default: value }]) => [
    name,
    value,
  ]),
) as unknown as ArrangeChoices;

export async function readMatrix(
  path: string,
  choices: Partial<ArrangeChoices> = {},
): Promise<ExpressionMatrix> {
  const given = { ...defaults, ...choices, input: path };
  const raw = promoteIds(
    await readRawMatrix({ path }, {
      label: given.label || undefined,
      ignore: given.ignore,
    }),
  );
  return arrangeMatrix(raw, given).matrix;
}
