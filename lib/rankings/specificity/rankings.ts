/** Rankings of each tissue's genes by indices of specificity. */

import {
  expressionEnrichment,
  jensenShannon,
  onlyLargest,
  spm,
  tau,
  tsi,
  zScores,
} from "../../statistics/specificity.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import {
  linearProfiles,
  profileOf,
  type Scale,
  tissueSums,
} from "./profiles.ts";

/** An index, by the gene's profile and the sums over all genes. */
interface Index {
  readonly name: string;
  readonly title: string;
  readonly score: string;
  readonly citation: string;
  /** Made again on half samples: enough to stand for all indices. */
  readonly isRepeated?: boolean;
  /** By tissue; NaN where the tissue is not ranked by it. */
  of(profile: Float64Array, sums: () => Float64Array): Float64Array;
}

const indices: readonly Index[] = [
  {
    name: "tau",
    title: "tau",
    score: "tau of the gene, in the tissue of its largest mean",
    citation: "tau: Yanai et al., Bioinformatics 21 (2005)",
    isRepeated: true,
    of: (profile) => {
      const home = onlyLargest(profile);
      const values = new Float64Array(profile.length).fill(NaN);
      if (home >= 0) values[home] = tau(profile);
      return values;
    },
  },
  {
    name: "spm",
    title: "SPM",
    score: "mean in the tissue / length of the vector of all tissues' means",
    citation: "SPM: Xiao et al., Bioinformatics 26 (2010)",
    of: spm,
  },
  {
    name: "z_score",
    title: "z-score",
    score: "(mean in the tissue - mean of all tissues' means) / their " +
      "standard deviation",
    citation: "z-score of tissues: Vandenbon and Nakai, Nucleic Acids " +
      "Research 38 (2010)",
    of: zScores,
  },
  {
    name: "tsi",
    title: "TSI",
    score: "mean in the tissue / sum of all tissues' means",
    citation: "TSI: Julien et al., PLoS Biology 10 (2012)",
    of: tsi,
  },
  {
    name: "js",
    title: "JS specificity",
    score: "1 - Jensen-Shannon distance from a gene of this tissue alone; " +
      "ranks as TSI",
    citation: "JS specificity: Cabili et al., Genes & Development 25 (2011)",
    of: jensenShannon,
  },
  {
    name: "ee",
    title: "EE",
    score: "mean in the tissue / the one expected from the sums of the gene " +
      "and of the tissue; ranks as TSI",
    citation: "EE: Yu et al., Nucleic Acids Research 34 (2006)",
    of: (profile, sums) => expressionEnrichment(profile, sums()),
  },
  {
    name: "pem",
    title: "PEM",
    score: "log10 of EE, with its sign; ranks as TSI",
    citation: "PEM: Huminiecki et al., BMC Genomics 4 (2003)",
    of: (profile, sums) =>
      expressionEnrichment(profile, sums())
        .map((each) => each > 0 ? Math.log10(each) : NaN),
  },
];

/** Each index on both scales, by name: `tau`, `tau_log`, ... */
export const specificityRankings: readonly RankingMethod[] = indices.flatMap(
  (index) => [makeRanking(index, "linear"), makeRanking(index, "log")],
);

function makeRanking(index: Index, scale: Scale): RankingMethod {
  const isLog = scale === "log";
  return {
    name: isLog ? `${index.name}_log` : index.name,
    title: isLog ? `${index.title} of logs` : index.title,
    score: isLog
      ? `${index.score}; all of log2(mean + 1)`
      : `${index.score}; linear values`,
    ...(!isLog && { citation: index.citation }),
    family: "specificity",
    hasP: false,
    isQuick: () => index.isRepeated ?? false,
    rank: (input) => scoreGenes(input, index, scale),
  };
}

function scoreGenes(input: RankingInput, { of }: Index, scale: Scale) {
  if (input.contrasts.length < 2) return [];
  const profiles = linearProfiles(input);
  let known: Float64Array | undefined;
  const sums = () => known ??= tissueSums(profiles, scale);
  const scored = input.contrasts.map(({ tissue }) => ({
    tissue,
    scores: new Float64Array(profiles.genes).fill(NaN),
  }));
  for (let gene = 0; gene < profiles.genes; gene++) {
    const profile = profileOf(profiles, gene, scale);
    if (profile.some(Number.isNaN)) continue;
    const values = of(profile, sums);
    for (let t = 0; t < values.length; t++) {
      scored[t].scores[gene] = values[t];
    }
  }
  return scored;
}
