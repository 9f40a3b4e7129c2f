/** How often a term seems enriched in a list that has nothing to do with it. */

import {
  gather,
  type KnownTerm,
  type Namespace,
} from "../../../lib/enrichment/namespaces.ts";
import { enrichmentParameters } from "../../../lib/enrichment/parameters.ts";
import { judgeTerms } from "../../../lib/enrichment/rows.ts";
import {
  type Convention,
  type KnownTails,
  type TestedTerm,
  testTerms,
} from "../../../lib/enrichment/test_terms.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../../lib/prepare/tissue_contrasts.ts";
import type { RandomStream } from "../../../lib/random.ts";
import { foldChangeRanking } from "../../../lib/rankings/fold_change.ts";
import { rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import { mean } from "../../../lib/statistics/describe.ts";
import { SIGNIFICANCE_LEVEL } from "../../../lib/statistics/format_p.ts";
import {
  fisherExact,
  hypergeometricTail,
} from "../../../lib/statistics/hypergeometric.ts";
import { type KnownStudy, shuffleLabels } from "./known_study.ts";
import { type Measured, shareRejected } from "./measured.ts";

/** Genes of each list: the default. */
const TOP = enrichmentParameters.top.default;
const FEWEST = enrichmentParameters["min-genes"].default;
const MOST = enrichmentParameters["max-genes"].default;
/** Terms of an annotation. */
const TERMS = 300;
/** Of terms of genes that vary together: how many, and the largest. */
const CORRELATED_TERMS = 100;
const MOST_CORRELATED = 100;

/** P-values of earlier trials, whose counts are often the same. */
const tails: Readonly<Record<Convention, KnownTails>> = {
  clusterprofiler: new Map(),
  goatools: new Map(),
};

/** A random list and random terms, half of them part of a larger one. */
export function testRandomTerms(
  genes: number,
  stream: RandomStream,
): Measured[] {
  const terms: Uint32Array[] = [];
  for (let term = 0; term < TERMS; term++) {
    const size = sizeOf(MOST, stream);
    const parents = terms.filter(({ length }) => length > size);
    const parent = stream.integer(2) === 0 && parents.length > 0
      ? parents[stream.integer(parents.length)]
      : null;
    terms.push(
      parent === null
        ? stream.sample(genes, size)
        : stream.sample(parent.length, size).map((at) => parent[at]),
    );
  }
  const namespace = asNamespace(genes, terms);
  const list = [...stream.sample(genes, TOP)];
  const by = (convention: Convention) =>
    judge(genes, list, namespace, convention);
  const [first, second] = [by("clusterprofiler"), by("goatools")];
  return [
    {
      row: "terms_p",
      value: first.share,
      attainable: first.attainable,
    },
    { row: "terms_found", value: first.found },
    {
      row: "terms_p_goatools",
      value: second.share,
      attainable: second.attainable,
    },
    { row: "terms_found_goatools", value: second.found },
  ];
}

/**
 * Terms of a gene and those that correlate most with it, and each tissue's
 * first genes by fold change of shuffled labels.
 */
export function testCorrelatedTerms(
  study: KnownStudy,
  stream: RandomStream,
): Measured[] {
  const dataset = shuffleLabels(study.dataset, stream.seed);
  const genes = dataset.genes.length;
  const namespace = asNamespace(
    genes,
    correlatedTerms(dataset.values, genes, stream),
  );
  const rows = contrastRows(dataset);
  const judged = rankTissues(foldChangeRanking, {
    dataset,
    rows,
    contrasts: tissueContrasts(dataset, rows),
  }).map(({ order }) =>
    judge(genes, [...order.slice(0, TOP)], namespace, "clusterprofiler")
  );
  return [
    {
      row: "terms_correlated_p",
      value: mean(judged.map(({ share }) => share)),
    },
    {
      row: "terms_correlated",
      value: mean(judged.map(({ found }) => found)),
    },
  ];
}

/** Sizes are uniform in the logarithm. */
function sizeOf(most: number, stream: RandomStream): number {
  return Math.round(FEWEST * (most / FEWEST) ** stream.uniform());
}

function correlatedTerms(
  values: Float32Array,
  genes: number,
  stream: RandomStream,
): Uint32Array[] {
  const samples = values.length / genes;
  const standard = new Float64Array(values.length);
  for (let gene = 0; gene < genes; gene++) {
    const own = Float64Array.from(
      { length: samples },
      (_, sample) => values[sample * genes + gene],
    );
    const center = mean(own);
    const length = Math.sqrt(
      own.reduce((sum, value) => sum + (value - center) ** 2, 0),
    );
    own.forEach((value, sample) =>
      standard[gene * samples + sample] = (value - center) / (length || 1)
    );
  }
  return Array.from({ length: CORRELATED_TERMS }, () => {
    const seed = stream.integer(genes) * samples;
    const correlation = Float64Array.from({ length: genes }, (_, gene) => {
      let sum = 0;
      for (let at = 0; at < samples; at++) {
        sum += standard[seed + at] * standard[gene * samples + at];
      }
      return sum;
    });
    return Uint32Array.from({ length: genes }, (_, gene) => gene)
      .sort((a, b) => correlation[b] - correlation[a])
      .slice(0, sizeOf(MOST_CORRELATED, stream));
  });
}

function asNamespace(
  genes: number,
  terms: readonly Uint32Array[],
): Namespace {
  const termsOf = Array.from({ length: genes }, (): number[] => []);
  terms.forEach((own, term) => own.forEach((gene) => termsOf[gene].push(term)));
  const known = terms.map((_, term): KnownTerm => ({
    id: `T${String(term).padStart(4, "0")}`,
    name: null,
    isRoot: false,
    depth: 1,
    namespace: "terms",
  }));
  const [namespace] = gather(termsOf, known);
  return namespace;
}

function judge(
  genes: number,
  list: readonly number[],
  namespace: Namespace,
  convention: Convention,
) {
  const tested = testTerms([namespace], list, genes, {
    convention,
    fewest: FEWEST,
    most: MOST,
  }, tails[convention]);
  const { terms } = judgeTerms("", list, tested, [namespace], 1);
  // Those without a gene of the list are left out of the result, p is 1 there.
  const all = convention === "goatools" ? namespace.terms.length : undefined;
  const p = tested.map(({ p }) => p);
  const share = shareRejected(p) * (all === undefined ? 1 : p.length / all);
  return {
    share,
    attainable: mean(tested.map((term) => attainableOf(term, convention))),
    found: terms.some(({ isEnriched }) => isEnriched) ? 1 : 0,
  };
}
const attained = new Map<string, number>();

/**
 * The rate at which a term's p rejects for random lists; by clusterProfiler's
 * convention among lists that hold a gene of the term, for others are not
 * tested.
 */
function attainableOf(
  { N, K, n }: TestedTerm,
  convention: Convention,
): number {
  const key = `${convention} ${N} ${K} ${n}`;
  const known = attained.get(key);
  if (known !== undefined) return known;
  const isAll = convention === "goatools";
  const tail = (k: number) =>
    k === 0 ? 1 : k > Math.min(n, K) ? 0 : hypergeometricTail({ N, K, n, k });
  let rate = 0;
  for (let k = isAll ? 0 : 1; k <= Math.min(n, K); k++) {
    const p = isAll ? fisherExact({ N, K, n, k }) : tail(k);
    if (p <= SIGNIFICANCE_LEVEL) rate += tail(k) - tail(k + 1);
  }
  if (!isAll) rate /= tail(1);
  attained.set(key, rate);
  return rate;
}
