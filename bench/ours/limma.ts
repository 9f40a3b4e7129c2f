/** Moderated t of each tissue against the others, as the ranking has it. */

import { fitClasses } from "../../lib/ml/limma/fit_classes.ts";
import {
  moderate,
  moderatedFP,
  twoSidedP,
} from "../../lib/ml/limma/moderated.ts";
import { benjaminiHochberg } from "../../lib/statistics/adjust_p.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";
import { writeNumbers } from "./write_numbers.ts";

/** What to fit. */
export interface LimmaTask {
  /** NumPy files made by `make_matrix.ts`. */
  readonly values: string;
  readonly classes: string;
  /** Where t is written: float64, tissue after tissue. */
  readonly out: string;
}

await reportMeasurement(async ({ values: file, classes, out }: LimmaTask) => {
  const { data: values, shape: [samples, columns] } = await readNpy(file);
  const fitted = varyingColumns(values, columns);
  const fitInput = {
    values,
    columns,
    rows: Array.from({ length: samples }, (_, row) => row),
    classes: Array.from((await readNpy(classes)).data),
    fitted,
  };
  const start = performance.now();
  const fit = moderate(fitClasses(fitInput), true);
  const adjusted = fit.contrasts.map(({ t }) =>
    benjaminiHochberg(twoSidedP(t, fit.totalDf))
  );
  const adjustedF = benjaminiHochberg(moderatedFP(fit));
  const seconds = secondsSince(start);
  await writeNumbers(out, fit.contrasts.map(({ t }) => t));
  return {
    seconds,
    facts: {
      genes: fitted.length,
      "prior degrees of freedom": fit.priorDf,
      "significant genes of all tissues": adjusted.reduce(
        (sum, each) => sum + countSignificant(each),
        0,
      ),
      "significant genes by F": countSignificant(adjustedF),
    },
  };
});

/** The columns that are not the same in all rows. */
function varyingColumns(values: Float32Array, columns: number): number[] {
  const varies = new Uint8Array(columns);
  for (let at = columns; at < values.length; at++) {
    const column = at % columns;
    if (values[at] !== values[column]) varies[column] = 1;
  }
  return [...varies.keys()].filter((column) => varies[column] === 1);
}

function countSignificant(p: Float64Array): number {
  return p.filter((each) => each < 0.05).length;
}
