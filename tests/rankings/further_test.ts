/** The rankings that a flag chooses: their files, and the report on them. */

import assert from "node:assert/strict";
import {
  chooseFurther,
  DEFAULT_FURTHER,
  furtherRankings,
  rankingMethods,
} from "../../lib/rankings/methods.ts";
import * as files from "../../lib/rankings/outputs.ts";
import { genesetsSection } from "../../lib/rankings/section.ts";
import { isSimple } from "../../lib/rankings/simple.ts";
import { specificity } from "../../lib/rankings/specificity/outputs.ts";
import { exists } from "../../lib/store/files.ts";
import { GENES, MadeRun, MARKED, truthFile } from "./made_run.ts";

Deno.test("names are chosen in the order of the list, none by a word", () => {
  assert.deepEqual(
    chooseFurther(["tau", "auroc", "tau"]).map(({ name }) => name),
    ["auroc", "tau"],
  );
  assert.deepEqual(chooseFurther(["none"]), []);
  assert.equal(chooseFurther(DEFAULT_FURTHER).length, DEFAULT_FURTHER.length);
  for (const wrong of [["taw"], [], ["none", "tau"]]) {
    assert.throws(
      () => chooseFurther(wrong),
      /Cannot read --genesets\.methods: it is (taw|empty|none) and should be none, or one or more of auroc, /,
    );
  }
  const names = [...rankingMethods, ...furtherRankings].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

Deno.test("all further rankings are written, compared and reported", async () => {
  await using run = await MadeRun.make();
  const truth = `${run.path}/known.csv`;
  await Deno.writeTextFile(truth, truthFile(MARKED));
  await run.rank({ truth, methods: furtherRankings.map(({ name }) => name) });
  for (const method of furtherRankings) {
    const rows = await run.read(files.rankingTable(method));
    const leaf = rows.filter(({ tissue, rank }) =>
      tissue === "leaf" && rank <= 3
    ).map(({ gene }) => gene);
    assert.ok(rows.length > 0, method.name);
    // A z-score says nothing of how large a difference is: two other tissues of
    // the same mean are enough for the largest.
    if (method.name.startsWith("z_score")) continue;
    // Three markers of leaf are higher by 2 at least, and noise by 1 at most.
    assert.deepEqual(leaf.toSorted(), ["g000", "g001", "g002"], method.name);
  }
  const table = files.geneTable(
    files.rankingNames(rankingMethods),
    furtherRankings.map(({ name }) => name),
  );
  const [row] = await run.read(table) as unknown as Record<string, unknown>[];
  assert.equal(row.rank_tau, 1);
  assert.ok(Number(row.score_tau) > 0.5 && Number(row.score_fold_change) > 2);
  assert.equal(row.core, true);
  const summary = await run.read(files.summary);
  assert.equal(
    summary.methods.length,
    rankingMethods.length + furtherRankings.length,
  );
  const repeated = [
    ...rankingMethods.map(({ name }) => name).filter(isSimple),
    "anova_f",
    "tau",
    "tau_log",
    "mean_rank",
    "robust_rank",
  ];
  assert.deepEqual(
    summary.stability!.methods.map(({ method }) => method),
    repeated,
  );
  const { text, verdict } = await run.report(genesetsSection);
  assert.match(text, /- tau of logs \(`genesets\/tau_log\.csv`\): tau of the/);
  assert.match(
    text,
    /Not made again on the halves, to save time: AUROC, Krusk/,
  );
  assert.match(
    text,
    /halves, because they take networks: consensus of rankings\./,
  );
  assert.match(text, /The best of so many rankings is found by the known/);
  assert.match(
    text,
    /limma was fitted to 120 genes; the prior variance, estimated from all genes, has/,
  );
  assert.ok(
    verdict.includes(
      `, the most and the least stable of ${repeated.length} simple rankings (`,
    ),
  );
  const figure = await Deno.readTextFile(`${run.path}/genesets/recovery.svg`);
  // SHAP, those of every run and the best of the others.
  const lines = furtherRankings.filter(({ title }) =>
    figure.includes(`>${title}<`)
  );
  assert.equal(lines.length, 1);
});

Deno.test("none but those of every run, and what a gene is specific to", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  assert.ok(!await exists(`${run.path}/genesets/tau.csv`));
  const rows = await run.read(specificity);
  assert.deepEqual(rows.map(({ gene }) => gene), GENES);
  // 2^9.5 against 2^5.5 twice: 16-fold.
  assert.equal(rows[0].tissue, "leaf");
  assert.equal(rows[0].atlas_class, "enriched");
  assert.equal(rows[0].atlas_tissues, "leaf");
  assert.equal(rows[0].tau_tissues, "leaf");
  // Of three tissues, extended tau names all.
  assert.equal(rows[0].extended_tau_tissues, "leaf;root;stem");
  assert.equal(rows[119].extended_tau_tissues, "");
  assert.equal(rows[119].atlas_class, "low");
  assert.equal(rows[119].atlas_2015_class, "all");
  assert.equal(rows[119].detected_tissues, 3);
  const { specificity: counted } = await run.read(files.summary);
  assert.equal(counted!.genes, 120);
  const { text } = await run.report(genesetsSection);
  assert.match(text, /### How specific the genes are/);
  assert.match(text, /\| enriched in one tissue \| \d+ \| \d+ \|/);
});

Deno.test("the order of the samples does not change a further ranking", async () => {
  const contents = await Promise.all(
    [undefined, (rows: number[]) => rows.toReversed()].map(async (order) => {
      await using run = await MadeRun.make({ order });
      await run.rank({ methods: furtherRankings.map(({ name }) => name) });
      return await Promise.all(
        [...furtherRankings, ...rankingMethods].map(({ name }) =>
          Deno.readTextFile(`${run.path}/genesets/${name}.csv`)
        ),
      );
    }),
  );
  assert.deepEqual(contents[0], contents[1]);
});
