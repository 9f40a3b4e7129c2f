/** The stage that checks whether the scores depend on what was learned. */

import { openBackend } from "../backend/open.ts";
import { noteSpeed } from "../backend/speed_note.ts";
import { trainingBatch } from "../cnn/batch_limits.ts";
import { type NetworkFile, readNetworks } from "../cnn/ensemble.ts";
import { readNetwork } from "../cnn/read_network.ts";
import { defineStage } from "../pipeline/stage.ts";
import { wholeBlocks } from "../shap/draw_rounds.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { checksDeclaration } from "./declaration.ts";
import { agreementRows, formatVerdict, meanAgreements } from "./agreement.ts";
import { CASCADE, reinitializeLayers } from "./cascading_randomization.ts";
import { type ComparedNetwork, explainNetworks } from "./explain_networks.ts";
import { type CheckSetup, loadInputs } from "./inputs.ts";
import { trainOnShuffledLabels } from "./label_randomization.ts";
import { ENOUGH_LEARNED } from "./levels.ts";
import { agreement, agreementFigure, type Check, checks } from "./outputs.ts";

/** Explains the same samples by networks that know less, and compares. */
export const checksStage = defineStage({
  ...checksDeclaration,
  async run(context) {
    const [first, second] = await readNetworks(context);
    const inputs = await loadInputs(context);
    const read = (file: NetworkFile) =>
      readNetwork(file, { tissueNames: inputs.tissues }, inputs);
    const { architecture, weights } = await read(first);
    const backend = await openBackend(context.settings.backend, "checks");
    noteSpeed(backend, context.say);
    const batch = trainingBatch(
      backend,
      architecture,
      inputs.cnnParameters.batch,
    );
    const setup: CheckSetup = {
      inputs,
      architecture,
      backend,
      batch,
      checkpoints: await context.checkpoints(backend.description),
    };

    const trained = () => ({ weights });
    const newWeights = context.seedOf("new_weights");
    // Opened here, so that a resumed stage records the seed, too.
    const statistics = context.stream("statistics");
    const networks: (ComparedNetwork & { readonly name: Check })[] = [
      { name: "rerun", load: trained },
      ...(second?.fold !== first.fold ? [] : [{
        name: "ensemble_member" as const,
        // Its genes may be on other pixels.
        load: () => read(second),
      }]),
      ...CASCADE.map((step) => ({
        name: step,
        load: async () => ({
          weights: await reinitializeLayers(
            architecture,
            weights,
            step,
            newWeights,
            {
              samples: inputs.train,
              batch,
              stream: statistics.child(step),
            },
          ),
        }),
      })),
    ];
    // Explained together: one start of the workers serves all networks.
    const shuffled = await trainOnShuffledLabels(context, setup);
    networks.push({ name: "shuffled_labels", load: () => shuffled });
    const [reference, ...others] = await explainNetworks(context, setup, [
      { name: "network", load: trained },
      ...networks,
    ]);

    const genes = inputs.geneColumns.length;
    const top = topCount(genes);
    const rows = networks.flatMap(({ name }, index) =>
      agreementRows(name, reference, others[index], top)
    );
    const means = meanAgreements(rows);
    await context.write(agreement, rows);
    await context.write(checks, {
      top,
      chance_overlap: top / genes,
      samples: inputs.samples.length,
      draws: wholeBlocks(context.parameters.draws),
      checks: means,
      shuffled_network: shuffled.scores,
    });
    await context.draw(agreementFigure, { rows, genes });
    const learned = shuffled.scores.train_accuracy;
    if (learned < ENOUGH_LEARNED) {
      context.warn(
        `The network learned only ${Math.round(100 * learned)} % of the ` +
          "shuffled training labels, so that check compares with a network " +
          "that has learned little: more --checks.epochs would make it " +
          "stricter.",
      );
    }
    return { verdict: formatVerdict(means), backend: backend.description };
  },
});
