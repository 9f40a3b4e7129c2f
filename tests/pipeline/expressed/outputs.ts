/** The files that the stage `expressed` writes. */

import * as fields from "../../../lib/store/fields.ts";
import { defineFigure } from "../../../lib/store/output.ts";
import { defineTable } from "../../../lib/store/table.ts";

export const counts = defineTable(
  "expressed/counts.csv",
  "Genes by their zeros",
  {
    expressed: fields.flag("whether enough samples express the genes"),
    genes: fields.integer("such genes"),
  },
);

export const bars = defineFigure(
  "expressed/bars.svg",
  "Genes that enough samples express",
  new URL("./figures/bars.ts", import.meta.url),
  ({ drawBars }: typeof import("./figures/bars.ts")) => drawBars,
);

export const outputs = [counts, bars];
