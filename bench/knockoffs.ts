/**
 * Whether the knockoff filter keeps its false discovery rate on the demo, whose
 * truth is known: `deno run --allow-read --allow-write bench/knockoffs.ts
 * [SEEDS]`, 10 by default. Writes `KNOCKOFFS.md` beside this file; what each
 * demo gave is kept in `reports/knockoffs`.
 */

import type { Values } from "../lib/cli/parameters.ts";
import type { Dataset } from "../lib/prepare/dataset.ts";
import { prepareMatrix } from "../lib/prepare/prepare_matrix.ts";
import { prepareParameters } from "../lib/prepare/parameters.ts";
import { deriveSeed } from "../lib/random.ts";
import { limmaRanking } from "../lib/rankings/limma.ts";
import { ridgeRanking } from "../lib/rankings/ridge.ts";
import { isTrueUp } from "../lib/simulate/outputs.ts";
import { simulate } from "../lib/simulate/simulate.ts";
import { exists } from "../lib/store/files.ts";
import { suiteKnockoffs, tissueKnockoffs } from "./knockoffs/forms.ts";
import { formatPage, RATES, type Result } from "./knockoffs/page.ts";
import { scoreByNetworks, scoreByRanking } from "./knockoffs/scores.ts";
import { judge, type Lists, select, type Truth } from "./knockoffs/select.ts";
import { type Form, forms, statistics } from "./knockoffs/variants.ts";

const FOLDER = "reports/knockoffs";
const seeds = [42, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  .slice(0, Number(Deno.args[0] ?? 10));

await Deno.mkdir(FOLDER, { recursive: true });
const results: Result[] = [];
for (const seed of seeds) {
  const demo = makeDemo(seed);
  for (const form of forms) {
    for (const statistic of statistics) {
      if (statistic === "networks" && !form.networks) continue;
      const path = `${FOLDER}/${form.id}-${statistic}-${seed}.json`;
      if (!await exists(path)) {
        const selected = await tryForm(demo, form, statistic, seed);
        await Deno.writeTextFile(path, JSON.stringify(selected));
      }
      const { lists, ...selected }: Selected = JSON.parse(
        await Deno.readTextFile(path),
      );
      results.push({
        ...selected,
        outcomes: lists.map((own) => judge(own, demo.truth)),
      });
    }
  }
  await Deno.writeTextFile(
    new URL("./KNOCKOFFS.md", import.meta.url),
    formatPage(results),
  );
}

interface Demo {
  /** Training and validation samples only. */
  readonly dataset: Dataset;
  readonly truth: Truth;
}

/** What is kept of one demo, form and statistic. */
type Selected = Omit<Result, "outcomes"> & {
  /** One for each of `RATES`. */
  readonly lists: readonly Lists[];
};

async function tryForm(
  { dataset }: Demo,
  form: Form,
  statistic: Result["statistic"],
  seed: number,
): Promise<Selected> {
  const own = deriveSeed(seed, `knockoffs/${form.id}`);
  const { values, factors } = form.made === null
    ? suiteKnockoffs(dataset, own)
    : tissueKnockoffs(dataset, form.made, own);
  const both = joinColumns(dataset, values);
  const scores = statistic === "networks"
    ? await scoreByNetworks(both, deriveSeed(seed, `networks/${form.id}`))
    : scoreByRanking(
      both,
      statistic === "limma" ? limmaRanking : ridgeRanking,
    );
  return {
    seed,
    form: form.id,
    statistic,
    factors,
    lists: RATES.map((rate) => select(scores, rate)),
  };
}

function makeDemo(seed: number): Demo {
  const { truth, ...demo } = simulate({
    seed: deriveSeed(seed, "simulate/simulation"),
  });
  const { found, parts, revised } = prepareMatrix(
    {
      ...demo,
      values: Float32Array.from(demo.tpm),
      groups: demo.studies,
      geneFacts: demo.genes.map(() => ({ name: null, description: null })),
      sampleFacts: [],
    },
    { ...defaults(), folds: 1 },
    (name) => deriveSeed(seed, `prepare/${name}`),
  );
  const { sampleIds, genes, tissues, values } = found.filtered;
  const rows = [...sampleIds.keys()]
    .filter((row) => parts.split[row] !== "test");
  const pick = <T>(all: readonly T[]) => rows.map((row) => all[row]);
  const own = pick(tissues);
  const tissueNames = [...new Set(own)].sort();
  const split = pick(parts.split);
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const up = truth.filter((row) => isTrueUp(row) && columnOf.has(row.gene));
  return {
    dataset: {
      sampleIds: pick(sampleIds),
      genes,
      geneFacts: genes.map(() => ({ name: null, description: null })),
      tissues: own,
      groups: pick(revised.input.groups!),
      split,
      folds: [{ fold: 1, split }],
      values: Float32Array.from(
        rows.flatMap((row) => [
          ...values.subarray(row * genes.length, (row + 1) * genes.length),
        ]),
      ),
      tissueNames,
      classOf: Int32Array.from(own, (tissue) => tissueNames.indexOf(tissue)),
    },
    truth: {
      tissues: new Map(tissueNames.map((tissue) => [
        tissue,
        new Set(
          up.filter((row) => row.tissue === tissue)
            .map(({ gene }) => columnOf.get(gene)!),
        ),
      ])),
      all: new Set(up.map(({ gene }) => columnOf.get(gene)!)),
      strong: new Set(
        up.filter(({ kind, log2_fold_change }) =>
          kind === "specific" && log2_fold_change > 1
        ).map(({ gene }) => columnOf.get(gene)!),
      ),
      down: new Set(
        truth.filter(({ kind }) => kind === "down")
          .flatMap(({ gene }) => columnOf.get(gene) ?? []),
      ),
    },
  };
}

/** The genes, then their knockoffs. */
function joinColumns(dataset: Dataset, knockoffs: Float64Array): Dataset {
  const { genes, values, sampleIds } = dataset;
  const count = genes.length;
  const joined = new Float32Array(2 * values.length);
  for (let row = 0; row < sampleIds.length; row++) {
    const [from, to] = [row * count, (row + 1) * count];
    joined.set(values.subarray(from, to), 2 * from);
    joined.set(knockoffs.subarray(from, to), 2 * from + count);
  }
  return {
    ...dataset,
    genes: [...genes, ...genes.map((gene) => `knockoff of ${gene}`)],
    geneFacts: [...dataset.geneFacts, ...dataset.geneFacts],
    values: joined,
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
