/** The rows of the file on specificity, and the genes counted. */

import * as indices from "../../statistics/specificity.ts";
import type { RankingInput } from "../ranking_method.ts";
import {
  type AtlasClass,
  atlasClass,
  atlasClass2015,
  DETECTED,
} from "./atlas_class.ts";
import {
  type IndexName,
  indexNames,
  type SpecificityRow,
  type SpecificitySummary,
} from "./outputs.ts";
import {
  linearProfiles,
  profileOf,
  type Scale,
  tissueSums,
} from "./profiles.ts";

/** One gene's indices on both scales, and its classes. */
export interface GeneSpecificity {
  readonly linear: Readonly<Record<IndexName, number | null>>;
  readonly log: Readonly<Record<IndexName, number | null>>;
  /** Places of tissues. */
  readonly home: number;
  readonly tauTissues: readonly number[];
  readonly extendedTauTissues: readonly number[];
  readonly detected: number;
  readonly atlas: AtlasClass;
  readonly atlas2015: AtlasClass;
}

/**
 * Measures all genes.
 *
 * @returns By gene column, null where a mean is below 0; no gene with a single
 * tissue.
 */
export function measureSpecificity(
  input: RankingInput,
): (GeneSpecificity | null)[] {
  if (input.contrasts.length < 2) return [];
  const profiles = linearProfiles(input);
  const sums = {
    linear: tissueSums(profiles, "linear"),
    log: tissueSums(profiles, "log"),
  };
  return Array.from({ length: profiles.genes }, (_, gene) => {
    const linear = profileOf(profiles, gene, "linear");
    if (linear.some(Number.isNaN)) return null;
    const log = profileOf(profiles, gene, "log");
    const of = (profile: Float64Array, scale: Scale) =>
      measure(profile, sums[scale]);
    const measured = of(linear, "linear");
    return {
      linear: measured,
      log: of(log, "log"),
      home: indices.onlyLargest(linear),
      tauTissues: measured.tau! >= indices.SPECIFIC_TAU ? aboveGap(log) : [],
      extendedTauTissues: indices.extendedTau(linear),
      detected: linear.filter((x) => x >= DETECTED).length,
      atlas: atlasClass(linear),
      atlas2015: atlasClass2015(linear),
    };
  });
}

function measure(
  profile: Float64Array,
  sums: Float64Array,
): Record<IndexName, number | null> {
  const largest = (values: Float64Array) => Math.max(...values);
  const ee = largest(indices.expressionEnrichment(profile, sums));
  return {
    tau: indices.tau(profile),
    gini: indices.gini(profile),
    shannon: indices.shannonSpecificity(profile),
    tsi: largest(indices.tsi(profile)),
    spm: largest(indices.spm(profile)),
    z_score: largest(indices.zScores(profile)),
    js: largest(indices.jensenShannon(profile)),
    ee,
    // A gene of zeros has no logarithm.
    pem: ee > 0 ? Math.log10(ee) : null,
  };
}

/**
 * The places above the widest gap of the sorted values, so that a gene may
 * belong to several tissues, as by extended tau, but without its thresholds.
 */
export function aboveGap(profile: ArrayLike<number>): number[] {
  const order = Array.from(profile, (_, i) => i)
    .sort((a, b) => profile[b] - profile[a] || a - b);
  let size = 0;
  let widest = 0;
  for (let k = 1; k < order.length; k++) {
    const gap = profile[order[k - 1]] - profile[order[k]];
    // Of equal gaps the first, which leaves the fewest tissues.
    if (gap > widest) {
      widest = gap;
      size = k;
    }
  }
  return order.slice(0, size).sort((a, b) => a - b);
}

/** `specificity.csv`, in the order of the dataset's genes. */
export function specificityRows(
  { dataset: { genes, geneFacts }, contrasts }: RankingInput,
  measured: readonly (GeneSpecificity | null)[],
): SpecificityRow[] {
  const names = (places: readonly number[]) =>
    places.map((place) => contrasts[place].tissue).join(";");
  return measured.map((found, gene) => ({
    gene: genes[gene],
    name: geneFacts[gene].name,
    tissue: found && found.home >= 0 ? contrasts[found.home].tissue : null,
    ...columnsOf(found),
    tau_tissues: names(found?.tauTissues ?? []),
    extended_tau_tissues: names(found?.extendedTauTissues ?? []),
    detected_tissues: found?.detected ?? 0,
    atlas_class: found?.atlas.class ?? null,
    atlas_tissues: names(found?.atlas.tissues ?? []),
    atlas_2015_class: found?.atlas2015.class ?? null,
    atlas_2015_tissues: names(found?.atlas2015.tissues ?? []),
  }));
}

/** The indices by column; none of a gene without them. */
function columnsOf(found: GeneSpecificity | null) {
  return Object.fromEntries(
    indexNames.flatMap((name) => [
      [name, found?.linear[name] ?? null],
      [`${name}_log`, found?.log[name] ?? null],
    ]),
  );
}

/** The numbers for `genesets.json`. */
export function summarizeSpecificity(
  measured: readonly (GeneSpecificity | null)[],
): SpecificitySummary | null {
  const found = measured.filter((each) => each !== null);
  if (found.length === 0) return null;
  const count = (isIn: (gene: GeneSpecificity) => boolean) =>
    found.filter(isIn).length;
  const classes = (of: (gene: GeneSpecificity) => AtlasClass) =>
    [...Map.groupBy(found, (gene) => of(gene).class)]
      .map(([name, genes]) => ({ class: name, genes: genes.length }))
      .sort((a, b) => b.genes - a.genes || (a.class < b.class ? -1 : 1));
  return {
    genes: found.length,
    specific_linear: count(({ linear }) => linear.tau! >= indices.SPECIFIC_TAU),
    specific_log: count(({ log }) => log.tau! >= indices.SPECIFIC_TAU),
    atlas: classes(({ atlas }) => atlas),
    atlas_2015: classes(({ atlas2015 }) => atlas2015),
  };
}
