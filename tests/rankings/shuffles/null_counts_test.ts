/** P-values from shuffles: uniform where nothing differs, small where it does. */

import assert from "node:assert/strict";
import { openStream } from "../../../lib/random.ts";
import { fitLimma, limmaRanking } from "../../../lib/rankings/limma.ts";
import { anovaRanking } from "../../../lib/rankings/per_gene/anova_f.ts";
import { kruskalRanking } from "../../../lib/rankings/per_gene/kruskal_wallis.ts";
import { adjustP } from "../../../lib/rankings/rank_tissues.ts";
import {
  addMethodCounts,
  makeShuffleCounter,
  pooledPs,
} from "../../../lib/rankings/shuffles/null_counts.ts";
import { shuffleCount } from "../../../lib/statistics/shuffle_count.ts";
import { welchRanking } from "../../../lib/rankings/welch_t.ts";
import { inputOf } from "../made_dataset.ts";

const methods = [limmaRanking, welchRanking, anovaRanking, kruskalRanking];
const TISSUES = [14, 6, 10];
const GENES = 1500;
/** The first genes, which are higher in tissue 1 on request. */
const PLANTED = 60;

/**
 * Skewed values, of which studies shift each gene; most samples of tissue 1 are
 * of one study.
 */
function simulate(
  { shift, effect, hasGroups = true }: {
    readonly shift: number;
    readonly effect: number;
    readonly hasGroups?: boolean;
  },
) {
  const stream = openStream(5, "values");
  const skewed = () => Math.log2(0.05 - Math.log(1 - stream.uniform()));
  const tissue = TISSUES.flatMap((count, t) => Array<number>(count).fill(t));
  const study = tissue.map((t, i) => +(t === 1 ? i % 6 > 0 : i % 3 === 0));
  const shifts = Array.from(
    { length: GENES },
    () => shift * (stream.uniform() - 0.5),
  );
  const values = tissue.map((t, i) =>
    shifts.map((own, gene) =>
      skewed() + own * study[i] + (t === 1 && gene < PLANTED ? effect : 0)
    )
  );
  return inputOf(
    values,
    tissue,
    undefined,
    hasGroups ? study.map((each) => `study ${each}`) : undefined,
  );
}

function test(input: ReturnType<typeof inputOf>, correlation: number) {
  const count = makeShuffleCounter(methods, input, correlation);
  const counts = Array.from({ length: 30 }, (_, seed) => count(seed))
    .reduce(addMethodCounts);
  return pooledPs(input.contrasts, counts);
}

const rate = (p: Float64Array, level = 0.05) =>
  p.filter((each) => each <= level).length / p.length;

Deno.test("without a difference p are uniform, in each tissue and method", () => {
  const found = test(simulate({ shift: 0, effect: 0, hasGroups: false }), 0);
  found.forEach((byTissue, m) =>
    byTissue.forEach((p, tissue) => {
      for (const level of [0.05, 0.3, 0.7]) {
        // Four standard errors of independent genes.
        const most = 4 * Math.sqrt(level * (1 - level) / GENES);
        assert.ok(
          Math.abs(rate(p, level) - level) < most,
          `${methods[m].name} ${tissue}: ${rate(p, level)} at ${level}`,
        );
      }
    })
  );
});

Deno.test("studies that shift genes are allowed for, if they are known", () => {
  const known = test(simulate({ shift: 8, effect: 0 }), 0.2);
  const unknown = test(
    simulate({ shift: 8, effect: 0, hasGroups: false }),
    0,
  );
  methods.forEach(({ name }, m) => {
    const p = rate(known[m].get("t1")!);
    assert.ok(p > 0.03 && p < 0.065, `${name}: ${p}`);
    const wrong = rate(unknown[m].get("t1")!);
    assert.ok(wrong > 0.068, `${name}, not known: ${wrong}`);
  });
});

Deno.test("donors of a tissue each are allowed for, if they are known", () => {
  const stream = openStream(6, "donors");
  const donors = Array.from({ length: 18 }, (_, donor) => ({
    donor,
    tissue: donor % 3,
    shifts: Array.from({ length: GENES }, () => 3 * stream.uniform()),
  }));
  const samples = donors.flatMap((own) => [own, own, own]);
  const input = (groups: readonly string[]) => {
    const noise = openStream(7, "noise");
    return inputOf(
      samples.map(({ shifts }) =>
        shifts.map((shift) => shift + 2 * noise.uniform())
      ),
      samples.map(({ tissue }) => tissue),
      undefined,
      groups,
    );
  };
  const known = test(input(samples.map(({ donor }) => `d${donor}`)), 0.7);
  const unknown = test(input(samples.map(() => "")), 0);
  methods.forEach(({ name }, m) => {
    const p = rate(known[m].get("t0")!);
    assert.ok(p > 0.03 && p < 0.07, `${name}: ${p}`);
    const wrong = rate(unknown[m].get("t0")!);
    assert.ok(wrong > 0.1, `${name}, not known: ${wrong}`);
  });
});

Deno.test("where a single tissue has two groups, these do not move as a pair", () => {
  // Five groups of five samples, which shift each gene as much as it varies.
  const stream = openStream(6, "pairs");
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - stream.uniform())) *
    Math.cos(2 * Math.PI * stream.uniform());
  const groupOf = Array.from({ length: 25 }, (_, i) => Math.floor(i / 5));
  const tissue = groupOf.map((group) => Math.max(0, group - 1));
  const shifts = Array.from(
    { length: 5 },
    () => Array.from({ length: GENES }, normal),
  );
  const input = inputOf(
    groupOf.map((group) => shifts[group].map((shift) => shift + normal())),
    tissue,
    undefined,
    groupOf.map((group) => `study ${group}`),
  );
  const [limma] = test(input, fitLimma(input)!.correlation!);
  for (const [tissue, p] of limma) {
    assert.ok(rate(p) < 0.09, `${tissue}: ${rate(p)}`);
  }
});

Deno.test("genes that differ are found, and few others", () => {
  const input = simulate({ shift: 1, effect: 6 });
  test(input, 0.1).forEach((byTissue, m) => {
    const { adjusted } = adjustP(byTissue.get("t1")!);
    const called = [...adjusted.keys()].filter((gene) =>
      adjusted[gene] <= 0.05
    );
    const right = called.filter((gene) => gene < PLANTED).length;
    assert.ok(right >= 0.8 * PLANTED, `${methods[m].name}: ${right}`);
    assert.ok(called.length - right <= 0.15 * called.length);
  });
});

Deno.test("50 shuffles, fewer of a large matrix, and what is asked for", () => {
  assert.equal(shuffleCount("auto", 200, 2000), 50);
  assert.equal(shuffleCount("auto", 1000, 20_000), 25);
  assert.equal(shuffleCount("auto", 1600, 17_000), 20);
  assert.equal(shuffleCount(7, 1600, 17_000), 7);
});
