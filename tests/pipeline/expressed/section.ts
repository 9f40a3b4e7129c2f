/** The stage's part of the report. */

import { defineSection } from "../../../lib/report/section.ts";
import { counts } from "./outputs.ts";

export const expressedSection = defineSection({
  title: "Expressed genes",
  read: async (reader) => ({ rows: await reader.read(counts) }),
  summarize: ({ rows }) => ({ expressed: rows[0].genes }),
  points: ({ rows }) => ({
    genes: `enough samples express ${rows[0].genes} genes`,
  }),
  write: ({ rows }) =>
    `${rows[1].genes} genes are expressed by too few samples.`,
});
