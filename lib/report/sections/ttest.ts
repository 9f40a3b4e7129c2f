/** The section on the test against random gene sets. */

import type { Findings } from "../findings.ts";
import type { TestFindings } from "../findings/ttest.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed, mean, pValue } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { spaceName } from "../space_names.ts";
import type { Rows } from "../stage_files.ts";
import { figures, missingSection, warningsOf } from "./parts.ts";

/**
 * Writes the section on the t-test.
 */
export function ttestSection(run: RunFiles, found: Findings): string {
  const title = "Test against random gene sets";
  if (!run.ttest || !found.ttest) {
    return missingSection(title, "ttest", run.folder);
  }
  const test = found.ttest;
  const { repeats, shap_embedding_seed: seed } = run.ttest.result;
  return paragraphs(
    `## ${title}`,
    `**Null hypothesis:** the set's mean V-measure is one more draw from the ` +
      `distribution of random gene sets of its size. To see that ` +
      `distribution, ${counted(test.sets, "set")} of ${
        counted(test.genes, "gene")
      } were drawn without replacement from all genes, each ${
        embedded(test.space)
      } and clustered ${
        counted(repeats, "time")
      }. The mean V-measure of each is one value of the null distribution.`,
    figures(run, [[
      "ttest/null.svg",
      "V-measures of the random sets, with the gene set's",
    ]]),
    numberTable(test, repeats),
    "### What p means here",
    `p is how often a random gene set of this size is expected to separate ` +
      `these samples at least as well, on this split. p\\_t takes the null distribution to be normal; p\\_empirical counts ` +
      `sets and cannot be smaller than ${fixed(1 / (test.sets + 1), 4)} with ${
        counted(test.sets, "set")
      }. p is not the probability that the ` +
      `gene set is random, and says nothing of the size of the effect.`,
    `The genes were ranked on test samples whose tissues were known, and the ` +
      `set is tested on the same samples; the random sets had no such help. ` +
      `New samples would be a fairer test.`,
    `The spread that counts is the one between random sets. The spread of ` +
      `k-means repeats within one set is ${fixed(test.within_set_sd, 4)} ` +
      `here, against ${fixed(test.null_sd, 4)} between sets. ` +
      withinSpread(test),
    (test.space === "umap"
      ? `The gene set, too, is embedded once${
        typeof seed === "number" ? ` (seed ${seed})` : ""
      }, so its V-measure holds the luck of one embedding, as each random ` +
        `set's does. It`
      : "The gene set") +
      ` was clustered ${counted(repeats, "time")} anew, with ` +
      `seeds of its own, so its mean may differ a little from the one under ` +
      `Clusters.`,
    nullSeeds(run.ttest.null),
    warningsOf(run, ["ttest"]),
  );
}

/** How a random set is put into the space of the test. */
function embedded(space: string): string {
  const name = escapeText(spaceName(space));
  return space === "umap"
    ? `embedded with a seed of its own in ${name}`
    : `put into ${name}`;
}

/** Every number of the test. */
function numberTable(test: TestFindings, repeats: number): string {
  const rows = [
    ["random sets, m", count(test.sets)],
    ["genes a set", count(test.genes)],
    ["k-means repeats a set", count(repeats)],
    ["space", escapeText(spaceName(test.space))],
    ["mean V-measure of the gene set, s", fixed(test.statistic, 4)],
    ["mean of the null distribution", fixed(test.null_mean, 4)],
    ["sd of the null distribution (between sets)", fixed(test.null_sd, 4)],
    ["sd within a set (k-means repeats only)", fixed(test.within_set_sd, 4)],
    ["z = (s − mean) / sd", fixed(test.z)],
    ["t = (s − mean) / (sd · √(1 + 1/m))", fixed(test.t)],
    ["df = m − 1", count(test.df)],
    ["p\\_t, one-tailed, upper", pValue(test.p_t).replace(/^= /, "")],
    [
      "p\\_empirical = (1 + sets ≥ s) / (m + 1)",
      pValue(test.p_empirical).replace(/^= /, ""),
    ],
  ].map(([name, value]) => [name, value.replace("<", "&lt;")]);
  return table(
    [{ title: "quantity" }, { title: "value", align: "right" }],
    rows,
  );
}

/** What a test with the spread within the sets would have claimed. */
function withinSpread({ within_set_sd, null_sd }: TestFindings): string {
  if (within_set_sd === null || null_sd === null) return "";
  if (within_set_sd < null_sd) {
    return within_set_sd === 0
      ? "A test that took the former for the latter would call any " +
        "difference significant."
      : `A test that took the former for the latter would make t too large ` +
        `by a factor of about ${fixed(null_sd / within_set_sd, 1)}.`;
  }
  return "Here the former is not the smaller one: k-means itself is unsteady " +
    "on these embeddings.";
}

/** The seeds of the random sets: genes, embedding and mean V-measure. */
function nullSeeds(rows: Rows): string {
  const sets = new Map<string, Rows[number][]>();
  for (const row of rows) {
    const own = sets.get(row.set);
    own ? own.push(row) : sets.set(row.set, [row]);
  }
  const number = (title: string) => ({ title, align: "right" as const });
  const example = Math.min(17, sets.size);
  return details(
    `Seeds of the null distribution (${counted(sets.size, "random set")})`,
    paragraphs(
      `The seeds of the k-means repeats are in ${code("ttest/null.csv")}. ` +
        `${code(`deno task ttest --only ${example}`)}, with ` +
        `${code("--run")} and this folder, scores set ${example} again from ` +
        "its seeds and says whether it comes out the same.",
      table(
        [
          number("set"),
          number("gene seed"),
          number("embedding seed"),
          number("mean V-measure"),
        ],
        [...sets].map(([set, own]) => [
          escapeText(set),
          escapeText(own[0].gene_seed),
          escapeText(own[0].embedding_seed),
          fixed(mean(own.map(({ v_measure }) => Number(v_measure))), 4),
        ]),
      ),
    ),
  );
}
