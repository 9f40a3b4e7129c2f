/** What the report knows of the simulation: the planted genes. */

import { defineSection } from "../report/section.ts";
import { truth } from "./outputs.ts";

/** The section on the data says that they are simulated. */
export const simulateSection = defineSection({
  title: "Simulated data",
  read: async (reader) => ({ truth: await reader.read(truth) }),
  write: () => "",
});
