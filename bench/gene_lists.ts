/**
 * What each default is worth: how many known genes the lists hold with the
 * defaults, with each of them undone, and by the simple rankings. Runs the
 * stages in `reports/gene_lists/`, where finished stages stay, and writes
 * `gene_lists.json` and `GENE_LISTS.md`.
 */

import { InputError } from "../lib/cli/errors.ts";
import { list, text, toggle } from "../lib/cli/parameters.ts";
import { readBenchFlags } from "./flags.ts";
import { measureRun, type RunScores } from "./gene_lists/measure.ts";
import { formatPage } from "./gene_lists/page.ts";
import { runVariant } from "./gene_lists/stages.ts";
import { type Variant, variants } from "./gene_lists/variants.ts";
import { runBench } from "./run_bench.ts";

/** The runs' folders; ignored by git. */
const SCRATCH = "reports/gene_lists";

const flags = {
  only: list("ID,ID", "variants to run; default: all"),
  seeds: list("N,N", "master seeds; default: 42,7,11"),
  study: text("demo", "NAME", "how the page names the matrix"),
  input: text(
    "",
    "FILE",
    "a matrix, see --input of prepare; default: the demo",
  ),
  label: text("", "COLUMN", "its column of tissues"),
  truth: text("", "FILE", "its known genes, see --truth of genesets"),
  out: text("bench", "DIR", "where gene_lists.json and GENE_LISTS.md are"),
  page: toggle("only write the page again, from gene_lists.json"),
  help: toggle("list the flags"),
};

async function measure(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench/gene_lists.ts");
  if (values === undefined) return;
  const { study: name, input, label, truth, out } = values;
  if ((input === "") !== (name === "demo")) {
    throw new InputError(
      "Cannot name the runs: --input and --study NAME go together",
    );
  }
  const chosen = chooseVariants(values.only);
  const seeds = (values.seeds.length > 0 ? values.seeds : ["42", "7", "11"])
    .map(Number);
  const file = `${out}/gene_lists.json`;
  let all = await readScores(file);
  const keep = async () => {
    await Deno.writeTextFile(file, formatScores(all));
    await Deno.writeTextFile(`${out}/GENE_LISTS.md`, formatPage(all));
  };
  if (values.page) return await keep();
  for (const variant of chosen) {
    for (const seed of seeds) {
      const id = { study: name, variant: variant.id, seed };
      const study = { name, input, label, truth };
      const run = await runVariant(SCRATCH, study, variant, seed, variants);
      const scores = await measureRun(run, id, truth);
      all = mergeScores(all, scores);
      await keep();
      const { setPrecision, atKnown } = scores.lists[0];
      console.error(name, variant.id, seed, setPrecision, atKnown);
    }
  }
}

function chooseVariants(ids: readonly string[]): readonly Variant[] {
  const unknown = ids.filter((id) => !variants.some((each) => each.id === id));
  if (unknown.length > 0) {
    throw new InputError(
      `Cannot run the variant ${unknown[0]}: there are ${
        variants.map(({ id }) => id).join(", ")
      }`,
    );
  }
  return ids.length === 0
    ? variants
    : variants.filter(({ id }) => ids.includes(id));
}

/** Replaces the run's earlier scores; the others stay. */
function mergeScores(
  all: readonly RunScores[],
  added: RunScores,
): RunScores[] {
  const same = (each: RunScores) =>
    each.study === added.study && each.variant === added.variant &&
    each.seed === added.seed;
  return [...all.filter((each) => !same(each)), added];
}

async function readScores(path: string): Promise<RunScores[]> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** One run a line, numbers with five significant digits. */
function formatScores(all: readonly RunScores[]): string {
  const round = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value)
      ? Number(value.toPrecision(5))
      : value;
  return `[\n${
    all.map((each) => "  " + JSON.stringify(each, round)).join(",\n")
  }\n]\n`;
}

await runBench(() => measure(Deno.args));
