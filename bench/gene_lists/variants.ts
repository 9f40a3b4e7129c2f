/** What is measured: the defaults, and runs that differ from them. */

/** The parts of the page. */
export const GROUPS = {
  auto: "The defaults",
  single: "Each default undone alone, one network a fold",
  networks: "Other numbers of networks",
  columns: "Which genes are neighbors in the image, three networks",
  smallColumns: "The same with small networks: 2 filters, 6 epochs",
  old: "The former defaults, and each cause corrected alone",
} as const;

export type Group = keyof typeof GROUPS;

type Values = Readonly<Record<string, string | number>>;

/** What differs from the defaults, as in a file for `--config`. */
export interface Config {
  readonly folds?: number;
  readonly prepare?: Values;
  readonly cnn?: Values;
  readonly shap?: Values;
}

/** One choice of flags. */
export interface Variant {
  readonly id: string;
  readonly group: Group;
  /** As the page names it. */
  readonly title: string;
  readonly config: Config;
}

const FORMER_TRANSFORM = { pseudocount: 0.001, shift: 10 };

/** The network before; it had a quarter of the filters, too. */
const FOUR_BLOCKS = {
  blocks: 4,
  hidden: 512,
  "learning-rate": 1e-4,
  epochs: 20,
  batch: 16,
};

/** Joins settings; the later ones count. */
function join(first: Config, second: Config): Config {
  return {
    ...first,
    ...second,
    ...Object.fromEntries(
      (["prepare", "cnn", "shap"] as const).flatMap((stage) =>
        first[stage] || second[stage]
          ? [[stage, { ...first[stage], ...second[stage] }]]
          : []
      ),
    ),
  };
}

const withNetworks = (ensemble: number, config: Config = {}): Config =>
  join({ cnn: { ensemble } }, config);

const single = (id: string, title: string, config: Config = {}): Variant => ({
  id,
  group: "single",
  title,
  config: withNetworks(1, config),
});

const two = (id: string, title: string, config: Config = {}): Variant => ({
  id,
  group: "networks",
  title,
  config: withNetworks(2, config),
});

/** The defaults before, as the demo had them, but the cutoff as now. */
const FORMER = {
  folds: 1,
  prepare: { ...FORMER_TRANSFORM, "min-expression": 0 },
  cnn: { ...FOUR_BLOCKS, ensemble: 2 },
  shap: {
    draws: 100,
    direction: "both",
    samples: "right",
    "min-samples": 1,
    output: "probability",
  },
} as const;

const former = (id: string, title: string, config: Config): Variant => ({
  id,
  group: "old",
  title,
  config,
});

const threeNetworks = (
  group: "columns" | "smallColumns",
  id: string,
  title: string,
  cnn: Values,
): Variant => ({
  id,
  group,
  title,
  config: { folds: 1, cnn: { ensemble: 3, ...cnn } },
});

const SMALL = { width: 0.0625, epochs: 6 };

/** All variants, in the order of the page. */
export const variants: readonly Variant[] = [
  { id: "auto", group: "auto", title: "the defaults", config: {} },
  single("single", "the defaults"),
  single("transform", "log2(x + 0.001) + 10", { prepare: FORMER_TRANSFORM }),
  single("no-filter", "no filter by expression", {
    prepare: { "min-expression": 0 },
  }),
  single("not-normalized", "not normalized", {
    prepare: { normalize: "none" },
  }),
  single("one-part", "one test part", { folds: 1 }),
  single("one-part-few", "one test part, tissues of one sample ranked", {
    folds: 1,
    shap: { "min-samples": 1 },
  }),
  single("both", "both directions", { shap: { direction: "both" } }),
  single("right", "only samples predicted right", {
    shap: { samples: "right" },
  }),
  single("probability", "output: probability", {
    shap: { output: "probability" },
  }),
  single("log-odds", "output: log-odds", { shap: { output: "log-odds" } }),
  single("draws-20", "20 draws", { shap: { draws: 20 } }),
  single("draws-200", "200 draws", { shap: { draws: 200 } }),
  single("four-blocks", "former network, four blocks", { cnn: FOUR_BLOCKS }),
  single("hidden-512", "512 hidden units", { cnn: { hidden: 512 } }),
  single("width-1", "32 filters", { cnn: { width: 1 } }),
  single("rate", "learning rate 1e-4", { cnn: { "learning-rate": 1e-4 } }),
  two("two", "two networks"),
  two("two-transform", "two, log2(x + 0.001) + 10", {
    prepare: FORMER_TRANSFORM,
  }),
  two("two-four-blocks", "two, former network", { cnn: FOUR_BLOCKS }),
  two("two-hidden-512", "two, 512 hidden units", { cnn: { hidden: 512 } }),
  two("two-width-1", "two, 32 filters", { cnn: { width: 1 } }),
  two("two-probability", "two, output: probability", {
    shap: { output: "probability" },
  }),
  two("two-log-odds", "two, output: log-odds", {
    shap: { output: "log-odds" },
  }),
  two("two-both", "two, both directions", { shap: { direction: "both" } }),
  threeNetworks("columns", "columns-file", "those of the file", {}),
  threeNetworks("columns", "columns-member", "others in each network", {
    columns: "member",
  }),
  threeNetworks("smallColumns", "small-columns-file", "those of the file", {
    ...SMALL,
  }),
  threeNetworks(
    "smallColumns",
    "small-columns-member",
    "others in each network",
    {
      ...SMALL,
      columns: "member",
    },
  ),
  former("old", "the former defaults", FORMER),
  former("old-transform", "... with log2(x + 1)", {
    ...FORMER,
    prepare: { "min-expression": 0 },
  }),
  former("old-direction", "... with direction up", {
    ...FORMER,
    shap: { ...FORMER.shap, direction: "up" },
  }),
  former("old-output", "... with output centered-logit", {
    ...FORMER,
    shap: { ...FORMER.shap, output: "centered-logit" },
  }),
  former("old-network", "... with the network of one block", {
    ...FORMER,
    cnn: { ensemble: 2 },
  }),
  former("old-five", "... with five networks", {
    ...FORMER,
    cnn: { ...FORMER.cnn, ensemble: 5 },
  }),
  former("old-folds", "... with folds", { ...FORMER, folds: 5 }),
];
