/** A run on one made-up cohort, and the files of another one. */

import assert from "node:assert/strict";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { RandomStream } from "../../lib/random.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import { copyTree, sharedFolder } from "../shared_folder.ts";

export const TISSUES = ["heart", "liver", "skin"];
/** Genes of the matrix; each tissue has a tenth of them as markers. */
export const GENES = 60;
const MARKERS = GENES / 10;
/** Samples of each tissue of the run. */
const SAMPLES = 10;

/** The markers of a tissue, by its place in `TISSUES`. */
export function markersOf(tissue: number): string[] {
  return Array.from(
    { length: MARKERS },
    (_, gene) => geneId(tissue * MARKERS + gene),
  );
}

export function geneId(gene: number): string {
  return `ENSG${String(10_000 + gene).padStart(11, "0")}`;
}

/** A cohort's counts, a row a sample. */
export interface MadeCohort {
  readonly ids: readonly string[];
  readonly tissues: readonly string[];
  readonly genes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** How a cohort is made. */
export interface CohortPlan {
  readonly seed: number;
  /** The start of the samples' ids. */
  readonly prefix: string;
  /** Tissues by name, and samples of each. */
  readonly tissues: Readonly<Record<string, number>>;
  /** How far each gene is shifted, in log2, at most. */
  readonly shift?: number;
}

/**
 * Makes a cohort: markers are four times as high in their tissue, samples vary,
 * and each gene is shifted for all samples of the cohort.
 */
export function makeCounts(plan: CohortPlan): MadeCohort {
  const { seed, prefix, tissues, shift = 0 } = plan;
  const usual = new RandomStream(5);
  const base = Array.from({ length: GENES }, () => 6 + 4 * usual.uniform());
  const stream = new RandomStream(seed);
  const shifts = base.map(() => shift * (2 * stream.uniform() - 1));
  const names = Object.entries(tissues)
    .flatMap(([tissue, count]) => new Array<string>(count).fill(tissue));
  const counts = names.map((name) => {
    const tissue = TISSUES.indexOf(name.toLowerCase());
    const depth = 0.5 + stream.uniform();
    return base.map((mean, gene) => {
      const marked = Math.floor(gene / MARKERS) === tissue ? 2 : 0;
      const noise = stream.uniform() - 0.5;
      return Math.round(depth * 2 ** (mean + shifts[gene] + marked + noise));
    });
  });
  return {
    ids: names.map((_, index) => `${prefix}${index}`),
    tissues: names,
    genes: base.map((_, gene) => geneId(gene)),
    counts,
  };
}

/** The cohort that the run is made of. */
export const here = makeCounts({
  seed: 1,
  prefix: "here",
  tissues: Object.fromEntries(TISSUES.map((tissue) => [tissue, SAMPLES])),
});

/** As CSV: samples in rows. */
export function asCsv({ ids, tissues, genes, counts }: MadeCohort): string {
  return [
    ["sample_id", "tissue", ...genes],
    ...ids.map((id, row) => [id, tissues[row], ...counts[row]]),
  ].map((cells) => cells.join()).join("\n") + "\n";
}

const SETTINGS = [
  "--cnn.width 0.0625 --cnn.ensemble 2 --cnn.epochs 3 --cnn.batch 4",
  "--cnn.learning-rate 0.01 --shap.draws 2 --shap.min-samples 1 --folds 1",
  "--prepare.min-expression 0 --backend wasm --threads 1",
].join(" ").split(" ");

/** A finished run of the first cohort up to `genesets`, and the other stage. */
export class CohortRun implements AsyncDisposable {
  private constructor(readonly folder: string, readonly path: string) {}

  /** A copy of the run, which is made once for all tests of a process. */
  static async copy(): Promise<CohortRun> {
    const made = await sharedFolder("cohorts", makeRun);
    const folder = await Deno.makeTempDir();
    await copyTree(made, folder);
    const run = new CohortRun(folder, `${folder}/reports/here`);
    const config = `${run.path}/config.json`;
    const values = JSON.parse(await Deno.readTextFile(config));
    values.input = `${folder}/here.csv`;
    await Deno.writeTextFile(config, JSON.stringify(values));
    return run;
  }

  /** Writes a file beside the run. */
  async write(name: string, text: string): Promise<string> {
    const path = `${this.folder}/${name}`;
    await Deno.writeTextFile(path, text);
    return path;
  }

  /** Judges by a cohort. */
  async judge(cohort: MadeCohort | string, ...flags: string[]) {
    const text = typeof cohort === "string" ? cohort : asCsv(cohort);
    const path = await this.write("there.csv", text);
    return await this.command("--external", path, ...flags);
  }

  /** Runs the stage `external`; few random sets, if nothing else is said. */
  async command(...flags: string[]) {
    return await runOn("external", this.path, "--random", "19", ...flags);
  }

  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(`${this.path}/${file}`), file);
  }

  /** The text of every file of the stage but its record. */
  async contents(): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for await (const { name } of Deno.readDir(`${this.path}/external`)) {
      if (name === "stage.json") continue;
      texts[name] = await Deno.readTextFile(`${this.path}/external/${name}`);
    }
    return texts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Runs a command on a run. */
export async function runOn(
  command: string,
  run: string,
  ...flags: string[]
): Promise<{ status: number; text: string }> {
  const lines: string[] = [];
  const add = (line: string) => lines.push(line);
  const status = await runCommand(
    pipeline,
    command,
    ["--run", run, ...flags],
    { out: add, err: add },
  );
  // Lines are broken to fit a terminal.
  return { status, text: lines.join("\n").replace(/\n +/g, " ") };
}

async function makeRun(folder: string): Promise<void> {
  const input = `${folder}/here.csv`;
  const run = `${folder}/reports/here`;
  await Deno.writeTextFile(input, asCsv(here));
  const values = Object.fromEntries(
    Array.from({ length: SETTINGS.length / 2 }, (_, at) => [
      SETTINGS[2 * at].slice(2),
      SETTINGS[2 * at + 1],
    ]),
  );
  for (const stage of ["prepare", "cnn", "shap", "genesets"]) {
    const flags = Object.entries(values).flatMap(([flag, value]) => {
      const [owner, name] = flag.split(".");
      if (name === undefined) {
        const isInput = flag === "folds";
        return isInput && stage !== "prepare" ? [] : [`--${flag}`, value];
      }
      return owner === stage ? [`--${name}`, value] : [];
    });
    const { status, text } = await runOn(
      stage,
      run,
      ...stage === "prepare" ? ["--input", input] : [],
      ...flags,
    );
    assert.equal(status, 0, text);
  }
}
