/** The stage `genesets` on a made-up run. */

import assert from "node:assert/strict";
import * as files from "../../lib/rankings/outputs.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { genesetsSection } from "../../lib/rankings/section.ts";
import { welchRanking } from "../../lib/rankings/welch_t.ts";
import { consensusGenes, foldRanks } from "../../lib/shap/outputs.ts";
import { truth as planted } from "../../lib/simulate/outputs.ts";
import { GENES, MadeRun, MARKED, TISSUES, truthFile } from "./made_run.ts";

const consensus = rankingMethods.find(({ name }) => name === "consensus")!;

/** A row of the gene table with its ranks. */
type TableRow = files.GeneTableRow & Record<`rank_${string}`, number | null>;

async function tableOf(run: MadeRun): Promise<TableRow[]> {
  const table = files.geneTable(files.rankingNames(rankingMethods));
  return await run.read(table) as TableRow[];
}

async function withTruth(run: MadeRun, text: string, name = "known.csv") {
  const truth = `${run.path}/${name}`;
  await Deno.writeTextFile(truth, text);
  return await run.rank({ truth });
}

Deno.test("each method ranks the genes that are higher in the tissue", async () => {
  await using run = await MadeRun.make();
  await run.rank({ top: 10 });
  for (const method of rankingMethods) {
    const rows = await run.read(files.rankingTable(method));
    assert.equal(rows.length, 30, method.name);
    TISSUES.forEach((tissue, t) => {
      const own = rows.filter((row) => row.tissue === tissue);
      assert.deepEqual(
        own.map(({ rank }) => rank),
        [...Array(10).keys()].map(
          (index) => index + 1,
        ),
      );
      assert.deepEqual(
        own.slice(0, 4).map(({ gene }) => gene).sort(),
        GENES.slice(4 * t, 4 * t + 4),
        `${method.name} ${tissue}`,
      );
      const scores = own.map(({ score }) => score);
      assert.deepEqual(scores, scores.toSorted((a, b) => b - a));
    });
  }
  const [best] = await run.read(files.rankingTable(welchRanking));
  const { p, adjusted_p } = best as unknown as Record<string, number>;
  // 20 shuffles of 120 genes, none of them as high.
  assert.equal(p, 1 / (1 + 20 * 120));
  assert.ok(p < adjusted_p && adjusted_p < 0.02);
});

Deno.test("SHAP votes in the consensus by its ranking of training samples", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  const alone = await run.read(files.rankingTable(consensus));
  const { consensus_without_shap } = await run.read(files.summary);
  // Without lists of folds, test samples alone are explained.
  assert.deepEqual(consensus_without_shap, TISSUES);
  const told = (await run.report(genesetsSection)).text;
  assert.match(told, /SHAP has no vote in the consensus of rankings, because /);
  assert.doesNotMatch(told, /half of the vote/);
  await using voted = await MadeRun.make({
    files: { [foldRanks.file]: foldRanks.format([]) },
  });
  await voted.rank();
  const withShap = await voted.read(files.rankingTable(consensus));
  const of = (rows: typeof alone, tissue: string) =>
    rows.filter((row) => row.tissue === tissue);
  // SHAP has no list for stem, and lists two of leaf's four markers.
  assert.deepEqual(of(withShap, "stem"), of(alone, "stem"));
  assert.deepEqual(
    of(withShap, "leaf").slice(0, 2).map(({ gene }) => gene),
    GENES.slice(0, 2),
  );
  assert.deepEqual(
    of(alone, "leaf").slice(0, 4).map(({ gene }) => gene).sort(),
    GENES.slice(0, 4),
  );
  assert.ok(
    !of(withShap, "leaf").slice(0, 4).some(({ gene }) => gene === GENES[3]),
  );
  const summary = await voted.read(files.summary);
  assert.deepEqual(summary.consensus_without_shap, ["stem"]);
  const { text } = await voted.report(genesetsSection);
  assert.match(
    text,
    /The consensus of rankings is the exception: SHAP has half of the vote in it, but none in 1 tissue \(stem\), where it has no list\. So/,
  );
});

Deno.test("only training samples are learned from; with folds all", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  assert.equal((await run.read(files.summary)).training_samples, 18);
  assert.equal((await run.read(files.ridgePredictions)).length, 6);
  await using folded = await MadeRun.make({ folds: 4 });
  await folded.rank();
  const { training_samples, ridge } = await folded.read(files.summary);
  assert.equal(training_samples, 24);
  assert.equal(ridge!.test_samples, 24);
  assert.deepEqual(ridge!.penalties.map(({ fold }) => fold), [1, 2, 3, 4]);
  const rows = await folded.read(files.ridgePredictions);
  for (const { sample_id, fold } of rows) {
    assert.equal(fold, Number(sample_id[2]) % 4 + 1);
  }
});

Deno.test("the order of the samples changes nothing", async () => {
  const contents = [];
  for (const order of [undefined, (rows: number[]) => rows.reverse()]) {
    await using run = await MadeRun.make({ order });
    await withTruth(run, truthFile(MARKED));
    const texts: Record<string, string> = {};
    for await (const { name } of Deno.readDir(`${run.path}/genesets`)) {
      texts[name] = await Deno.readTextFile(`${run.path}/genesets/${name}`);
    }
    contents.push(texts);
  }
  assert.ok(Object.keys(contents[0]).length >= 9);
  assert.deepEqual(contents[0], contents[1]);
});

Deno.test("the gene table joins all rankings, the set and the names", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  const rows = await tableOf(run);
  const [first] = rows;
  assert.deepEqual(
    [first.gene, first.tissue, first.name, first.direction, first.methods],
    // All but the consensus of networks, which this run has not.
    ["g000", "leaf", "first", "up", 1 + rankingMethods.length],
  );
  assert.deepEqual(
    [first.rank_shap, first.rank_fold_change, first.rank_shap_consensus],
    [1, 1, null],
  );
  // Its mean is higher by 4, where log2 2 = 1 is asked for.
  assert.ok(first.specific_p! < 1e-6 && first.specific_adjusted! < 1e-4);
  assert.ok(first.specific_p! < first.specific_adjusted!);
  const other = rows.find(({ gene }) => gene === "g045")!;
  assert.ok(other.specific_p! > 0.5 && other.specific_adjusted! > 0.5);
  const stem = rows.filter(({ tissue }) => tissue === "stem");
  assert.ok(stem.every(({ rank_shap }) => rank_shap === null));
  // In SHAP's list and lower in the tissue: no simple ranking has it.
  const lower = rows.find(({ direction, rank_shap }) =>
    direction === "down" && rank_shap !== null
  )!;
  assert.deepEqual([lower.rank_welch_t, lower.methods], [null, 1]);
});

Deno.test("the consensus list is compared if there is one", async () => {
  const row = (gene: string, rank: number) => ({
    tissue: "leaf",
    rank,
    gene,
    name: null,
    share_of_networks: 1,
    shap_rank: rank,
    median_shap: 0.1,
    direction: "up" as const,
    log2_fold_change: 1,
    mean_in_tissue: 6,
    mean_elsewhere: 5,
    tau: 0.5,
    description: null,
  });
  const text = consensusGenes.format([row("g001", 2), row("g003", 1)]);
  await using run = await MadeRun.make({
    files: { [consensusGenes.file]: text },
  });
  await withTruth(run, truthFile(MARKED));
  const rows = await tableOf(run);
  const ranks = rows.filter((row) => row.rank_shap_consensus !== null)
    .map((row) => [row.gene, row.rank_shap_consensus]);
  assert.deepEqual(ranks.sort(), [["g001", 2], ["g003", 1]]);
  const { truth } = await run.read(files.summary);
  assert.deepEqual(truth!.rankings.map(({ title }) => title), [
    "SHAP",
    "SHAP consensus",
    ...rankingMethods.map(({ title }) => title),
  ]);
});

Deno.test("a consensus without a gene is no ranking", async () => {
  await using run = await MadeRun.make({
    files: { [consensusGenes.file]: consensusGenes.format([]) },
  });
  assert.doesNotMatch(
    await withTruth(run, truthFile(MARKED)),
    /SHAP consensus/,
  );
  assert.ok(
    (await tableOf(run)).every((row) => row.rank_shap_consensus === null),
  );
});

Deno.test("recovery by hand", async () => {
  await using run = await MadeRun.make();
  const verdict = await withTruth(
    run,
    truthFile([...MARKED, ["g099", "leaf"], ["x1", "leaf"], ["g001", "bark"]]),
  );
  assert.match(verdict, /each tissue's first 50: SHAP 2\.7 %, fold change 8/);
  const rows = await run.read(files.recovery);
  const row = (method: string, tissue: string, k: number) =>
    rows.find((row) =>
      row.method === method && row.tissue === tissue && row.k === k
    )!;
  const leaf = row("shap", "leaf", 10);
  assert.deepEqual(
    [leaf.truth_genes, leaf.truth_genes_in_matrix, leaf.hits, leaf.precision],
    [6, 5, 2, 0.2],
  );
  assert.equal(leaf.recall, 2 / 5);
  assert.equal(leaf.chance, 5 / 120);
  // Ranks 1 and 2, and three genes that are not listed.
  assert.ok(
    Math.abs(leaf.average_precision - (1 + 1 + 3 * 5 / 120) / 5) < 1e-15,
  );
  // 3 ranks went into the set: SHAP's list for stem is empty.
  assert.equal(row("shap", "leaf", 3).precision, 2 / 3);
  assert.equal(row("shap", "stem", 10).hits, 0);
  assert.equal(row("fold_change", "stem", 10).hits, 4);
  const { truth } = await run.read(files.summary);
  assert.equal(truth!.used, 13);
  assert.equal(truth!.given, 15);
  assert.equal(truth!.genes_not_in_matrix, 1);
  assert.deepEqual(truth!.tissues_not_in_matrix, ["bark"]);
  const [shap] = truth!.rankings;
  assert.equal(shap.tissues_without_list, 1);
  const ten = shap.depths.find(({ k }) => k === 10)!;
  assert.ok(Math.abs(ten.precision.mean - (0.2 + 0.2 + 0) / 3) < 1e-15);
  assert.equal(ten.difference.mean, 0);
  // The set: g000, g001, g040 of leaf, g004, g005 of root.
  assert.deepEqual(truth!.sets[0], {
    method: "shap",
    genes: 5,
    hits: 4,
    precision: 4 / 5,
    recall: 4 / 13,
  });
  assert.deepEqual(
    truth!.sets.map(({ method, genes, hits }) => [method, genes, hits])[1],
    ["fold_change", 5, 5],
  );
  assert.deepEqual(run.warnings, [
    "1 known gene of known.csv not in the matrix and left out ('x1')",
    "1 tissue of known.csv not in the matrix and left out ('bark')",
  ]);
});

Deno.test("the demo's true genes are those that are planted as higher", async () => {
  const row = (gene: string, kind: "specific" | "down" | "study") => ({
    gene,
    tissue: "leaf",
    kind,
    direction: "up" as const,
    log2_fold_change: 1,
  });
  const text = planted.format([
    row("g000", "specific"),
    row("g050", "down"),
    row("g051", "study"),
  ]);
  await using run = await MadeRun.make({ files: { [planted.file]: text } });
  await run.rank();
  const { truth } = await run.read(files.summary);
  assert.deepEqual([truth!.source, truth!.used], ["simulation", 1]);
  assert.deepEqual(truth!.tissues_without_truth, ["root", "stem"]);
  // One tissue: no interval over tissues.
  assert.equal(truth!.rankings[0].average_precision.low, null);
  // A simulated matrix that is left over from an earlier run.
  await Deno.writeTextFile(
    `${run.path}/prepare/stage.json`,
    JSON.stringify({ parameters: { input: "data/own.csv" } }),
  );
  await Deno.remove(`${run.path}/genesets`, { recursive: true });
  await run.rank();
  assert.equal((await run.read(files.summary)).truth, null);
  await assert.rejects(run.read(files.recovery), Deno.errors.NotFound);
});
