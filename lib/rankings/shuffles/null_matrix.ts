/** The matrix as it would be if no tissue differed, its residuals shuffled. */

import type { Dataset } from "../../prepare/dataset.ts";
import { tissueContrasts } from "../../prepare/tissue_contrasts.ts";
import type { RandomStream } from "../../random.ts";
import type { RankingInput } from "../ranking_method.ts";
import { varyingGenes } from "../varying_genes.ts";
import { type Exchange, planExchange } from "./exchange.ts";

/** Shuffles a matrix again and again. */
export interface NullMatrix {
  /** By tissue of the input, whether its samples can change places with any. */
  readonly movable: readonly boolean[];
  /**
   * The input with shuffled residuals. The next call overwrites its values.
   *
   * @param stream What draws the places.
   */
  shuffle(stream: Pick<RandomStream, "shuffle">): RankingInput;
}

/**
 * Takes the effect of the tissue out of each gene, by least squares beside that
 * of the group where a group has several tissues, and shuffles what is left: the
 * residuals of the full model, put onto the fit without the tissue (ter Braak
 * 1992; Anderson and Legendre 1999, doi:10.1080/00949659908811936). Residuals
 * are scaled to the variance that they have without a tissue in the fit
 * (leverages, as Davison and Hinkley 1997, section 6.3).
 *
 * @param correlation Of two samples of a group, as limma finds it; 0 without
 * groups.
 */
export function makeNullMatrix(
  input: RankingInput,
  correlation: number,
): NullMatrix {
  const { dataset, rows } = input;
  const plan = planExchange(input, correlation);
  const { effects, bases } = fitEffects(input, plan);
  const genes = dataset.genes.length;
  const groupMeans = meansOfWholeGroups(input, plan);
  // Rounding would make the others vary.
  const varies = varyingGenes(input);
  const values = new Float32Array(rows.length * genes);
  const own = takeLabels(dataset, rows, values);
  const byStratum = Map.groupBy(
    plan.units.keys(),
    (u) => plan.units[u].stratum,
  );

  function shuffle(stream: Pick<RandomStream, "shuffle">): RankingInput {
    for (const places of byStratum.values()) {
      const sources = places.filter((u) => plan.units[u].fromResidual > 0);
      const given = drawSources(places.length, sources, stream);
      for (const place of places) fill(place, given.pop());
    }
    const at = rows.map((_, i) => i);
    return {
      dataset: own,
      rows: at,
      contrasts: tissueContrasts(own, at),
      toLinear: input.toLinear,
      groupCorrelation: correlation,
    };
  }

  function fill(place: number, source: number | undefined): void {
    const { samples, stratum, toResidual } = plan.units[place];
    const base = bases[stratum];
    const ownMean = groupMeans.get(place);
    const from = source === undefined ? null : plan.units[source];
    const times = from === null ? 0 : from.fromResidual * toResidual;
    const given = from && (groupMeans.get(source!) ??
      sampleOf(input, from.samples[0]));
    const effect = from && effects[from.tissue];
    const fitted = from && bases[from.stratum];
    for (const i of samples) {
      const kept = sampleOf(input, i);
      const target = values.subarray(i * genes, (i + 1) * genes);
      for (let gene = 0; gene < genes; gene++) {
        if (varies[gene] === 0) {
          target[gene] = kept[gene];
          continue;
        }
        let value = base[gene];
        if (given !== null) {
          value += times * (given[gene] - fitted![gene] - effect![gene]);
        }
        if (ownMean !== undefined) value += kept[gene] - ownMean[gene];
        target[gene] = value;
      }
    }
  }

  return { movable: plan.movable, shuffle };
}

/**
 * Who gives its residual to each place. Where some have none to give, others
 * give theirs again, at any place: in turn, the units of the one tissue with
 * several groups would share their own, which sum to 0.
 */
function drawSources(
  places: number,
  sources: readonly number[],
  stream: Pick<RandomStream, "shuffle">,
): number[] {
  if (sources.length === 0) return [];
  const given = stream.shuffle([...sources]);
  if (given.length === places) return given;
  while (given.length < places) given.push(...stream.shuffle([...sources]));
  return stream.shuffle(given.slice(0, places));
}

function sampleOf(
  { dataset: { values, genes }, rows }: RankingInput,
  i: number,
): Float32Array {
  return values.subarray(rows[i] * genes.length, (rows[i] + 1) * genes.length);
}

/**
 * Effects of tissues and levels of strata, by gene column. The effects have mean
 * 0 over the samples, so that a gene keeps its mean expression.
 */
function fitEffects(
  input: RankingInput,
  { units, strata, shares, inverse }: Exchange,
): { readonly effects: Float64Array[]; readonly bases: Float64Array[] } {
  const genes = input.dataset.genes.length;
  const tissues = input.contrasts.length;
  const make = (count: number) =>
    Array.from({ length: count }, () => new Float64Array(genes));
  const bases = make(strata);
  const byTissue = make(tissues);
  const weights = new Float64Array(strata);
  for (const { samples, stratum, tissue, weight } of units) {
    weights[stratum] += weight;
    const each = weight / samples.length;
    for (const i of samples) {
      const values = sampleOf(input, i);
      for (let gene = 0; gene < genes; gene++) {
        bases[stratum][gene] += each * values[gene];
        byTissue[tissue][gene] += each * values[gene];
      }
    }
  }
  bases.forEach((sums, s) => {
    // There may be no unit but those of groups of several tissues.
    for (let gene = 0; gene < genes; gene++) sums[gene] /= weights[s] || 1;
  });
  shares.forEach((own, s) =>
    own.forEach((share, t) => addTo(byTissue[t], bases[s], -share * weights[s]))
  );
  const effects = make(tissues);
  for (let t = 0; t < tissues; t++) {
    for (let u = 0; u < tissues; u++) {
      addTo(effects[t], byTissue[u], inverse[t * tissues + u]);
    }
  }
  const counts = new Float64Array(tissues);
  for (const { samples, tissue } of units) counts[tissue] += samples.length;
  const center = new Float64Array(genes);
  effects.forEach((own, t) =>
    addTo(center, own, counts[t] / input.rows.length)
  );
  for (const own of effects) addTo(own, center, -1);
  shares.forEach((own, s) =>
    own.forEach((share, t) => addTo(bases[s], effects[t], -share))
  );
  return { effects, bases };
}

function addTo(to: Float64Array, from: Float64Array, times: number): void {
  if (times === 0) return;
  for (let gene = 0; gene < to.length; gene++) to[gene] += times * from[gene];
}

/** Means of the groups of several samples that change places whole. */
function meansOfWholeGroups(
  input: RankingInput,
  { units }: Exchange,
): Map<number, Float64Array> {
  return new Map(units.flatMap(({ samples }, unit) => {
    if (samples.length === 1) return [];
    const mean = new Float64Array(input.dataset.genes.length);
    for (const i of samples) {
      const values = sampleOf(input, i);
      for (let gene = 0; gene < mean.length; gene++) {
        mean[gene] += values[gene] / samples.length;
      }
    }
    return [[unit, mean] as const];
  }));
}

/** The samples' labels with other values. */
function takeLabels(
  dataset: Dataset,
  rows: readonly number[],
  values: Dataset["values"],
): Dataset {
  const take = <Each>(all: ArrayLike<Each>) => rows.map((row) => all[row]);
  const split = take(dataset.split);
  return {
    ...dataset,
    sampleIds: take(dataset.sampleIds),
    tissues: take(dataset.tissues),
    groups: take(dataset.groups),
    split,
    folds: [{ fold: 1, split }],
    classOf: Int32Array.from(take(dataset.classOf)),
    values,
  };
}
