/** Runs the shap stage in a study folder, and hides decoys in one. */

import { writeNpy } from "../../lib/store/npy.ts";
import { openStream } from "../../lib/random.ts";
import type { Values } from "../../lib/cli/parameters.ts";
import { formatRows } from "../tables.ts";
import type { shapParameters } from "../../lib/shap/parameters.ts";
import { shapStage } from "../../lib/shap/stage.ts";
import { GENES, type StudyFolder } from "../cnn/run_folder.ts";

/** The stage's parameters. */
export type ShapValues = Values<typeof shapParameters>;

const quickValues: ShapValues = {
  draws: 30,
  "max-draws": 3200,
  alphas: "importance",
  backgrounds: "balanced",
  control: "background",
  output: "probability",
  attributions: ["none"],
  // The tests that explain training samples say so.
  explained: "test",
  "per-tissue": 5,
  samples: "all",
  "min-samples": 3,
  direction: "up",
  cutoff: "unique",
  "noise-rate": 0.1,
  top: 100,
  halves: 0,
  fdr: 0.1,
  frequency: 0.7,
};

/** Explains into `folder`, with the draws of another seed if one is given. */
export async function explain(
  study: StudyFolder,
  values: Partial<ShapValues> = {},
  threads = 1,
  folder = "shap",
  seed?: number,
) {
  const context = await study.context(
    "shap",
    { ...quickValues, ...values },
    threads,
    folder,
  );
  const { settings } = context;
  return await shapStage.run({
    ...context,
    settings: { ...settings, seed: seed ?? settings.seed },
  });
}

/**
 * Hides that many decoys: uniform noise, as the genes without a part are.
 *
 * @param kind What they are taken for; as knockoffs they must be as many as
 * the genes.
 */
export async function hideDecoys(
  study: StudyFolder,
  decoys: number,
  kind: "noise" | "knockoff" = "noise",
): Promise<void> {
  const samples = (await study.table("prepare/samples.csv")).length;
  const stream = openStream(5, "decoys");
  const columns = [...stream.sample(GENES + decoys, decoys)]
    .sort((a, b) => a - b);
  await Deno.writeTextFile(
    `${study.path}/prepare/decoys.csv`,
    formatRows(
      ["decoy", "source", "kind", "column"],
      columns.map((column, decoy) => ({
        decoy: `decoy_${decoy + 1}`,
        source: `g${GENES - 1 - decoy}`,
        kind,
        column,
      })),
    ),
  );
  await writeNpy(
    `${study.path}/prepare/decoys.npy`,
    Float32Array.from({ length: samples * decoys }, stream.uniform),
    [samples, decoys],
  );
}
