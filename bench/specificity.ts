/**
 * How often the test of specificity is wrong on the demo, whose truth is known:
 * `deno run --allow-read --allow-write=bench bench/specificity.ts`. Writes
 * `SPECIFICITY.md` beside this file.
 */

import { percent } from "../lib/cli/numbers.ts";
import { prepareMatrix } from "../lib/prepare/prepare_matrix.ts";
import { prepareParameters } from "../lib/prepare/parameters.ts";
import type { Values } from "../lib/cli/parameters.ts";
import { deriveSeed } from "../lib/random.ts";
import {
  SPECIFIC_LEVEL,
  testSpecificGenes,
} from "../lib/rankings/specific_genes.ts";
import { simulate } from "../lib/simulate/simulate.ts";
import { mean } from "../lib/statistics/describe.ts";

const SEEDS = [42, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const FACTORS = [2, 1.5, 1];

/** One test on one demo. */
interface Counts {
  readonly listed: number;
  /** Of them, not planted as specific to the tissue. */
  readonly wrong: number;
  /** Genes planted as specific, higher by more than the factor. */
  readonly planted: number;
  readonly found: number;
}

const page = [
  "# The test of specificity on the demo",
  "",
  `Each demo is simulated and prepared with the defaults and its own seed; a ` +
  `gene is listed for a tissue if its adjusted p is at most ${SPECIFIC_LEVEL}, ` +
  "so that at most " + percent(SPECIFIC_LEVEL) +
  " of the genes listed should " +
  "be wrong: not planted as specific to that tissue alone. Found: of the genes " +
  "planted as specific whose fold change exceeds the factor. The demo has six " +
  "studies. `by study`: samples of a study and tissue are a cluster, as in the " +
  "suite. `samples`: the same test if all samples are taken to be independent.",
];
for (const factor of FACTORS) {
  const rows = SEEDS.map((seed) => ({ seed, ...measure(seed, factor) }));
  page.push(
    "",
    `## More than ${factor} times each other tissue`,
    "",
    "| seed | by study: listed | wrong | found | samples: listed | wrong | found |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(({ seed, blocked, samples }) =>
      `| ${seed} | ${cells(blocked)} | ${cells(samples)} |`
    ),
    "",
    (["blocked", "samples"] as const).map((name) => {
      const shares = rows.map((row) => shareOf(row[name]));
      const kept = shares.filter((share) => share <= SPECIFIC_LEVEL).length;
      return `${name === "blocked" ? "By study" : "Samples"}: wrong ` +
        `${percent(mean(shares))} on average, at most ` +
        `${percent(Math.max(...shares))}; at most ${
          percent(SPECIFIC_LEVEL)
        } in ${kept} of ${SEEDS.length} demos.`;
    }).join(" "),
  );
}
await Deno.writeTextFile(
  new URL("./SPECIFICITY.md", import.meta.url),
  page.join("\n") + "\n",
);

function measure(seed: number, factor: number) {
  const { truth, ...demo } = simulate({
    seed: deriveSeed(seed, "simulate/simulation"),
  });
  const { tpm, studies: groups } = demo;
  const { found, parts, revised } = prepareMatrix(
    {
      ...demo,
      values: Float32Array.from(tpm),
      groups,
      geneFacts: demo.genes.map(() => ({ name: null, description: null })),
      sampleFacts: [],
    },
    defaults(),
    (name) => deriveSeed(seed, `prepare/${name}`),
  );
  const { sampleIds, genes, tissues, values } = found.filtered;
  const tissueNames = [...new Set(tissues)].sort();
  const rows = [...sampleIds.keys()].filter((row) =>
    parts.folds.length > 1 || parts.split[row] !== "test"
  );
  const specific = new Map(
    truth.filter(({ kind }) => kind === "specific").map((
      { gene, tissue, log2_fold_change },
    ) => [`${gene} ${tissue}`, log2_fold_change]),
  );
  const strong = [...specific.values()]
    .filter((change) => change > Math.log2(factor)).length;
  const count = (groups: readonly string[]): Counts => {
    const dataset = { sampleIds, genes, tissues, groups, tissueNames, values };
    const margin = Math.log2(factor);
    const tested = testSpecificGenes({ dataset, rows, margin })!;
    const changes = tested.tissues.flatMap(({ tissue, adjusted }) =>
      genes.flatMap((gene, column) =>
        adjusted[column] <= SPECIFIC_LEVEL
          ? [specific.get(`${gene} ${tissue}`)]
          : []
      )
    );
    return {
      listed: changes.length,
      wrong: changes.filter((change) => change === undefined).length,
      planted: strong,
      found: changes.filter((change) => change! > Math.log2(factor)).length,
    };
  };
  return {
    blocked: count(revised.input.groups!),
    samples: count(tissues.map(() => "")),
  };
}

function defaults(): Values<typeof prepareParameters> {
  return Object.fromEntries(
    Object.entries(prepareParameters).map(([name, flag]) => [
      name,
      flag.default,
    ]),
  ) as Values<typeof prepareParameters>;
}

function shareOf({ wrong, listed }: Counts): number {
  return listed === 0 ? 0 : wrong / listed;
}

function cells(counts: Counts): string {
  return `${counts.listed} | ${
    percent(shareOf(counts))
  } | ${counts.found} of ${counts.planted}`;
}
