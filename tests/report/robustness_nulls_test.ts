/** How far to believe the set: spaces, random sets, and the planted truth. */

import assert from "node:assert/strict";
import { fakeDecoys, spaceTests } from "./fake_robustness.ts";
import { partOf } from "./make_report.ts";

const nulls = "Other spaces, other random sets";

Deno.test("nulls: a row a test, and how many hold", async () => {
  const text = await partOf(nulls, { whole: true });
  assert.ok(text.includes(
    "| uniform | UMAP | 0.850 | 0.700 ± 0.020 | 7.38 | 0.00200 | 0.0323 | " +
      "30 % | yes |",
  ));
  assert.ok(text.includes(
    "| matched | genes | 0.850 | 0.800 ± 0.020 | 2.46 | 0.300 | 0.323 | " +
      "62 % | no |",
  ));
  assert.match(text, /\*\*It holds in 4 of 6 tests\.\*\* The result depends/);
  assert.match(text, /!\[[^\]]*\]\(ttest\/nulls\.svg\)/);
  assert.match(
    text,
    /would be 4\.00e-15; it is 0\.00200\. Of 6 tests it would/,
  );
  assert.match(text, /call 6 significant, where .* gives 4\./);
  assert.doesNotMatch(text, /Not all was tried/);
});

Deno.test("nulls: all, none, UMAP only, and lost when matched", async () => {
  const with_ = (holds: (kind: string, space: string) => boolean) =>
    partOf(nulls, { whole: true, ttest: { tests: spaceTests(holds) } });
  assert.match(
    await with_(() => true),
    /in all 6 tests\.\*\* In plain words: w/,
  );
  assert.match(
    await with_(() => false),
    /in none of 6 tests\.\*\* .* no way of look/,
  );
  assert.match(
    await with_((_, space) => space === "umap"),
    /2 of 6 tests\.\*\* A result in UMAP space alone is weak/,
  );
  assert.match(
    await with_((kind) => kind === "uniform"),
    /3 of 6 tests\.\*\* Genes that are expressed as strongly/,
  );
});

Deno.test("nulls: what was not tried is named", async () => {
  const tests = spaceTests().slice(0, 1);
  const text = await partOf(nulls, { whole: true, ttest: { tests } });
  assert.match(text, /Not all was tried\. `--clusters\.spaces umap,pca,genes/);
  const none = await partOf(nulls, { whole: true, stages: ["cnn", "shap"] });
  assert.match(
    none,
    /Not done: the set has not been tested\. `deno task ttest/,
  );
});

Deno.test("the truth: precision of the set and its true rate", async () => {
  const text = await partOf("Planted genes found", { whole: true });
  // 6 planted genes, all among the 12 of the set.
  assert.match(text, /6 of the 12 genes in the set were planted in no tissue/);
  assert.match(text, /precision is 50 %, its true false discovery rate 50 %/);
  // The estimate is 5 / 12, with one decoy more 10 / 12.
  assert.match(text, /estimated 42 %, a little less than the truth/);
  // 3 planted genes a tissue, first in its ranks.
  assert.match(text, /\| 5 \| 60 % \| 100 % \|/);
  assert.match(text, /\| 7 \(the cut\) \| 43 % \| 100 % \|/);
  const safe = await partOf(
    "Planted genes found",
    {
      whole: true,
      shap: { decoys: { ...fakeDecoys, false_discovery_rate: 0.6 } },
    },
  );
  assert.match(safe, /estimated 60 %: no less than the truth/);
  const none = await partOf("Planted genes found", {});
  assert.doesNotMatch(none, /decoys, which/);
});
