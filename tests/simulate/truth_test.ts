import assert from "node:assert/strict";
import { isTrueUp, type PlantedGene } from "../../lib/simulate/outputs.ts";
import { simulate } from "../../lib/simulate/simulate.ts";

const demo = simulate({ seed: 42 });
const { truth } = demo;
const columnOf = new Map(demo.genes.map((gene, column) => [gene, column]));
const tissueNames = [...new Set(demo.tissues)];

/** Mean TPM of a gene over the samples that a test accepts. */
function meanOf(
  gene: string,
  accepts: (tissue: string, study: string) => boolean,
): number {
  const values = valuesOf(gene, accepts);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function valuesOf(
  gene: string,
  accepts: (tissue: string, study: string) => boolean,
): number[] {
  const column = columnOf.get(gene)!;
  return demo.tissues.flatMap((tissue, row) =>
    accepts(tissue, demo.studies[row])
      ? [demo.tpm[row * demo.genes.length + column]]
      : []
  );
}

/** log2 of the mean in the tissue / the mean of the other tissues' means. */
function measuredChange({ gene, tissue }: PlantedGene): number {
  const means = tissueNames.filter((name) => name !== tissue)
    .map((name) => meanOf(gene, (own) => own === name));
  const elsewhere = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  return Math.log2(meanOf(gene, (own) => own === tissue) / elsewhere);
}

function rowsOf(kind: PlantedGene["kind"]): PlantedGene[] {
  return truth.filter((row) => row.kind === kind);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

Deno.test("truth: so many of each kind, each gene of one kind", () => {
  assert.equal(rowsOf("specific").length, 8 * 30);
  assert.equal(rowsOf("down").length, 8 * 10);
  assert.equal(rowsOf("study").length, 30);
  const groups = Map.groupBy(rowsOf("group"), ({ gene }) => gene);
  assert.equal(groups.size, 40);
  for (const rows of groups.values()) {
    assert.ok(rows.length === 2 || rows.length === 3);
    assert.equal(new Set(rows.map(({ tissue }) => tissue)).size, rows.length);
  }
  const kinds = new Map<string, string>();
  for (const { gene, kind } of truth) {
    assert.equal(kinds.get(gene) ?? kind, kind);
    kinds.set(gene, kind);
  }
  assert.equal(kinds.size, 240 + 80 + 40 + 30);
});

Deno.test("truth: true up genes are the specific and the group ones", () => {
  for (const row of truth) {
    assert.equal(
      isTrueUp(row),
      row.kind === "specific" || row.kind === "group",
    );
    assert.equal(row.direction, row.kind === "down" ? "down" : "up");
    if (isTrueUp(row)) assert.ok(row.log2_fold_change > 0);
    if (row.kind === "down") assert.ok(row.log2_fold_change < 0);
    if (row.kind === "study") assert.equal(row.log2_fold_change, 0);
  }
});

Deno.test("truth: fold changes by hand", () => {
  const specific = rowsOf("specific").filter(({ tissue }) => tissue === "leaf")
    .map((row) => row.log2_fold_change);
  assert.equal(specific[0], 4);
  assert.equal(specific.at(-1), 0.5);
  const down = rowsOf("down").filter(({ tissue }) => tissue === "leaf")
    .map((row) => row.log2_fold_change);
  assert.deepEqual([down[0], down.at(-1)], [-0.5, -4]);
});

Deno.test("truth: the fold change of a gene of several tissues by hand", () => {
  for (const seed of [1, 2, 3, 4]) {
    const rows = simulate({ planted: 1, "group-enriched": 1, seed }).truth
      .filter(({ kind }) => kind === "group");
    // It is 16-fold up; among the 7 other tissues n - 1 have it up as well.
    const n = rows.length;
    const expected = Math.log2(16 / ((16 * (n - 1) + 8 - n) / 7));
    for (const row of rows) {
      assert.ok(Math.abs(row.log2_fold_change - expected) < 1e-12);
    }
  }
});

Deno.test("truth: genes go up and down where it says so", () => {
  // Admixture weakens strong changes, so the middle of all is compared.
  for (const kind of ["specific", "group", "down"] as const) {
    const ratios = rowsOf(kind)
      .filter((row) => Math.abs(row.log2_fold_change) > 1)
      .map((row) => measuredChange(row) / row.log2_fold_change);
    const middle = median(ratios);
    assert.ok(middle > 0.6 && middle < 1.05, `${kind}: ${middle}`);
    const right = ratios.filter((ratio) => ratio > 0).length / ratios.length;
    assert.ok(right > 0.95, `${kind}: ${right}`);
  }
});

Deno.test("truth: a fifth of the specific genes is at the detection limit", () => {
  const zeros = (values: readonly number[]) =>
    values.filter((value) => value === 0).length / values.length;
  const outside = rowsOf("specific").map(({ gene, tissue }) => ({
    elsewhere: zeros(valuesOf(gene, (own) => own !== tissue)),
    inside: zeros(valuesOf(gene, (own) => own === tissue)),
  }));
  const low = outside.filter(({ elsewhere }) => elsewhere > 0.5);
  const share = low.length / outside.length;
  assert.ok(share > 0.15 && share < 0.25, `${share}`);
  assert.ok(median(low.map(({ inside }) => inside)) < 0.5);
  const rest = outside.filter(({ elsewhere }) => elsewhere <= 0.5);
  assert.ok(median(rest.map(({ elsewhere }) => elsewhere)) === 0);
});

Deno.test("truth: a study's genes seem specific, but not in other studies", () => {
  const rows = rowsOf("study");
  const [{ tissue }] = rows;
  assert.ok(rows.every((row) => row.tissue === tissue));
  const biased = demo.confoundedStudy!;
  assert.ok(median(rows.map(measuredChange)) > 0.8);
  const elsewhere = rows.map(({ gene }) =>
    Math.log2(
      meanOf(gene, (own, study) => own === tissue && study !== biased) /
        meanOf(gene, (own, study) => own !== tissue && study !== biased),
    )
  );
  assert.ok(Math.abs(median(elsewhere)) < 0.35, `${median(elsewhere)}`);
  const others = rows.map(({ gene }) =>
    Math.log2(
      meanOf(gene, (own, study) => own !== tissue && study === biased) /
        meanOf(gene, (own, study) => own !== tissue && study !== biased),
    )
  );
  assert.ok(median(others) > 1.5, "the study shifts all its samples");
});

Deno.test("truth: nothing is planted that is set to 0", () => {
  const kinds = (changes: Record<string, number>) =>
    new Set(
      simulate({ samples: 30, genes: 300, tissues: 3, ...changes, seed: 1 })
        .truth.map(({ kind }) => kind),
    );
  const few = { planted: 6 };
  assert.deepEqual(kinds(few).size, 4);
  assert.ok(!kinds({ ...few, down: 0 }).has("down"));
  assert.ok(!kinds({ ...few, "group-enriched": 0 }).has("group"));
  assert.ok(!kinds({ ...few, "study-biased": 0 }).has("study"));
  assert.deepEqual(
    [...kinds({ ...few, tissues: 2, studies: 1 })],
    ["specific"],
  );
});
