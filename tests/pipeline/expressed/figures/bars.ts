/** The figure of the stage `expressed`. */

import type { RowOf } from "../../../../lib/store/table.ts";
import type { counts } from "../outputs.ts";

export function drawBars(rows: readonly RowOf<typeof counts>[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg"><title>${
    rows.map(({ genes }) => genes).join(" and ")
  }</title></svg>\n`;
}
