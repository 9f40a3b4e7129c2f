/**
 * The error of the scores by number of draws and method of drawing. Reads a
 * finished run, explains one sample per tissue repeatedly, and writes only the
 * page:
 *
 *     deno run --allow-read --allow-write=bench bench/draws.ts \
 *       --run reports/demo --out bench/DRAWS.md
 */

import { InputError } from "../lib/cli/errors.ts";
import { integer, list, text, toggle } from "../lib/cli/parameters.ts";
import { deriveSeed } from "../lib/random.ts";
import { columnMeans } from "../lib/shap/background_control.ts";
import { blockCount } from "../lib/shap/draw_rounds.ts";
import { blockGradientSums } from "../lib/shap/expected_gradients.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import {
  type Errors,
  errorsOf,
  type Explanations,
  explanationsOf,
} from "./draws/errors.ts";
import { formatPage, type MethodErrors } from "./draws/page.ts";
import { readSubjects, type Subjects } from "./draws/subjects.ts";
import { type DrawMethod, methods, reference } from "./draws/methods.ts";

const flags = {
  run: text("reports/demo", "DIR", "a finished run"),
  draws: list("N,N", "numbers of draws; default: 10,20,50,100,200,500"),
  samples: integer(8, { minimum: 1 }, "samples, at most one per tissue"),
  reference: integer(1600, { minimum: 100 }, "draws of the reference"),
  explanations: integer(
    2,
    { minimum: 1 },
    "explanations with the fewest draws; fewer for more draws, at least one",
  ),
  seed: integer(42, { minimum: 0 }, "master seed"),
  out: text("", "FILE", "where to write the page; default: print it"),
  help: toggle("list the flags"),
};

/** Explains all samples once. */
async function explain(
  subjects: Subjects,
  method: DrawMethod,
  count: number,
  seed: number,
): Promise<Explanations> {
  const { frozen, background, source, batch, samples } = subjects;
  const sums: Float64Array[] = [];
  const blocks = blockCount(count);
  const means = method.corrected
    ? columnMeans(background, source.classes.length)
    : undefined;
  for (const { sample_id, expression, explainedClass } of samples) {
    sums.push(
      await blockGradientSums(
        frozen,
        expression,
        explainedClass,
        background,
        method.draw(deriveSeed(seed, sample_id), source, count),
        blocks,
        batch,
        "probability",
        means,
      ),
    );
  }
  return explanationsOf(subjects, sums, count / blocks, blocks);
}

async function measure(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench/draws.ts");
  if (values === undefined) return;
  const listed = values.draws.map(Number);
  const counts = listed.length > 0 ? listed : [10, 20, 50, 100, 200, 500];
  if (!counts.every((count) => count > 0 && count % 10 === 0)) {
    throw new InputError(
      `Cannot draw ${counts.join(", ")} times: --draws takes multiples of 10`,
    );
  }
  const seed = values.seed;
  const subjects = await readSubjects(values.run, values.samples, seed);
  const exact = await explain(
    subjects,
    reference,
    values.reference,
    deriveSeed(seed, "reference"),
  );
  const measured: MethodErrors[] = [];
  for (const method of methods) {
    const errors: Errors[] = [];
    for (const count of counts) {
      const times = Math.max(
        1,
        Math.floor(values.explanations * Math.min(1, 20 / count)),
      );
      const made: Explanations[] = [];
      for (let time = 1; time <= times; time++) {
        const stream = deriveSeed(seed, `${method.stream}/${count}/${time}`);
        made.push(await explain(subjects, method, count, stream));
      }
      errors.push(errorsOf(subjects, made, exact));
      if (Deno.stderr.isTerminal()) console.error(method.id, count);
    }
    measured.push({ method, errors });
  }
  const page = formatPage(measured, counts, {
    samples: subjects.samples.length,
    background: subjects.source.classes.length,
    columns: subjects.frozen.network.architecture.genes,
    reference: values.reference,
    density: [...subjects.source.density!],
  });
  const out = values.out;
  if (out === "") console.log(page);
  else await Deno.writeTextFile(out, page);
}

await runBench(() => measure(Deno.args));
