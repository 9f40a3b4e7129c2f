/** Compares this suite with its peers: speed and memory. */

import { fileURLToPath } from "node:url";
import { InputError, RunError } from "../lib/cli/errors.ts";
import { integer, list, text, toggle } from "../lib/cli/parameters.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import {
  type Benchmark,
  type Measured,
  type Side,
  SideFailure,
  type Workspace,
} from "./suite/benchmark.ts";
import { boostedTrees } from "./suite/boosted_trees.ts";
import { demo } from "./suite/demo.ts";
import { enrichment } from "./suite/enrichment.ts";
import { explaining } from "./suite/explaining.ts";
import { measureGrowth } from "./suite/growth.ts";
import { humanStudy } from "./suite/human.ts";
import { limma } from "./suite/limma.ts";
import { loading } from "./suite/loading.ts";
import { describeMachine } from "./suite/machine.ts";
import { nullDistribution } from "./suite/null_distribution.ts";
import { formatPage, type Remarks } from "./suite/page.ts";
import {
  formatResults,
  mergeResults,
  noResults,
  readResults,
  type Results,
} from "./suite/results.ts";
import { measureRows } from "./suite/rounds.ts";
import { fullSizes, quickSizes } from "./suite/sizes.ts";
import { specificity } from "./suite/specificity.ts";
import { orientation } from "./suite/orientation.ts";
import { defaultTraining, studyTraining, training } from "./suite/training.ts";
import { formatBytes, formatSeconds } from "./suite/format.ts";

/** The id of the table of growth. */
const GROWTH = "growth";

/** Inputs and outputs of the measured programs; ignored by git. */
const SCRATCH = "reports/bench";

const flags = {
  only: list("ID", "rows to measure; the others stay as they are"),
  rounds: integer(3, { minimum: 1 }, "runs of each side, by turns"),
  sets: integer(20, { minimum: 2 }, "random sets that are scored, of 100"),
  threads: integer(2, { minimum: 1 }, "threads of each side"),
  quick: toggle(`small sizes, for a try; the page goes into ${SCRATCH}/quick`),
  page: toggle("only write the page again, from results.json"),
  python: text(
    "bench/peers/.venv/bin/python",
    "FILE",
    "the peers' Python; another one must also be named in --allow-run",
  ),
  human: text(
    "../shared/data/rnaseqdb-6-tissues",
    "DIR",
    "the human matrix: a folder with counts.tsv.gz and samples.csv",
  ),
  annotation: text(
    "../shared/data/maize-go",
    "DIR",
    "the maize annotation: a folder with the Gene Ontology and a GAF file",
  ),
  help: toggle("list the flags"),
};

async function bench(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench");
  if (values === undefined) return;
  const quick = values.quick;
  const workspace: Workspace = {
    project: fileURLToPath(new URL("../", import.meta.url)),
    scratch: SCRATCH,
    python: values.python,
    threads: values.threads,
  };
  const sizes = quick ? quickSizes : fullSizes;
  const benchmarks: readonly Benchmark[] = [
    loading(workspace, sizes),
    orientation(workspace, sizes),
    training(workspace, sizes),
    studyTraining(workspace, sizes),
    defaultTraining(workspace, sizes),
    explaining(workspace, sizes),
    nullDistribution(workspace, sizes, values.sets),
    enrichment(workspace, values.annotation, quick),
    boostedTrees(workspace, sizes),
    limma(workspace, sizes),
    specificity(workspace, sizes),
    demo(workspace, quick),
    humanStudy(workspace, values.human, quick),
  ];
  const known = benchmarks.flatMap(({ rows }) => rows);
  const chosen = chooseRows(
    [...known.map(({ id }) => id), GROWTH],
    values.only,
  );

  const folder = quick ? `${SCRATCH}/quick` : "bench";
  await Deno.mkdir(SCRATCH, { recursive: true });
  await Deno.mkdir(folder, { recursive: true });
  let results = await readResults(`${folder}/results.json`);
  const keep = async (measured: Results) => {
    results = mergeResults(results, measured, known);
    await Deno.writeTextFile(
      `${folder}/results.json`,
      formatResults(results),
    );
    await Deno.writeTextFile(
      `${folder}/RESULTS.md`,
      formatPage(results, await readRemarks()),
    );
  };
  if (values.page) return await keep(noResults);

  const stamp = await describeMachine(workspace, values.rounds);
  for (const benchmark of benchmarks) {
    const rows = benchmark.rows.filter(({ id }) => chosen.has(id));
    if (rows.length === 0) continue;
    const name = rows.map(({ id }) => id).join(", ");
    console.error(name);
    await orRunError(name, async () => {
      const measured = await measureRows(benchmark, rows, stamp, formatRun);
      await keep({ rows: measured, growth: [] });
    });
  }
  if (chosen.has(GROWTH)) {
    console.error(GROWTH);
    await orRunError(GROWTH, async () => {
      const lines = await measureGrowth(
        workspace,
        stamp.rounds,
        ({ work, axis, seconds }) =>
          console.error(
            `  ${work}, ${axis}: ${seconds.map(formatSeconds).join(", ")}`,
          ),
      );
      await keep({ rows: [], growth: [{ lines, stamp }] });
    });
  }
  console.log(`${folder}/RESULTS.md`);
}

/** The requested rows; all if none is named. */
function chooseRows(
  known: readonly string[],
  only: readonly string[],
): Set<string> {
  const unknown = only.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot measure ${unknown}: the rows are ${known.join(", ")}`,
      "deno task bench --help",
    );
  }
  return new Set(only.length === 0 ? known : only);
}

/** Why rows miss their goals; written by hand. */
async function readRemarks(): Promise<Remarks> {
  return JSON.parse(await Deno.readTextFile("bench/remarks.json"));
}

function formatRun(
  { name }: Side,
  round: number,
  outcome: Measured | SideFailure,
): void {
  const what = outcome instanceof SideFailure
    ? `failed: ${outcome.message}`
    : `${formatSeconds(outcome.seconds)}, ${formatBytes(outcome.peakBytes)}`;
  console.error(`  round ${round}, ${name}: ${what}`);
}

/** Names the row that could not be prepared. */
async function orRunError(
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SideFailure)) throw error;
    throw new RunError(`Cannot measure ${name}: ${error.message}`);
  }
}

await runBench(async () => {
  try {
    await bench(Deno.args);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new InputError(`Cannot measure: ${error.message}`);
  }
});
