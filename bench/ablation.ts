/**
 * What the convolution is worth: the network with its genes in the file's
 * order, shuffled, by co-expression, without a kernel, without an image, and
 * ridge regression. Reads a run with a finished `prepare`, keeps each finished
 * step in `ablation.json`, goes on with the others when it is run again, and
 * writes `ABLATION.md`:
 *
 *     deno task simulate --run reports/ablation
 *     deno task prepare --run reports/ablation --folds 1
 *     deno task ablation --run reports/ablation
 */

import "../lib/sandbox.ts";
import { withThreads } from "../lib/backend/threads.ts";
import { openBackend } from "../lib/backend/open.ts";
import { InputError } from "../lib/cli/errors.ts";
import {
  integer,
  integerOr,
  list,
  number,
  text,
  toggle,
} from "../lib/cli/parameters.ts";
import { cnnParameters } from "../lib/cnn/parameters.ts";
import { trainingEpochs } from "../lib/cnn/training_epochs.ts";
import type { Ablation, AblationSettings, StepId } from "./ablation/cell.ts";
import { LISTED } from "./ablation/judge.ts";
import { measureStep, tryRate } from "./ablation/measure.ts";
import { formatPage } from "./ablation/page.ts";
import { readStudy } from "./ablation/study.ts";
import { type Variant, variants } from "./ablation/variants.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";

const flags = {
  run: text("reports/ablation", "DIR", "a run with a finished prepare"),
  study: text("demo", "NAME", "how the page names the matrix"),
  truth: text("", "FILE", "its known genes; default: those of the demo"),
  only: list("ID,ID", "variants; default: all"),
  seeds: list("N,N", "seeds of the networks; default: 42,7"),
  orders: integer(10, { minimum: 1 }, "shuffled orders, under each seed"),
  rates: list("X,X", "learning rates to try; default: 0.0003,0.001,0.003"),
  epochs: integerOr("auto", ["auto"], { minimum: 1 }, "as --cnn.epochs"),
  width: number(cnnParameters.width.default, { above: 0 }, "as --cnn.width"),
  hidden: integer(
    cnnParameters.hidden.default,
    { minimum: 1 },
    "as --cnn.hidden",
  ),
  draws: integer(50, { minimum: 10 }, "draws of an explained sample, in tens"),
  "per-tissue": integer(10, { minimum: 1 }, "explained samples of a tissue"),
  threads: integer(2, { minimum: 1 }, "threads"),
  out: text("bench", "DIR", "where ablation.json and ABLATION.md are"),
  page: toggle("only write the page again, from ablation.json"),
  help: toggle("list the flags"),
};

async function measure(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "bench/ablation.ts");
  if (values === undefined) return;
  const file = `${values.out}/ablation.json`;
  const done = await readAblation(file);
  const keep = async () => {
    await Deno.writeTextFile(file, formatAblation(done));
    await Deno.writeTextFile(`${values.out}/ABLATION.md`, formatPage(done));
  };
  if (values.page) return await keep();
  const chosen = chooseVariants(variants(values.orders), values.only);
  const seeds = numbersOf(values.seeds, [42, 7]);
  const rates = numbersOf(values.rates, [3e-4, 1e-3, 3e-3]);
  const study = await readStudy(values.run, values.truth);
  const settings: AblationSettings = {
    epochs: trainingEpochs(
      values.epochs,
      study.dataset,
      cnnParameters.batch.default,
    ),
    width: values.width,
    hidden: values.hidden,
    draws: Math.ceil(values.draws / 10) * 10,
    perTissue: values["per-tissue"],
  };
  const isDone = isStep(settings);

  /** Tries each rate once, under the first seed. */
  const rateOf = async (variant: Variant): Promise<number> => {
    if (variant.network === "ridge") return NaN;
    const id = variant.rateOf ?? variant.id;
    const own = variants(1).find((each) => each.id === id)!;
    const step = { study: values.study, variant: id, seed: seeds[0] };
    for (const rate of rates) {
      if (
        done.trials.some((each) => isDone(each, step) && each.rate === rate)
      ) {
        continue;
      }
      const loss = rates.length === 1 ? null : await tryRate({
        ...{ study, variant: own, settings, seed: seeds[0], rate },
      });
      done.trials.push({ ...step, settings, rate, loss });
      console.error(values.study, id, "rate", rate, "loss", loss);
      await keep();
    }
    const tried = done.trials.filter((each) =>
      isDone(each, step) && rates.includes(each.rate)
    );
    const loss = (trial: { loss: number | null }) => trial.loss ?? Infinity;
    return tried.reduce((best, each) => loss(each) < loss(best) ? each : best)
      .rate;
  };

  await openBackend("wasm");
  await withThreads(values.threads, async () => {
    for (const seed of seeds) {
      for (const variant of chosen) {
        const step = { study: values.study, variant: variant.id, seed };
        if (done.cells.some((each) => isDone(each, step))) continue;
        // Ridge regression has no random numbers.
        if (variant.network === "ridge" && seed !== seeds[0]) continue;
        const rate = await rateOf(variant);
        const found = await measureStep({
          ...{ study, variant, settings, seed, rate },
        });
        done.cells.push({
          ...step,
          settings,
          rate: Number.isNaN(rate) ? null : rate,
          ...found,
        });
        console.error(
          values.study,
          variant.id,
          seed,
          `macro F1 ${found.macroF1.toFixed(3)}`,
          `${LISTED}: ${found.first50.toFixed(3)}`,
          `${found.seconds.toFixed(1)} s`,
        );
        await keep();
      }
    }
  });
}

/** Whether a finished step is the one that is asked for. */
function isStep(settings: AblationSettings) {
  const key = JSON.stringify(settings);
  return (
    done: StepId & { readonly settings: AblationSettings },
    asked: StepId,
  ): boolean => {
    const same = done.study === asked.study;
    if (same && JSON.stringify(done.settings) !== key) {
      throw new InputError(
        `Cannot add to the steps of ${asked.study}: they were made with ` +
          `${JSON.stringify(done.settings)} and not with ${key}; name ` +
          "another --study, or another --out",
      );
    }
    return same && done.variant === asked.variant && done.seed === asked.seed;
  };
}

function chooseVariants(
  all: readonly Variant[],
  ids: readonly string[],
): readonly Variant[] {
  const unknown = ids.find((id) => !all.some((each) => each.id === id));
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot run the variant ${unknown}: there are ${
        all.map(({ id }) => id).join(", ")
      }`,
    );
  }
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
}

function numbersOf(given: readonly string[], usual: number[]): number[] {
  const numbers = given.length > 0 ? given.map(Number) : usual;
  if (numbers.every((each) => Number.isFinite(each) && each >= 0)) {
    return numbers;
  }
  throw new InputError(
    `Cannot read ${given.join(",")}: it must be numbers, at least 0`,
  );
}

type Mutable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[]
    : T[Key];
};

async function readAblation(path: string): Promise<Mutable<Ablation>> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { trials: [], cells: [] };
    throw error;
  }
}

/** One step a line, numbers with five significant digits. */
function formatAblation({ trials, cells }: Ablation): string {
  const round = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value)
      ? Number(value.toPrecision(5))
      : value;
  const lines = (all: readonly unknown[]) =>
    all.map((each) => "  " + JSON.stringify(each, round)).join(",\n");
  return `{"trials": [\n${lines(trials)}\n], "cells": [\n${lines(cells)}\n]}\n`;
}

await runBench(() => measure(Deno.args));
