/** Reads the genes that are known to belong to the tissues. */

import { basename } from "node:path";
import type { StageContext } from "../pipeline/stage.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import { filteredGenes } from "../prepare/outputs.ts";
import { isTrueUp, truth as simulatedTruth } from "../simulate/outputs.ts";
import type { KnownGene } from "./truth.ts";
import { readTruthFile } from "./truth_file.ts";

type Context = Pick<
  StageContext<{ readonly truth: string }>,
  "parameters" | "parametersOf" | "userInput" | "has" | "read"
>;

/** The user's known genes, or those that the demo has planted. */
export async function readKnownGenes(context: Context): Promise<
  {
    readonly source: "file" | "simulation";
    readonly name: string;
    readonly rows: readonly KnownGene[];
  } | null
> {
  const { truth: path } = context.parameters;
  if (path !== "") {
    await context.userInput(path);
    const rows = await readTruthFile(path);
    return { source: "file", name: basename(path), rows };
  }
  // A simulated matrix may be left over from an earlier run.
  const { input } = await context.parametersOf("prepare");
  if (input !== "" || !await context.has(simulatedTruth)) return null;
  const rows = (await context.read(simulatedTruth)).filter(isTrueUp);
  if (rows.length === 0) return null;
  return { source: "simulation", name: simulatedTruth.file, rows };
}

/** The genes that too few samples express. */
export async function readFiltered(
  context: Pick<Context, "has" | "read">,
): Promise<readonly NamedGene[]> {
  return await context.has(filteredGenes)
    ? await context.read(filteredGenes)
    : [];
}
