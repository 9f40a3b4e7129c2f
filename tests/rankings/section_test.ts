/** The comparison with simple rankings in the report. */

import assert from "node:assert/strict";
import { joined } from "../../lib/cli/text.ts";
import { genesetsSection } from "../../lib/rankings/section.ts";
import { limmaRanking } from "../../lib/rankings/limma.ts";
import { limmaStudyRanking } from "../../lib/rankings/limma_study.ts";
import { furtherRankings, rankingMethods } from "../../lib/rankings/methods.ts";
import {
  rankingTable,
  summary as summaryFile,
} from "../../lib/rankings/outputs.ts";
import { pValuesPart } from "../../lib/rankings/section/p_values.ts";
import { knownGenesPart } from "../../lib/rankings/section/known_genes.ts";
import { truth as planted } from "../../lib/simulate/outputs.ts";
import { compareClassifiers } from "../../lib/rankings/section/findings.ts";
import { tissueGenes } from "../../lib/shap/outputs.ts";
import { setRow } from "../made_run.ts";
import {
  type Changes,
  GENES,
  MadeRun,
  MARKED,
  TISSUES,
  truthFile,
} from "./made_run.ts";

async function report(known: boolean, changes: Changes = {}) {
  await using run = await MadeRun.make(changes);
  const truth = known ? `${run.path}/known.csv` : "";
  if (known) await Deno.writeTextFile(truth, truthFile(MARKED));
  await run.rank({ truth });
  return await run.report(genesetsSection);
}

/** The files of every run whose method has p-values from shuffles. */
const filesWithP = joined(
  rankingMethods.filter(({ hasP }) => hasP)
    .map(({ name }) => `\`genesets/${name}.csv\``),
);

Deno.test("without known genes: methods, genes in common and the flag", async () => {
  const { text, headline, notLookedAt, verdict, summary } = await report(
    false,
  );
  assert.match(
    headline,
    /^from half of the samples [-\w' ]+ names \d+ of a tissue's first \d+ genes again$/,
  );
  assert.deepEqual(notLookedAt, [
    "known genes (`--truth FILE`)",
    "SHAP's own stability over samples",
  ]);
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

Deno.test("what the p-values are made from, and what they do not see", async () => {
  const { text, citations } = await report(false);
  assert.ok(text.includes(`p-values in ${filesWithP} come from 20 shuffles`));
  assert.match(text, /No group has several samples, so all samples are taken/);
  assert.match(
    text,
    /`genesets\/limma\.csv` has limma's own p \(`limma_p`\): small ones are/,
  );
  assert.match(citations.join("\n"), /ter Braak/);
  const grouped = await report(false, { groupOf: (id) => `lab ${id.at(-1)}` });
  assert.match(
    grouped.text,
    /so that p allows for differences between groups\./,
  );
  assert.doesNotMatch(grouped.text, /have none, as no sample/);
  await using run = await MadeRun.make();
  await run.rank({ shuffles: 0 });
  const without = await run.report(genesetsSection);
  assert.match(without.text, /have no p-values: these take `--genesets\.shuff/);
  assert.doesNotMatch(without.citations.join("\n"), /ter Braak/);
  const [best] = await run.read(
    rankingTable(limmaRanking),
  ) as unknown as Record<
    string,
    number | null
  >[];
  assert.equal(best.p, null);
  assert.ok(best.limma_p! < 1e-3 && best.limma_adjusted_p! >= best.limma_p!);
});

Deno.test("where each tissue has a single group there is no p, and the report says so", async () => {
  await using run = await MadeRun.make({ groupOf: (id) => `lab ${id[1]}` });
  await run.rank();
  const { text, citations } = await run.report(genesetsSection);
  assert.match(
    text,
    /\.csv` have no p-values: no sample can change places .* single group .* `genesets\/limma\.csv` has limma's own p/,
  );
  assert.ok(text.includes(`${filesWithP} have no p-values`));
  assert.doesNotMatch(text, /shuffles of the samples/);
  assert.doesNotMatch(citations.join("\n"), /ter Braak/);
  const { shuffles, without_p } = await run.read(summaryFile);
  assert.deepEqual([shuffles, without_p], [0, TISSUES]);
});

Deno.test("each kind of p of the methods' own has a sentence with its caution", () => {
  const robust = furtherRankings.find(({ name }) => name === "robust_rank")!;
  const text = pValuesPart(
    { shuffles: 20, without_p: [], tissues: 8, limma: null },
    [limmaRanking, robust, limmaStudyRanking],
  );
  assert.match(
    text,
    / `genesets\/limma\.csv` and `genesets\/limma_study\.csv` have limma's own p \(`limma_p`\): small ones are too small where values are skewed\. `genesets\/robust_rank\.csv` has the p of Kolde et al\. \(`rra_p`\): it takes the rankings to be independent/,
  );
});

Deno.test("tissues without p are named beside others with p", () => {
  const text = (without_p: readonly string[], shuffles = 20) =>
    pValuesPart({ shuffles, without_p, tissues: 8, limma: null }, [
      limmaRanking,
    ]);
  assert.match(text(["leaf"]), / The genes of 1 tissue \(leaf\) have none/);
  assert.match(text([..."abcdef"]), /6 tissues \(a, b, c, d, e, \.\.\.\) have/);
  assert.doesNotMatch(text([]), /have none/);
  assert.match(text(["leaf"], 0), /these take `--genesets\.shuffles auto`/);
});

Deno.test("with known genes: the verdict says who finds more", async () => {
  const { text, verdict, summary } = await report(true);
  assert.match(
    verdict,
    /; of each tissue's first 50 genes 2\.7 % are .* and 8\.0 % by fold change, .*: SHAP is worse$/m,
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
  assert.doesNotMatch(text, /are wrong/);
  const set = summary.shap_set as Record<string, number>;
  assert.equal(set.true_false_discovery_rate, null);
});

Deno.test("a simulation: the share of wrong genes beside the noise rate", async () => {
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
  assert.match(report, /1 of the 5 genes .* as higher: 20 % are wrong/);
  const set = summary.shap_set as Record<string, number>;
  assert.equal(set.true_false_discovery_rate, 0.2);
  const { truth } = await run.read(summaryFile);
  const part = (noise_rate: number) =>
    knownGenesPart(truth!, 3, "", {
      decoys: 10,
      selected: 2,
      rate: 0.2,
      noise_rate,
      noise_rate_low: 0.01,
      noise_rate_high: 0.5,
      lowest_noise_rate: 0.1,
      lowest_at_rank: 1,
      tissues: [],
      cutoffs: [],
    });
  assert.match(part(0.05), /of the ranking, 5\.0 %, is no estimate of that/);
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
  // The eight samples are of two donors, beside six others.
  const groups = (donors: number) =>
    new Map(
      Array.from({ length: 20 }, (_, at) => [
        String(at),
        at < 10 ? `d${at % 4}` : at < 18 ? `e${at % 2}` : `f${at % donors}`,
      ]),
    );
  const grouped = compareClassifiers(right(18), right(10), groups(2))!;
  assert.equal(grouped.p, found.p);
  assert.deepEqual(grouped.by_groups, {
    groups: 8,
    p: 0.5,
    adjusted_p: 0.5,
    least_adjusted_p: 2 ** -7,
  });
  assert.equal(grouped.network_is, "not different");
  assert.equal(found.by_groups, null);
});

Deno.test("a network that is right less often than ridge", async () => {
  const { text } = await report(false, { isRight: () => false });
  // The four test samples of root and stem.
  assert.match(
    text,
    /0 samples only the network gets right, 4 samples only ri/,
  );
});

Deno.test("specific genes: the count a tissue, and one sentence", async () => {
  const { text, verdict, citations } = await report(false);
  assert.match(
    verdict,
    /^\*\*4 of 6\*\* listed genes, counted in each tissue that lists them, pass a strict test of specificity \(more than 2 times as high there as in each other tissue, at a false discovery rate of 10 %; others may be specific, too\)$/m,
  );
  assert.match(text, /\| leaf \| 3 \| 3 \| 2 \(67 %\) \|/);
  // It has no list; its genes are tested all the same.
  assert.match(text, /\| stem \| 3 \| 0 \| {2}\|/);
  assert.doesNotMatch(text, /Samples of one group/);
  assert.match(citations.join("\n"), /intersection-union tests: Berger/);
});

Deno.test("specific genes: groups are clusters, or cannot be told", async () => {
  const { text } = await report(false, {
    groupOf: (id) => `study${Number(id[2]) % 3}`,
  });
  assert.match(
    text,
    /the correlation of two of them is 0\.\d\d for the median/,
  );
  const confounded = await report(false, { groupOf: (id) => id[1] });
  assert.match(confounded.text, /Not done: it takes two tissues .* two groups/);
  assert.doesNotMatch(confounded.verdict, /test of specificity/);
});

Deno.test("specific genes: of stable genes those count that the set has", async () => {
  const listed = [GENES[1], GENES[45]].map((gene, index) => ({
    ...setRow(gene, TISSUES[0], index + 1),
    is_best_tissue: true,
    in_consensus: null,
  }));
  const { text } = await report(false, {
    files: { [tissueGenes.file]: tissueGenes.format(listed) },
  });
  assert.match(text, /\| leaf \| 3 \| 2 \| 1 \(50 %\) \|/);
});
