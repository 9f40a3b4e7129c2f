/** The rows of the files on stability. */

import { byCodeUnit } from "../../cli/text.ts";
import type { Dataset } from "../../prepare/dataset.ts";
import type { RowOf } from "../../store/table.ts";
import type { StabilityData } from "../figures/stability.ts";
import type {
  MeasuredStability,
  TissueStability,
} from "./measure_stability.ts";
import type * as files from "./outputs.ts";

/** `frequencies.csv`: by method, tissue, then the most frequent genes. */
export function frequencyRows(
  { methods }: MeasuredStability,
  { genes, geneFacts }: Pick<Dataset, "genes" | "geneFacts">,
): RowOf<typeof files.frequencies>[] {
  return methods.flatMap(({ method: { name }, tissues }) =>
    tissues.flatMap(({ tissue, frequencies }) =>
      [...frequencies].map(([gene, frequency]) => ({
        method: name,
        tissue,
        gene: genes[gene],
        frequency,
        name: geneFacts[gene].name,
      })).sort((a, b) =>
        b.frequency - a.frequency || byCodeUnit(a.gene, b.gene)
      )
    )
  );
}

/** `stability.csv`. */
export function stabilityRows(
  { methods }: MeasuredStability,
): RowOf<typeof files.stability>[] {
  return methods.flatMap(({ method: { name }, tissues }) =>
    tissues.map((found) => ({
      method: name,
      tissue: found.tissue,
      samples: found.samples,
      samples_in_half: found.samplesInHalf,
      listed: found.listed,
      recovered: found.isHalved ? found.recovered : null,
      index: found.index,
      low: found.interval?.[0] ?? null,
      high: found.interval?.[1] ?? null,
      frequent_genes: found.isHalved ? found.frequentGenes : null,
    }))
  );
}

/** The numbers for `genesets.json`. */
export function summarizeStability(
  measured: MeasuredStability,
): files.StabilitySummary {
  const { halves, first, tissues, methods } = measured;
  const names = (isHalved: boolean) =>
    tissues.filter((each) => each.isHalved === isHalved)
      .map(({ tissue }) => tissue);
  return {
    halves,
    different_halves: measured.differentHalves,
    samples_in_half: measured.samplesInHalf,
    whole_groups: measured.wholeGroups,
    shap_halves: measured.shapHalves,
    first,
    tissues: names(true),
    tissues_not_halved: names(false),
    methods: methods.map((found) => ({
      method: found.method.name,
      title: found.method.title,
      listed: found.listed,
      recovered: found.recovered,
      index: found.index,
      low: found.interval?.[0] ?? null,
      high: found.interval?.[1] ?? null,
      least_stable: leastStable(found.tissues),
      frequent_genes: found.frequentGenes,
    })),
  };
}

function leastStable(
  tissues: readonly TissueStability[],
): { tissue: string; index: number } | null {
  const [first] = tissues.flatMap(({ tissue, index }) =>
    index === null ? [] : [{ tissue, index }]
  ).sort((a, b) => a.index - b.index);
  return first ?? null;
}

/** The figure's dots. */
export function stabilityData(
  { methods, halves, shapHalves, first }: MeasuredStability,
): StabilityData {
  return {
    halves,
    shapHalves,
    first,
    methods: methods.map(({ method: { title }, index, interval, tissues }) => ({
      title,
      index,
      interval,
      tissues: tissues.map(({ tissue, samples, index, interval }) => ({
        tissue,
        samples,
        index,
        interval,
      })),
    })),
  };
}

/**
 * Looks up a gene's frequencies, for the gene table.
 *
 * @returns By `frequency_METHOD`; null where nothing was measured.
 */
export function frequencyLookup(
  measured: MeasuredStability | null,
  methods: readonly string[],
): (tissue: string, gene: number) => Record<string, number | null> {
  const byMethod = new Map(
    measured?.methods.map(({ method: { name }, tissues }) => [
      name,
      new Map(
        tissues.filter(({ isHalved }) => isHalved)
          .map(({ tissue, frequencies }) => [tissue, frequencies]),
      ),
    ]),
  );
  return (tissue, gene) =>
    Object.fromEntries(methods.map((method) => {
      const frequencies = byMethod.get(method)?.get(tissue);
      return [
        `frequency_${method}`,
        frequencies === undefined ? null : frequencies.get(gene) ?? 0,
      ];
    }));
}
