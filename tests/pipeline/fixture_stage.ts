/** A made-up stage: how many genes the tissues of a run express. */

import { defineStage } from "../../lib/pipeline/stage.ts";
import { integer } from "../../lib/cli/parameters.ts";
import { genes } from "../../lib/prepare/outputs.ts";
import { defineSection } from "../../lib/report/section.ts";
import * as fields from "../../lib/store/fields.ts";
import { defineFigure } from "../../lib/store/output.ts";
import { defineTable, type RowOf } from "../../lib/store/table.ts";

const counts = defineTable("expressed/counts.csv", "Genes by their zeros", {
  expressed: fields.flag("whether enough samples express the genes"),
  genes: fields.integer("such genes"),
});

const bars = defineFigure(
  "expressed/bars.svg",
  "Genes that enough samples express",
  () => Promise.resolve(drawBars),
);

function drawBars(rows: readonly RowOf<typeof counts>[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg"><title>${
    rows.map(({ genes }) => genes).join(" and ")
  }</title></svg>\n`;
}

export const fixtureStage = defineStage({
  module: import.meta.url,
  name: "expressed",
  summary: "counts the genes that enough samples express",
  needs: ["prepare"],
  parameters: {
    zeros: integer(10, { minimum: 0 }, "most samples without expression"),
  },
  outputs: [counts, bars],
  async run(context) {
    const known = await context.read(genes);
    const rows = [true, false].map((expressed) => ({
      expressed,
      genes: known.filter(({ n_zero_samples }) =>
        (n_zero_samples <= context.parameters.zeros) === expressed
      ).length,
    }));
    await context.write(counts, rows);
    await context.draw(bars, rows);
    return { verdict: `${rows[0].genes} of ${known.length} genes` };
  },
});

export const fixtureSection = defineSection({
  title: "Expressed genes",
  read: async (reader) => ({ rows: await reader.read(counts) }),
  summarize: ({ rows }) => ({ expressed: rows[0].genes }),
  verdict: ({ rows }) => [`Enough samples express ${rows[0].genes} genes.`],
  write: ({ rows }) =>
    `${rows[1].genes} genes are expressed by too few samples.`,
});
