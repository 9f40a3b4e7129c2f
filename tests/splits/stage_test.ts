/** The stage `splits` on a small study. */

import assert from "node:assert/strict";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { rowsOf } from "../../lib/prepare/dataset.ts";
import { drawSplit } from "../../lib/splits/draw_split.ts";
import {
  classifierNames,
  f1,
  splitPanels,
  summary,
} from "../../lib/splits/outputs.ts";
import { correctedResampling } from "../../lib/statistics/corrected_resampling.ts";
import { clearCheckpoints } from "../../lib/store/checkpoint_store.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import type { StudyFolder } from "../cnn/run_folder.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import { makeStudy, repeat } from "./split_run.ts";

async function read<Data>(
  study: StudyFolder,
  { file, parse }: TypedOutput<Data>,
  folder = "splits",
): Promise<Data> {
  const path = `${study.path}/${file.replace("splits/", `${folder}/`)}`;
  return parse(await Deno.readTextFile(path), path);
}

Deno.test("by default nothing is read, drawn or trained", async () => {
  await using study = await makeStudy();
  await Deno.remove(`${study.path}/prepare`, { recursive: true });
  const { verdict, streams } = await repeat(study, 1);
  assert.match(verdict, /not repeated/);
  assert.deepEqual(streams, new Set());
  assert.deepEqual([...(await study.files("splits")).keys()], ["splits.json"]);
  assert.deepEqual(await read(study, summary), { splits: 1, repeated: null });
});

Deno.test("three splits differ, are judged alone, and give the means", async () => {
  await using study = await makeStudy();
  const lines: string[] = [];
  await repeat(study, 3, { say: (line) => lines.push(line) });
  assert.ok(
    lines.some((line) =>
      /^split 1 of 3: macro F1 [\d.]+, about .* left$/.test(line)
    ),
    lines.join("\n"),
  );
  const names = [...(await study.files("splits")).keys()];
  assert.deepEqual(names, [
    "f1.csv",
    "panel_curves.svg",
    "panels.csv",
    "splits.json",
  ]);

  const scores = await read(study, f1);
  const panels = await read(study, splitPanels);
  const { repeated } = await read(study, summary);
  assert.ok(repeated);
  assert.equal(repeated.different, 3);
  assert.equal(repeated.ensemble, 2);
  assert.deepEqual(
    scores.slice(0, 5).map(({ classifier }) => classifier),
    classifierNames,
  );
  assert.ok(classifierNames.includes("logistic_regression"));
  assert.equal(scores.length, 3 * 5);
  assert.deepEqual(
    new Set(panels.map(({ split }) => split)),
    new Set([1, 2, 3]),
  );
  assert.deepEqual(
    new Set(panels.map(({ ranking }) => ranking)),
    new Set(["shap", ...rankingMethods.map(({ name }) => name)]),
  );
  assert.equal(panels.length, 3 * (1 + rankingMethods.length) * 3);

  // By hand: n_test / n_train of the networks, and of what also learns from
  // validation samples.
  const networks = scores.filter(({ classifier }) => classifier === "networks");
  const own = repeated.classifiers[0];
  assert.equal(own.classifier, "networks");
  const [{ tested, trained }] = networks;
  assert.equal(tested, 8);
  assert.equal(trained, 28);
  const byHand = correctedResampling(
    networks.map(({ macro_f1 }) => macro_f1),
    tested / trained,
  );
  assert.deepEqual([own.mean, own.low, own.high], [
    byHand.mean,
    ...byHand.interval,
  ]);
  const of = (ranking: string) =>
    panels.filter((row) => row.ranking === ranking && row.size === 1);
  const gain = repeated.panel_differences.find((row) =>
    row.ranking === "welch_t" && row.size === 1
  )!;
  const gains = correctedResampling(
    of("shap").map(({ macro_f1 }, split) =>
      macro_f1 - of("welch_t")[split].macro_f1
    ),
    8 / 31,
  );
  assert.deepEqual([gain.mean, gain.sd, gain.low, gain.high], [
    gains.mean,
    gains.sd,
    ...gains.interval,
  ]);
});

Deno.test("one thread and two give the same bytes, and a killed command goes on", async () => {
  await using study = await makeStudy();
  const whole = await repeat(study, 2, { folder: "one" });
  await clearCheckpoints(study.path, "splits");
  await repeat(study, 2, { threads: 2, folder: "two" });
  await clearCheckpoints(study.path, "splits");
  const files = await study.files("one");
  assert.deepEqual(await study.files("two"), files);

  const stop = (line: string) => {
    if (line.startsWith("split 1 of 2")) throw new Error("stop");
  };
  await assert.rejects(
    repeat(study, 2, { folder: "stopped", say: stop }),
    /stop/,
  );
  const lines: string[] = [];
  const resumed = await repeat(study, 2, {
    folder: "resumed",
    say: (line) => lines.push(line),
  });
  assert.ok(!lines.some((line) => line.startsWith("split 1 of 2")));
  assert.deepEqual(await study.files("resumed"), files);
  assert.deepEqual(
    [...resumed.streams].sort(),
    [...whole.streams].sort(),
    "the seeds that are recorded",
  );
});

Deno.test("groups are in one part, and splits of groups differ", async () => {
  // 13 groups of three samples, one of each tissue.
  await using study = await makeStudy((row) => `donor${Math.floor(row / 3)}`);
  const context = await study.context("splits", {});
  const dataset = await readDataset(context);
  const fractions = { "test-fraction": 0.2, "validation-fraction": 0.1 };
  const seen = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const drawn = drawSplit(dataset, fractions, seed);
    for (
      const [, rows] of Map.groupBy(
        dataset.groups.keys(),
        (row) => dataset.groups[row],
      )
    ) {
      assert.equal(new Set(rows.map((row) => drawn.split[row])).size, 1);
    }
    const tested = rowsOf(drawn, "test");
    assert.equal(tested.length, 9, "three of 13 groups");
    assert.equal(new Set(tested.map((row) => dataset.classOf[row])).size, 3);
    seen.add(tested.join());
  }
  assert.ok(seen.size > 15, `${seen.size} different splits`);
});

Deno.test("a split does not depend on the order of the samples", async () => {
  await using study = await makeStudy((row) => `donor${Math.floor(row / 3)}`);
  const draw = async () => {
    const dataset = await readDataset(await study.context("splits", {}));
    const { split } = drawSplit(dataset, {
      "test-fraction": 0.2,
      "validation-fraction": 0.1,
    }, 5);
    return new Map(
      dataset.sampleIds.map((id, row): [string, string] => [id, split[row]])
        .sort(([a], [b]) => a < b ? -1 : 1),
    );
  };
  const before = await draw();
  await study.reverseSamples();
  assert.deepEqual(await draw(), before);
});
