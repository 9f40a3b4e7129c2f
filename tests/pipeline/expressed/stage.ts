/** Counts the genes that enough samples express. */

import { defineStage } from "../../../lib/pipeline/stage.ts";
import { genes } from "../../../lib/prepare/outputs.ts";
import { expressedDeclaration } from "./declaration.ts";
import { bars, counts } from "./outputs.ts";

export const expressedStage = defineStage({
  ...expressedDeclaration,
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
