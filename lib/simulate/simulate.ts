/** A demo matrix with a known truth: RNA-seq of several studies and tissues. */

import { randomLogNormal, randomNormal } from "d3-random";
import type { Values } from "../cli/parameters.ts";
import { byCodeUnit } from "../cli/text.ts";
import { RandomStream } from "../random.ts";
import { drawModules, readSampler, varyModules } from "./counts.ts";
import { designStudies } from "./design.ts";
import { checkOptions } from "./options.ts";
import type { PlantedGene } from "./outputs.ts";
import type { simulateParameters } from "./parameters.ts";
import { type Planted, plantGenes } from "./planted.ts";

/** The seed, and what is not as the flags' defaults say. */
export type SimulationOptions =
  & Partial<Values<typeof simulateParameters>>
  & { readonly seed: number };

/** The demo, samples in the order of studies and tissues. */
export interface Simulation {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  readonly tissues: readonly string[];
  readonly studies: readonly string[];
  /** Reads of each sample. */
  readonly librarySizes: Float64Array;
  /** samples x genes transcripts per million, row after row. */
  readonly tpm: Float64Array;
  /** By tissue, then from the highest to the lowest fold change. */
  readonly truth: readonly PlantedGene[];
  /** The study that holds mostly one tissue, if one does. */
  readonly confoundedStudy?: string;
}

const TISSUE_NAMES = [
  "root",
  "leaf",
  "stem",
  "flower",
  "seed",
  "pollen",
  "embryo",
  "silk",
  "endosperm",
  "tassel",
  "internode",
  "anther",
];
/** Natural-log spread of base expression over genes. */
const BASE_SPREAD = 1.5;
/** The share of genes that are nearly silent in every tissue. */
const SILENT_SHARE = 0.2;
/** Such a gene keeps 10^-x of its expression, x between these two. */
const SILENCE = [1, 5];
/** Spread of a study's shift of a gene, in log2. */
const STUDY_SPREAD = 0.3;
/** The largest share of another tissue in a sample, as after dissection. */
const LARGEST_ADMIXTURE = 0.5;
/** Median number of reads per gene. */
const DEPTH = 250;
/** Natural-log spread of library sizes between studies and within one. */
const DEPTH_SPREAD = { between: 0.2, within: 0.25 };

/**
 * Simulates a matrix: log-normal base expression and gene lengths, planted
 * genes of several kinds, samples that hold some of another tissue, shifts of
 * each study, genes that vary together, library sizes that differ, and
 * negative binomial counts, given as transcripts per million.
 *
 * @param onSample Is called after each sample.
 * @returns The matrix and what was planted in it. It depends on the options
 * alone.
 * @throws {InputError} If there are too few samples, genes, tissues or studies
 * for what is asked, or the demo would be too large.
 */
export function simulate(
  given: SimulationOptions,
  onSample: () => void = () => {},
): Simulation {
  const { options, counts } = checkOptions(given);
  const { samples, genes, tissues, studies } = options;
  const stream = new RandomStream(given.seed);
  const design = designStudies(
    { ...options, confounded: counts.study > 0 },
    stream.child("design"),
  );
  const { base, lengths } = drawGenes(genes, stream.child("genes"));
  const lengthsTimesBase = base.reduce(
    (sum, amount, gene) => sum + amount * lengths[gene],
    0,
  );
  const planted = plantGenes(base, {
    tissues,
    counts,
    effect: options.effect,
    lowExpression: options["low-expression"],
    confoundedTissue: design.confounded?.tissue,
    perRead: lengths.map((length) =>
      lengthsTimesBase / (DEPTH * genes) / length
    ),
  }, stream.child("planted"));
  const shifts = drawShifts(genes, studies, stream.child("studies"));
  if (design.confounded !== undefined) {
    const own = shifts[design.confounded.study];
    own.forEach((shift, gene) => own[gene] = shift * 2 ** planted.bias[gene]);
  }
  const depths = drawDepths(design.samples, genes, stream.child("depths"));
  const modules = drawModules(genes, options.modules, stream.child("modules"));
  const factors = stream.child("factors");
  const admixtures = stream.child("admixtures");
  const sampleReads = readSampler(
    genes,
    options.dispersion,
    stream.child("reads"),
  );
  const changes = planted.changes.map((change) =>
    change.map((log2) => 2 ** log2)
  );

  const tpm = new Float64Array(samples * genes);
  const librarySizes = new Float64Array(samples);
  design.samples.forEach(({ tissue, study }, sample) => {
    const admixed = (tissue + 1 + admixtures.integer(tissues - 1)) % tissues;
    const share = LARGEST_ADMIXTURE * admixtures.uniform() ** 2;
    const abundance = base.map((amount, gene) =>
      amount * shifts[study][gene] *
      ((1 - share) * changes[tissue][gene] + share * changes[admixed][gene])
    );
    varyModules(abundance, modules, factors);
    const weights = abundance.map((amount, gene) => amount * lengths[gene]);
    const perWeight = depths[sample] / total(weights);
    const reads = sampleReads(weights.map((weight) => weight * perWeight));
    librarySizes[sample] = total(reads);
    const rates = reads.map((count, gene) => count / lengths[gene]);
    const perMillion = 1e6 / total(rates);
    tpm.set(rates.map((rate) => rate * perMillion), sample * genes);
    onSample();
  });

  const geneIds = numbered("Sim", genes, 4);
  const tissueNames = Array.from(
    { length: tissues },
    (_, tissue) => TISSUE_NAMES[tissue] ?? `tissue${tissue + 1}`,
  );
  const studyName = (study: number) => `study${study + 1}`;
  return {
    sampleIds: numbered("S", samples, 3),
    genes: geneIds,
    tissues: design.samples.map(({ tissue }) => tissueNames[tissue]),
    studies: design.samples.map(({ study }) => studyName(study)),
    librarySizes,
    tpm,
    truth: truthOf(planted, geneIds, tissueNames),
    confoundedStudy: design.confounded &&
      studyName(design.confounded.study),
  };
}

/** Base expression, in any unit, and length of each gene. */
function drawGenes(
  genes: number,
  stream: RandomStream,
): { base: Float64Array; lengths: Float64Array } {
  const expressed = randomLogNormal.source(stream.uniform)(0, BASE_SPREAD);
  const [least, most] = SILENCE;
  const kept = () =>
    stream.uniform() < SILENT_SHARE
      ? 10 ** -(least + (most - least) * stream.uniform())
      : 1;
  const length = randomLogNormal.source(stream.uniform)(Math.log(1500), 0.6);
  return {
    base: drawMany(genes, () => kept() * expressed()),
    lengths: drawMany(genes, length),
  };
}

/** The factor by which each study shifts each gene. */
function drawShifts(
  genes: number,
  studies: number,
  stream: RandomStream,
): Float64Array[] {
  const log2 = randomNormal.source(stream.uniform)(0, STUDY_SPREAD);
  return Array.from(
    { length: studies },
    () => drawMany(genes, () => 2 ** log2()),
  );
}

/** The expected number of reads of each sample. */
function drawDepths(
  samples: readonly { readonly study: number }[],
  genes: number,
  stream: RandomStream,
): number[] {
  const { between, within } = DEPTH_SPREAD;
  const ofStudy = randomLogNormal.source(stream.uniform)(
    Math.log(DEPTH * genes),
    between,
  );
  const ofSample = randomLogNormal.source(stream.uniform)(0, within);
  const depths = new Map<number, number>();
  return samples.map(({ study }) => {
    const depth = depths.get(study) ?? ofStudy();
    depths.set(study, depth);
    return depth * ofSample();
  });
}

function truthOf(
  { genes }: Planted,
  geneIds: readonly string[],
  tissueNames: readonly string[],
): PlantedGene[] {
  return genes.map(({ gene, tissue, kind, log2FoldChange }): PlantedGene => ({
    gene: geneIds[gene],
    tissue: tissueNames[tissue],
    kind,
    direction: kind === "down" ? "down" : "up",
    log2_fold_change: log2FoldChange,
  })).sort((a, b) =>
    byCodeUnit(a.tissue, b.tissue) ||
    b.log2_fold_change - a.log2_fold_change || byCodeUnit(a.gene, b.gene)
  );
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function drawMany(count: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: count }, () => draw());
}

function numbered(prefix: string, count: number, digits: number): string[] {
  const width = Math.max(digits, String(count).length);
  return Array.from(
    { length: count },
    (_, index) => prefix + String(index + 1).padStart(width, "0"),
  );
}
