/** The test of genes for specificity, against SciPy and statsmodels. */

import assert from "node:assert/strict";
import { testSpecificGenes } from "../../lib/rankings/specific_genes.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  clusteredMoments,
  intraclassCorrelation,
} from "../../lib/statistics/clustered_moments.ts";
import golden from "../fixtures/statistics/specific_genes.json" with {
  type: "json",
};

/** Sums of a few dozen terms and a continued fraction. */
const TOLERANCE = 1e-9;

function close(value: number, wanted: number, what: string): void {
  assert.ok(
    Math.abs(value - wanted) <= TOLERANCE * Math.abs(wanted),
    `${what}: ${value}, not ${wanted}`,
  );
}

const GENES = golden.values[0].length;
const ROWS = [...golden.tissues.keys()];

function given(order = ROWS) {
  return {
    sampleIds: order.map((row) => `s${String(row).padStart(2, "0")}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    tissues: order.map((row) => golden.tissues[row]),
    groups: order.map((row) => golden.studies[row]),
    tissueNames: [...new Set(golden.tissues)].sort(),
    values: Float32Array.from(order.flatMap((row) => golden.values[row])),
  };
}

for (const name of ["samples", "clustered"] as const) {
  Deno.test(`specific genes: p and adjusted p of ${name} are SciPy's and statsmodels'`, () => {
    const dataset = given();
    const found = testSpecificGenes({
      dataset: name === "samples"
        ? { ...dataset, groups: dataset.groups.map(() => "") }
        : dataset,
      rows: ROWS,
      margin: golden.margin,
    })!;
    assert.deepEqual(found.untested, []);
    assert.equal(found.tissues.length, 3);
    assert.equal(found.correlation === null, name === "samples");
    for (const { tissue, p, adjusted } of found.tissues) {
      const wanted = golden.tests[name][tissue as "leaf"];
      wanted.p.forEach((value, gene) => {
        close(p[gene], value, `p of ${tissue} ${gene}`);
        close(adjusted[gene], wanted.adjusted[gene], `adjusted ${gene}`);
      });
    }
  });
}

Deno.test("specific genes: a single sample a group is Welch's test", () => {
  const dataset = given();
  const alone = testSpecificGenes({
    dataset: { ...dataset, groups: dataset.sampleIds },
    rows: ROWS,
    margin: golden.margin,
  })!;
  golden.tests.samples.root.p.forEach((value, gene) =>
    close(alone.tissues[1].p[gene], value, `gene ${gene}`)
  );
  assert.equal(alone.correlation, null);
});

Deno.test("specific genes: the order of the rows changes no bit", () => {
  const order = new RandomStream(3).shuffle(Uint32Array.from(ROWS));
  const options = { rows: ROWS, margin: 1 };
  const some = testSpecificGenes({ dataset: given(), ...options });
  const other = testSpecificGenes({ dataset: given([...order]), ...options });
  assert.deepEqual(some, other);
});

Deno.test("specific genes: what cannot be tested is said", () => {
  const dataset = given();
  const options = { rows: ROWS, margin: 1 };
  // Each tissue a study of its own.
  const confounded = { ...dataset, groups: dataset.tissues };
  assert.equal(testSpecificGenes({ dataset: confounded, ...options }), null);
  const first = dataset.tissues.indexOf("root");
  const rows = ROWS.filter((row) =>
    dataset.tissues[row] !== "root" || row === first
  );
  const few = testSpecificGenes({ dataset, rows, margin: 1 })!;
  assert.deepEqual(few.untested, ["root"]);
  assert.deepEqual(few.tissues.map(({ tissue }) => tissue), ["leaf", "seed"]);
  const leaf = ROWS.filter((row) => dataset.tissues[row] === "leaf");
  assert.equal(testSpecificGenes({ dataset, rows: leaf, margin: 1 }), null);
});

Deno.test("specific genes: genes that do not vary", () => {
  const tissues = ["a", "a", "b", "b"];
  const found = testSpecificGenes({
    dataset: {
      sampleIds: ["1", "2", "3", "4"],
      genes: ["on", "off", "equal"],
      tissues,
      groups: tissues.map(() => ""),
      tissueNames: ["a", "b"],
      values: Float32Array.from([5, 0, 1, 5, 0, 1, 0, 5, 1, 0, 5, 1]),
    },
    rows: [0, 1, 2, 3],
    margin: 1,
  })!;
  assert.deepEqual(
    found.tissues.map(({ p }) => [...p]),
    [[Number.MIN_VALUE, 1, 1], [1, Number.MIN_VALUE, 1]],
  );
});

Deno.test("specific genes: a gene that one study measures too high is not", () => {
  // Tissue a: half of its samples are of the study that measures 4 too high.
  const stream = new RandomStream(5);
  const studies = ["x", "y", "z"];
  const samples = ["a", "b"].flatMap((tissue) =>
    studies.flatMap((study) =>
      Array.from(
        { length: study === "x" ? tissue === "a" ? 12 : 1 : 6 },
        () => ({ tissue, study }),
      )
    )
  );
  const noise = () => stream.uniform() - 0.5;
  const dataset = {
    sampleIds: samples.map((_, index) => String(index).padStart(3, "0")),
    genes: ["biased", "true", "none"],
    tissues: samples.map(({ tissue }) => tissue),
    groups: samples.map(({ study }) => study),
    tissueNames: ["a", "b"],
    values: Float32Array.from(samples.flatMap(({ tissue, study }) => [
      (study === "x" ? 4 : 0) + noise(),
      (tissue === "a" ? 4 : 0) + noise(),
      noise(),
    ])),
  };
  const rows = [...samples.keys()];
  const blocked = testSpecificGenes({ dataset, rows, margin: 0.5 })!;
  const [biased, real] = blocked.tissues[0].p;
  assert.ok(biased > 0.2 && real < 1e-6, `${biased} ${real}`);
  const naive = testSpecificGenes({
    dataset: { ...dataset, groups: samples.map(() => "") },
    rows,
    margin: 0.5,
  })!;
  assert.ok(naive.tissues[0].p[0] < 0.05);
});

Deno.test("clusters: the correlation is the golden one, the limits are known", () => {
  const tissues = [...new Set(golden.tissues)].sort();
  const clustersOf = (gene: number) =>
    tissues.map((tissue) => {
      const own = ROWS.filter((row) => golden.tissues[row] === tissue);
      return [...Map.groupBy(own, (row) => golden.studies[row]).values()]
        .map((rows) => {
          const values = rows.map((row) => golden.values[row][gene]);
          const mean = values.reduce((a, b) => a + b) / values.length;
          const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
          return { count: values.length, mean, squares };
        });
    });
  golden.correlation.forEach((wanted, gene) => {
    const found = intraclassCorrelation(clustersOf(gene))!;
    // A correlation of 0 is cut off there and exact.
    close(found, wanted, `gene ${gene}`);
  });
  const [leaf] = clustersOf(0);
  const means = leaf.map(({ mean }) => mean);
  const center = means.reduce((a, b) => a + b) / means.length;
  const apart = clusteredMoments(leaf, 1);
  assert.equal(apart.count, means.length);
  close(apart.mean, center, "mean of means");
  assert.equal(intraclassCorrelation([[leaf[0]], [leaf[1]]]), null);
  assert.equal(
    intraclassCorrelation([[
      { count: 1, mean: 1, squares: 0 },
      { count: 1, mean: 3, squares: 0 },
    ]]),
    null,
  );
});
