/** The verdict on the network: is it better than a simple classifier? */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import type { Opening } from "../../report/section.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { rivals } from "../rivals.ts";
import type { Comparison, NetworkFindings } from "./findings.ts";
import { groupClause, ifIndependent } from "./group_words.ts";
import type { RivalResult } from "./rival_comparison.ts";

/** What makes an explanation of the network worthless, in one clause. */
export function networkOpening({ comparison }: NetworkFindings): Opening {
  return {
    warning: comparison === null
      ? "the network was not tested"
      : comparison.better_than_largest_tissue
      ? ""
      : "the network is not shown to have learned the tissues",
  };
}

/** The network beside the simple classifiers; empty if it was not tested. */
export function networkPoint({ comparison }: NetworkFindings): string {
  if (comparison === null) return "";
  const { against_rivals, named_rival, macro_f1 } = comparison;
  const own = `the network reaches a macro F1 of ${fixed(macro_f1)}`;
  if (!comparison.better_than_largest_tissue) {
    return `${own}: it is **not shown** to be better than always naming the ` +
      "largest tissue";
  }
  const rival = `${rivals[named_rival.name].phrase}, ${
    fixed(named_rival.macro_f1)
  }`;
  return {
    better: `${own} and the best simple classifier, ${rival}: it is better ` +
      `than all of them${ifIndependent(named_rival)}`,
    "not different": `${own} and a simple classifier, ${rival}: it is **not ` +
      "shown** to be better",
    worse: `${own} and a simple classifier, ${rival}: it is **worse**` +
      ifIndependent(named_rival),
  }[against_rivals];
}

/**
 * One sentence with the samples, the test and the difference of macro F1.
 *
 * @param groupColumn That names the groups; empty if it is not known.
 */
export function networkVerdict(
  { metrics: { ensemble, test_samples }, comparison }: NetworkFindings,
  groupColumn: string,
): string {
  if (comparison === null) {
    return "How well the network predicts is not known: there is no test " +
      "sample.";
  }
  const network = ensemble > 1
    ? `the mean of ${withCommas(ensemble)} networks`
    : "the network";
  const { against_rivals, named_rival, samples_right } = comparison;
  return `${claim(comparison)}: of ${
    countOf(test_samples, "test sample")
  } ${network} gets ${withCommas(samples_right)} right (macro F1 ${
    fixed(comparison.macro_f1)
  }), ${rivals[named_rival.name].phrase} ${
    withCommas(named_rival.samples_right)
  } (${fixed(named_rival.macro_f1)})${
    evidence(named_rival, groupColumn)
  }; the difference ` +
    `in macro F1 is ${formatDifference(named_rival.f1_difference)}${
      against_rivals === "not different" ? tooFew(named_rival) : ""
    }.`;
}

function claim(
  { against_rivals, named_rival: { name }, rivals: all }: Comparison,
): string {
  const { phrase } = rivals[name];
  const beaten = all.find(({ network_is }) => network_is === "better");
  return {
    better: "The network predicts better than each simple classifier; the " +
      `best of them is ${phrase}`,
    "not different":
      `The network is **not** shown to predict better than ${phrase}, ${
        beaten ? "though better than some" : "the best"
      } of the simple classifiers${beaten ? ifIndependent(beaten) : ""}`,
    worse: `The network predicts **worse** than ${phrase}, a simple classifier`,
  }[against_rivals];
}

/** The samples that only one gets right, and their test. */
function evidence(result: RivalResult, groupColumn: string): string {
  const { only_network_right: own, only_rival_right: its, adjusted_p } = result;
  return own + its === 0
    ? ", the same samples"
    : `; ${withCommas(own)} only the network, ${withCommas(its)} only the ` +
      `other (exact McNemar test, Holm-adjusted p ${formatP(adjusted_p)}${
        groupClause(result, groupColumn)
      })`;
}

/** Says if no split of the samples on which they differ could be significant. */
function tooFew(
  { only_network_right: own, only_rival_right: its }: RivalResult,
): string {
  const differ = own + its;
  return differ > 0 && 2 ** (1 - differ) >= SIGNIFICANCE_LEVEL
    ? `; they differ on too few samples (${withCommas(differ)}) for any ` +
      "difference to be significant"
    : "";
}

/** `+0.012 (95 % interval -0.010 to +0.034)`. */
export function formatDifference(
  { difference, low, high }: RivalResult["f1_difference"],
): string {
  return `${signed(difference)} (95 % interval ${signed(low)} to ${
    signed(high)
  })`;
}

/** A number with its sign; 0 has none. */
function signed(value: number): string {
  const text = fixed(value);
  const number = Number(text);
  return number > 0 ? `+${text}` : number === 0 ? fixed(0) : text;
}
