/** A ranking takes one file and one line in the list of methods. */

import assert from "node:assert/strict";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import {
  geneTable,
  outputsOf,
  rankingNames,
  rankingTable,
  summary,
} from "../../lib/rankings/outputs.ts";
import { makeGenesetsSection } from "../../lib/rankings/section.ts";
import { isSimple } from "../../lib/rankings/simple.ts";
import { meanRanking } from "./fixture_ranking.ts";
import { MadeRun, MARKED, truthFile } from "./made_run.ts";

Deno.test("an added ranking is written, compared, drawn and reported", async () => {
  const methods = [...rankingMethods, meanRanking];
  await using run = await MadeRun.make();
  const path = `${run.path}/known.csv`;
  await Deno.writeTextFile(path, truthFile(MARKED));
  await run.rank({ truth: path }, methods);
  const rows = await run.read(rankingTable(meanRanking));
  assert.deepEqual(
    rows.filter(({ rank }) => rank === 1).map(({ gene }) => gene),
    ["g000", "g004", "g008"],
  );
  assert.ok(
    outputsOf(methods).some(({ file }) => file === "genesets/mean.csv"),
  );
  const [row] = await run.read(geneTable(rankingNames(methods)));
  assert.equal((row as unknown as Record<string, unknown>).rank_mean, 1);
  const frequency = (row as unknown as Record<string, unknown>).frequency_mean;
  assert.equal(frequency, 1);
  const { truth, stability } = await run.read(summary);
  assert.deepEqual(
    stability!.methods.map(({ method }) => method),
    methods.map(({ name }) => name).filter(isSimple),
  );
  const found = truth!.rankings.find(({ method }) => method === "mean")!;
  assert.equal(found.average_precision.mean, 1);
  const figure = await Deno.readTextFile(`${run.path}/genesets/recovery.svg`);
  assert.ok(figure.includes(">mean expression<"));
  const { text } = await run.report(makeGenesetsSection(methods));
  assert.match(
    text,
    /- mean expression \(`genesets\/mean\.csv`\): mean of the/,
  );
  assert.match(text, /\| mean expression \| 1\.00 .* \| 0\.40 /);
});
