/** The comparison with simple rankings in the report. */

import assert from "node:assert/strict";
import { genesetsSection } from "../../lib/rankings/section.ts";
import { summary as summaryFile } from "../../lib/rankings/outputs.ts";
import { knownGenesPart } from "../../lib/rankings/section/known_genes.ts";
import { truth as planted } from "../../lib/simulate/outputs.ts";
import { compareClassifiers } from "../../lib/rankings/section/findings.ts";
import { type Changes, MadeRun, MARKED, truthFile } from "./made_run.ts";

async function report(known: boolean, changes: Changes = {}) {
  await using run = await MadeRun.make(changes);
  const truth = known ? `${run.path}/known.csv` : "";
  if (known) await Deno.writeTextFile(truth, truthFile(MARKED));
  await run.rank({ truth });
  return await run.report(genesetsSection);
}

Deno.test("without known genes: methods, genes in common and the flag", async () => {
  const { text, headline, verdict, summary } = await report(false);
  assert.equal(headline, "");
  assert.match(text, /without the network, from 18 training samples/);
  assert.match(text, /- Welch's t \(`genesets\/welch_t\.csv`\): Welch's t of/);
  assert.match(text, /Of SHAP's first 12 genes of a tissue/);
  assert.match(text, /\| fold change \| \d+ % \| .* \(leaf|root\) \|/);
  assert.match(text, /`--truth FILE`, added to \[the command .* compares all/);
  assert.doesNotMatch(text, /Known genes/);
  // The section on the network says whether it predicts better than ridge.
  assert.doesNotMatch(verdict, /The network (does|predicts)/);
  assert.match(text, /On 6 test samples its macro F1 is \d\.\d{3} and its acc/);
  assert.equal(summary.truth, null);
});

Deno.test("with known genes: the verdict says who finds more", async () => {
  const { text, headline, verdict, summary } = await report(true);
  assert.match(
    headline,
    /^of each tissue's first 50 genes 2\.7 % are .* and 8\.0 % by fold change, .*: SHAP is worse$/,
  );
  assert.match(
    verdict,
    /^\*\*SHAP finds fewer known genes .* 8\.0 % is possible, and of random genes 3\.3 % would be: \*\*SHAP is not shown to find more than chance\*\*\. The difference is -5\.3 percentage points \(95 % interval -8\.0 to -4\.0, over/m,
  );
  assert.match(text, /The user gave genes .* 12 of 12 pairs .* in 3 tissues\./);
  assert.match(text, /!\[Known genes\]\(genesets\/recovery\.svg\)/);
  assert.match(
    text,
    /\| ranking \| first 3 \(the set's ranks\) \| first 10 \| first 50 \| first 100 \| average precision \|/,
  );
  assert.match(text, /\| best possible \| 1\.00 \| 0\.40 \| 0\.08 \| 0\.04 \|/);
  assert.match(text, /\| random genes \| 0\.033 /);
  assert.match(text, /SHAP has no list for 1 tissue, which counts as none/);
  assert.match(text, /\| SHAP \| 5 \| 4 \(80 %\) \| 33 % \|/);
  // Only of a simulation it is known that the others are wrong.
  assert.doesNotMatch(text, /true false discovery rate/);
  const set = summary.shap_set as Record<string, number>;
  assert.equal(set.true_false_discovery_rate, null);
});

Deno.test("a simulation: the true false discovery rate beside the decoys'", async () => {
  const text = planted.format(MARKED.map(([gene, tissue]) => ({
    gene,
    tissue,
    kind: "specific" as const,
    direction: "up" as const,
    log2_fold_change: 3,
  })));
  await using run = await MadeRun.make({ files: { [planted.file]: text } });
  await run.rank();
  const { text: report, summary } = await run.report(genesetsSection);
  // 4 of the set's 5 genes are markers.
  assert.match(report, /1 of the 5 genes .* true false discovery rate is 20 %/);
  const set = summary.shap_set as Record<string, number>;
  assert.equal(set.true_false_discovery_rate, 0.2);
  const { truth } = await run.read(summaryFile);
  const part = (false_discovery_rate: number, selected = 2) =>
    knownGenesPart(truth!, 3, "", {
      decoys: 10,
      selected,
      rate: selected / 10,
      false_genes: 1,
      false_discovery_rate,
      lowest_false_discovery_rate: 0.1,
      lowest_at_rank: 1,
      conservative_false_discovery_rate: false_discovery_rate + 0.1,
      cutoffs: [],
    });
  assert.match(part(0.25), /estimated 25 %: no less than the truth/);
  assert.match(part(0.15), /estimated 15 %, a little less than the truth/);
  assert.match(part(0.05), /estimated 5\.0 %: \*\*less than the truth/);
  assert.match(part(0, 0), /estimated 0 % \(10 % with one decoy more\)/);
});

Deno.test("classifiers: discordant samples and McNemar's p", () => {
  const row = (sample: number, predicted: string) => ({
    sample_id: String(sample),
    tissue: "leaf",
    predicted,
  });
  const right = (count: number, samples = 20) =>
    Array.from(
      { length: samples },
      (_, sample) => row(sample, sample < count ? "leaf" : "root"),
    );
  const found = compareClassifiers(right(18), right(10))!;
  assert.deepEqual(
    [found.samples, found.network_right, found.ridge_right],
    [20, 18, 10],
  );
  assert.deepEqual([found.only_network_right, found.only_ridge_right], [8, 0]);
  // 2 x 0.5^8
  assert.equal(Math.round(found.p * 1e12) / 1e12, 0.0078125);
  assert.equal(found.network_is, "better");
  assert.equal(compareClassifiers(right(10), right(18))!.network_is, "worse");
  // 2 x 0.5^5 = 0.0625
  assert.equal(
    compareClassifiers(right(15), right(10))!.network_is,
    "not different",
  );
  assert.equal(compareClassifiers(right(10), []), null);
});

Deno.test("a network that is right less often than ridge", async () => {
  const { text } = await report(false, { isRight: () => false });
  // The four test samples of root and stem.
  assert.match(
    text,
    /0 samples only the network gets right, 4 samples only ri/,
  );
});
