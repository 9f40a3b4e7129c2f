/** Whole runs of tiny simulated matrices, whose planted genes are known. */

import assert from "node:assert/strict";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { ranks } from "../../lib/shap/outputs.ts";
import { expression, truth } from "../../lib/simulate/outputs.ts";
import type { TypedOutput } from "../../lib/store/output.ts";

/** 30 samples of each of 3 tissues, which differ by the specific genes alone. */
const SIMULATION = "--samples 90 --tissues 3 --studies 3 --imbalance 1 " +
  "--low-expression 0 --down 0 --group-enriched 0 --study-biased 0 --modules 0";

/** 36 test samples; little of what the tests do not look at. */
const SMALL = [
  "--backend wasm --quiet --prepare.test-fraction 0.4 --cnn.width 0.0625",
  "--cnn.batch 8 --cnn.learning-rate 0.001 --shap.cutoff top",
  "--clusters.random-sets 0 --clusters.spaces genes",
  "--clusters.n-init-high-dim 5 --ttest.null-models uniform",
  "--checks.draws 2 --checks.epochs 1",
  "--panels.sets 5",
].join(" ");

/** A run, which goes away when the test is over. */
export class SimulatedRun implements AsyncDisposable {
  private constructor(private readonly folder: string) {}

  /** Simulates the matrix. */
  static async simulate(flags: string): Promise<SimulatedRun> {
    const run = new SimulatedRun(await Deno.makeTempDir());
    await run.#command("simulate", `--quiet ${SIMULATION} ${flags}`);
    return run;
  }

  /** The ids of the genes. */
  async genes(): Promise<string[]> {
    const text = await Deno.readTextFile(this.#path(expression.file));
    return text.slice(0, text.indexOf("\n")).split(",").slice(1, -1);
  }

  /** The planted genes of each tissue. */
  async planted(): Promise<Map<string, Set<string>>> {
    const byTissue = Map.groupBy(
      await this.read(truth),
      ({ tissue }) => tissue,
    );
    return new Map(
      [...byTissue].map(([tissue, rows]) =>
        [tissue, new Set(rows.map(({ gene }) => gene))] as const
      ),
    );
  }

  /** Runs all stages, with gene sets of the user's, which are tested. */
  async runAll(
    sets: Readonly<Record<string, Iterable<string>>>,
    flags: string,
  ): Promise<void> {
    const paths: string[] = [];
    for (const [name, genes] of Object.entries(sets)) {
      paths.push(`${this.folder}/${name}.txt`);
      await Deno.writeTextFile(paths.at(-1)!, [...genes].join("\n"));
    }
    await this.#command(
      "all",
      `${SMALL} --clusters.sets ${paths.join(",")} ${flags}`,
    );
  }

  /** What a stage wrote. */
  async read<Data>({ file, parse }: TypedOutput<Data>): Promise<Data> {
    return parse(await Deno.readTextFile(this.#path(file)), file);
  }

  /** How many of the best genes of all tissues were planted. */
  async countPlanted(depth: number): Promise<PlantedCount> {
    const planted = await this.planted();
    const inAny = new Set([...planted.values()].flatMap((set) => [...set]));
    const { names, values } = await this.read(ranks);
    const count = { ranked: 0, inTissue: 0, inAnyTissue: 0 };
    for (const row of values.slice(0, depth)) {
      row.forEach((gene, column) => {
        if (gene === null) return;
        count.ranked++;
        if (planted.get(names[column])!.has(gene)) count.inTissue++;
        if (inAny.has(gene)) count.inAnyTissue++;
      });
    }
    return count;
  }

  #path(file: string): string {
    return `${this.folder}/run/${file}`;
  }

  async #command(command: string, flags: string): Promise<void> {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const status = await runCommand(
      pipeline,
      command,
      ["--run", `${this.folder}/run`, ...flags.split(" ")],
      { out: write, err: write },
    );
    assert.equal(status, 0, lines.join("\n"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Planted genes among the best ones of all ranked tissues. */
export interface PlantedCount {
  /** The best genes, counted once for each tissue. */
  readonly ranked: number;
  /** Those that were planted in the tissue in which they rank. */
  readonly inTissue: number;
  /** Those that were planted in any tissue. */
  readonly inAnyTissue: number;
}
