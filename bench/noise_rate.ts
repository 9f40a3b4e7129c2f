/**
 * The noise rate of the ranking on the demo beside the share of genes that are
 * truly wrong: `deno run --allow-read --allow-write --allow-run
 * bench/noise_rate.ts [SEEDS]`, 10 by default. Writes `NOISE_RATE.md` beside
 * this file; runs are kept in `reports/noise_rate`.
 */

import { metrics } from "../lib/cnn/outputs.ts";
import { percent } from "../lib/cli/numbers.ts";
import { summary as comparison } from "../lib/rankings/outputs.ts";
import {
  type ShapSummary,
  summary as explanations,
} from "../lib/shap/outputs.ts";
import { mean } from "../lib/statistics/describe.ts";
import { runVariant } from "./gene_lists/stages.ts";
import { runReader } from "./run_reader.ts";

/** Small, so that a seed takes less than two minutes of one core. */
const VARIANT = {
  id: "small",
  group: "single" as const,
  title: "small networks",
  config: {
    folds: 1,
    cnn: { ensemble: 2, epochs: 30 },
    shap: { draws: 20 },
  },
};

const count = Number(Deno.args[0] ?? 10);
/** One demo. */
interface Row {
  readonly seed: number;
  readonly f1: number | null;
  readonly genes: number;
  readonly noise: NonNullable<ShapSummary["decoys"]>;
  /** Of the genes of the set. */
  readonly wrong: number;
  readonly specific: number;
  readonly listed: number;
}

const rows: Row[] = [];
for (const seed of [42, 1, 2, 3, 4, 5, 6, 7, 8, 9].slice(0, count)) {
  const demo = { name: "demo", input: "", label: "", truth: "" };
  const run = await runVariant("reports/noise_rate", demo, VARIANT, seed, []);
  const reader = runReader(run);
  const { macro_f1 } = await reader.read(metrics);
  const { decoys, genes } = await reader.read(explanations);
  const { truth, specific_genes } = await reader.read(comparison);
  const [set] = truth!.sets;
  const sumOf = (of: "listed" | "listed_specific") =>
    specific_genes!.tissues.reduce((sum, row) => sum + row[of], 0);
  rows.push({
    seed,
    f1: macro_f1,
    genes,
    noise: decoys!,
    wrong: 1 - set.precision,
    specific: sumOf("listed_specific"),
    listed: sumOf("listed"),
  });
  await write();
}

async function write(): Promise<void> {
  const covered =
    rows.filter(({ noise, wrong }) =>
      noise.noise_rate_low <= wrong && wrong <= noise.noise_rate_high
    ).length;
  const ofTissues = rows.flatMap(({ noise }) =>
    noise.tissues.map(({ noise_rate }) => noise_rate)
  );
  await Deno.writeTextFile(
    new URL("./NOISE_RATE.md", import.meta.url),
    `# The noise rate on the demo

The defaults but for a single split, ${VARIANT.config.cnn.ensemble} networks of ${VARIANT.config.cnn.epochs} epochs and ${VARIANT.config.shap.draws} draws.
Wrong: genes of the set that were planted in no tissue as higher. The noise rate
is no estimate of that share: it counts columns of noise, and not genes that
rank high because they follow a study or vary together with others.

| seed | macro F1 | genes in the set | decoys in it | noise rate | 95 % interval | by tissue | wrong | specific by a test, of the genes listed |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${
      rows.map(({ seed, f1, genes, noise, wrong, specific, listed }) => {
        const rates = noise.tissues.map(({ noise_rate }) => noise_rate);
        return [
          "",
          seed,
          f1?.toFixed(2) ?? "",
          genes,
          `${noise.selected} of ${noise.decoys}`,
          percent(noise.noise_rate),
          `${percent(noise.noise_rate_low)} to ${
            percent(noise.noise_rate_high)
          }`,
          `${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}`,
          percent(wrong),
          `${specific} of ${listed}`,
          "",
        ].join(" | ").trim();
      }).join("\n")
    }

Means: noise rate ${
      percent(mean(rows.map(({ noise }) => noise.noise_rate)))
    }, of single
tissues ${percent(mean(ofTissues))}; wrong ${
      percent(mean(rows.map(({ wrong }) => wrong)))
    }. The interval holds the share of
wrong genes in ${covered} of ${rows.length} demos.
`,
  );
}
