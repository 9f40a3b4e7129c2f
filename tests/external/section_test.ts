/** What the report says of another cohort. */

import assert from "node:assert/strict";
import { externalSection } from "../../lib/external/section.ts";
import {
  type ExternalFindings,
  readFindings,
} from "../../lib/external/section/findings.ts";
import type { RunReport } from "../../lib/report/run_report.ts";
import { openingOf, said } from "../said.ts";
import { asCsv, CohortRun, here, makeCounts } from "./two_cohorts.ts";

const there = makeCounts({
  seed: 2,
  prefix: "there",
  tissues: { heart: 6, Liver: 4, brain: 3 },
  shift: 0.8,
});
const page = { figure: (path: string) => `(${path})` } as unknown as RunReport;

async function findingsOf(
  cohort: string | null,
): Promise<ExternalFindings> {
  await using run = await CohortRun.copy();
  const { status, text } = cohort === null
    ? await run.command()
    : await run.judge(cohort);
  assert.equal(status, 0, text);
  return await readFindings({
    read: (output) => run.read(output),
    has: () => Promise.resolve(false),
    artifact: (name) => Promise.resolve(name),
  });
}

const words = (found: ExternalFindings) => ({
  headline: openingOf(externalSection, found),
  verdict: said(externalSection, found, page),
  text: externalSection.write(found, page),
});

Deno.test("without another cohort one sentence says what is missing", async () => {
  const found = await findingsOf(null);
  const { headline, verdict, text } = words(found);
  assert.equal(headline, "");
  assert.deepEqual(verdict, []);
  assert.deepEqual(externalSection.notLookedAt!(found), [
    "another cohort (`--external FILE`)",
  ]);
  assert.match(text, /^No other cohort was given: .*`--external FILE`/);
  assert.equal(text.trim().split("\n").length, 1);
});

Deno.test("with another cohort: samples, scores, panels, lists and set", async () => {
  const found = await findingsOf(asCsv(there));
  const { headline, verdict, text } = words(found);
  assert.match(
    headline,
    /^(most are up again in another cohort|in another cohort they are up no more often than random genes)$/,
  );
  const [sentence, ...details] = verdict;
  assert.match(
    sentence,
    /^on 10 samples of 2 tissues the networks reach a macro F1 of \d\.\d\d and ridge \d\.\d\d; of SHAP's first 50 genes of a tissue \d+ % are up there \(random genes \d+ %; [-\w' ]+ \d+ %\)$/,
  );
  assert.equal(details.length, 2);
  assert.match(
    details[0],
    /In another cohort \(10 samples of 2 tissues of the run's 3\) the networks reach macro F1 \d\.\d\d, ridge \d\.\d\d and nearest centroids \d\.\d\d; always the commonest tissue would give 0\.3[78]\. The networks and ridge get the same samples right\. With each gene centered/,
  );
  assert.match(
    details[1],
    /^Of SHAP's first 50 genes of a tissue \d+ % are up there.* \(random genes with similar expression \d+ %; [-\w' ]+, the best of the simple rankings, \d+ %\)\. The SHAP set clusters the other cohort with a V-measure of \d\.\d\d; random sets of its size reach \d\.\d\d on average \(p (= 0\.\d+|> 0\.99)\)\.$/,
  );
  // Six and four of them, ten and ten here.
  assert.doesNotMatch(details[0], /different shares/);
  assert.match(
    text,
    /`there\.csv` holds 13 samples .* 10 of them are judged: heart 6, liver 4 \(there Liver\); left out are 3 samples of 1 tissue that the run lacks\. It lacks 1 tissue of the run\./,
  );
  // The run has a third tissue: two rows a view.
  for (const view of ["as they are", "centered", "centered by tissue"]) {
    for (const which of ["all of the run", "the common ones"]) {
      assert.ok(text.includes(`| ${view} | ${which} | `), `${view} ${which}`);
    }
  }
  assert.match(text, /\*\*That looks at the other cohort's tissues\*\*/);
  assert.match(text, /\(external\/panels\.svg\)/);
  assert.match(text, /\(external\/replication\.svg\)/);
  assert.match(text, /\| ranking \| 1 \| 2 \| 3 \| 5 \| 10 \| 30 \|/);
  assert.match(
    text,
    /beside 19 random panels .*p, adjusted by Holm over the sizes of a ranking; at least 0\.\d+\)/s,
  );
  assert.match(text, /\| adjusted Rand index \| \S+ \| \S+ \| [=>] 0\.\d+ \|/);
  const citations = externalSection.citations!(found).join("\n");
  assert.match(citations, /ter Braak/);
  assert.match(citations, /Phipson and Smyth/);
});

Deno.test("the verdict says what makes the cohort worthless", async () => {
  const own = words(await findingsOf(asCsv(here)));
  assert.match(
    own.verdict[0],
    /^\*\*The other cohort is not another one:\*\* 30 of its 30 judged samples have ids/,
  );
  const found = await findingsOf(asCsv(there));
  const [first, second] = found.cohort!.tissues;
  const cohort = {
    ...found.cohort!,
    // Here 10 and 10.
    tissues: [{ ...first, samples: 7 }, { ...second, samples: 3 }],
    scores: found.cohort!.scores.map((score) => ({ ...score, macro_f1: 0.2 })),
    set: null,
  };
  const shap = {
    ...found.lists!.shap,
    found: { up: 0.3, up_twofold: 0, significant: null },
    expected: { up: 0.4, up_twofold: 0, significant: null },
  };
  const bad = words({
    ...found,
    cohort,
    lists: { first: 50, shap },
    network_and_ridge: {
      ...found.network_and_ridge!,
      only_network_right: 1,
      only_ridge_right: 12,
      p: 0.001,
      network_is: "worse",
    },
  });
  assert.match(
    bad.verdict[0],
    /^\*\*The networks do not carry over:\*\* in another cohort they are no be/,
  );
  assert.equal(
    bad.headline,
    "in another cohort they are up no more often than random genes",
  );
  assert.match(bad.verdict[1], /^on 10 samples of 2 tissues the networks/);
  assert.match(
    bad.verdict[2],
    /Ridge is \*\*better\*\* than the networks there \(the networks alone get 1 right, ridge alone 12; exact McNemar test, which takes samples to be independent, p /,
  );
  assert.match(
    bad.verdict[2],
    /; but the cohorts have different shares of the/,
  );
  assert.match(
    bad.verdict[3],
    /30 % are up there, \*\*no more than random genes\*\* \(random genes with similar expression 40 %\)\. The other cohort has none of the SHAP set's genes\./,
  );
});

Deno.test("the opening says how many listed genes are up there", async () => {
  const found = await findingsOf(asCsv(there));
  const opening = (up: number) =>
    words({
      ...found,
      lists: {
        first: 50,
        shap: {
          ...found.lists!.shap,
          found: { up, up_twofold: 0, significant: null },
          expected: { up: 0.1, up_twofold: 0, significant: null },
        },
      },
    }).headline;
  assert.equal(opening(0.51), "most are up again in another cohort");
  assert.equal(opening(0.5), "half or less are up again in another cohort");
  assert.match(opening(0.1), /no more often than random genes$/);
  assert.equal(words({ ...found, lists: null }).headline, "");
  assert.equal(
    words({ ...found, cohort: { ...found.cohort!, samples_of_run: 3 } })
      .headline,
    "the other cohort has samples of this run",
  );
});
