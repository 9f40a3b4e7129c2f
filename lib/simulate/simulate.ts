/** A demo matrix with a known truth: RNA-seq of several studies and tissues. */

import {
  randomGamma,
  randomLogNormal,
  randomNormal,
  randomPoisson,
} from "d3-random";
import { InputError } from "../cli/errors.ts";
import type { Values } from "../cli/parameters.ts";
import { byCodeUnit } from "../cli/text.ts";
import { RandomStream } from "../random.ts";
import type { PlantedGene } from "./outputs.ts";
import type { simulateParameters } from "./parameters.ts";

/** The size of the demo, the strength of its effects and the seed. */
export type SimulationOptions =
  & Values<typeof simulateParameters>
  & { readonly seed: number };

/** The demo, samples in the order of studies and tissues. */
export interface Simulation {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  readonly tissues: readonly string[];
  readonly studies: readonly string[];
  /** samples x genes transcripts per million, row after row. */
  readonly tpm: Float64Array;
  readonly truth: readonly PlantedGene[];
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
/** Every tissue is in at least so many studies. */
const STUDIES_PER_TISSUE = 3;
/**
 * At most so many studies may lack a tissue: a study that is held out should
 * still test nearly all tissues.
 */
const MISSED_STUDIES = 1;
/** The weakest planted fold change as a share of the strongest. */
const WEAKEST = 1 / 8;
/** Natural-log spread of base expression over genes. */
const BASE_SPREAD = 1;
/** The share of genes that are nearly silent in every tissue. */
const SILENT_SHARE = 0.15;
/** The share of its expression that a silent gene keeps. */
const SILENCE = 1e-5;
/** Spread of a study's shift of a gene, in log2. */
const STUDY_SPREAD = 0.3;
/** Natural-log spread of the sizes of studies. */
const STUDY_SIZE_SPREAD = 0.5;
/** The largest share of another tissue in a sample, as after dissection. */
const LARGEST_ADMIXTURE = 0.5;
/** Mean number of reads per gene. */
const DEPTH = 250;

/**
 * Simulates a matrix: log-normal base expression and gene lengths, graded
 * tissue-specific genes, samples that hold some of another tissue, shifts of
 * each study, library sizes that vary, and negative binomial counts (a Poisson
 * whose mean is gamma-distributed: variance = mean + dispersion mean²), given
 * as transcripts per million. A study covers some tissues in unequal numbers,
 * so study and tissue are partly confounded, as in public data.
 *
 * @param onSample Is called after each sample.
 * @returns The matrix and what was planted in it. It depends on the options
 * alone.
 * @throws {InputError} If there are too few samples or genes for the design.
 */
export function simulate(
  options: SimulationOptions,
  onSample: () => void = () => {},
): Simulation {
  const { samples, genes, tissues, studies, planted, dispersion } = options;
  if (samples < STUDIES_PER_TISSUE * tissues) {
    throw new InputError(
      `Cannot simulate ${samples} samples of ${tissues} tissues: there must ` +
        `be at least ${STUDIES_PER_TISSUE} per tissue`,
    );
  }
  if (genes < 2 * planted * tissues) {
    throw new InputError(
      `Cannot plant ${planted} genes in each of ${tissues} tissues: there ` +
        `must be at least ${2 * planted * tissues} genes, not ${genes}`,
    );
  }
  const stream = new RandomStream(options.seed);
  const design = designStudies(samples, tissues, studies, stream);
  const expressed = randomLogNormal.source(stream.uniform)(0, BASE_SPREAD);
  const base = drawMany(
    genes,
    () => (stream.uniform() < SILENT_SHARE ? SILENCE : 1) * expressed(),
  );
  const lengths = drawMany(
    genes,
    randomLogNormal.source(stream.uniform)(Math.log(1500), 0.6),
  );
  const markers = plant(base, options, stream);
  const log2 = randomNormal.source(stream.uniform)(0, STUDY_SPREAD);
  const shift = () => 2 ** log2();
  const shifts = Array.from({ length: studies }, () => drawMany(genes, shift));
  const changes = markers.map((marker) => marker.map((log2) => 2 ** log2));

  const tpm = new Float64Array(samples * genes);
  design.forEach(({ tissue, study }, sample) => {
    const admixed = (tissue + 1 + stream.integer(tissues - 1)) % tissues;
    const share = LARGEST_ADMIXTURE * stream.uniform() ** 2;
    const abundance = new Float64Array(genes);
    for (let gene = 0; gene < genes; gene++) {
      const here = changes[tissue][gene];
      const there = changes[admixed][gene];
      abundance[gene] = base[gene] * shifts[study][gene] *
        ((1 - share) * here + share * there);
    }
    const row = sequence(abundance, lengths, dispersion, stream);
    tpm.set(row, sample * genes);
    onSample();
  });

  const geneIds = numbered("Sim", genes, 4);
  const tissueNames = Array.from(
    { length: tissues },
    (_, tissue) => TISSUE_NAMES[tissue] ?? `tissue${tissue + 1}`,
  );
  const truth = markers.flatMap((changes, index): PlantedGene[] => {
    const tissue = tissueNames[index];
    return geneIds
      .map((gene, row) => ({ gene, tissue, log2_fold_change: changes[row] }))
      .filter(({ log2_fold_change }) => log2_fold_change > 0);
  });
  return {
    sampleIds: numbered("S", samples, 3),
    genes: geneIds,
    tissues: design.map(({ tissue }) => tissueNames[tissue]),
    studies: design.map(({ study }) => `study${study + 1}`),
    tpm,
    truth: truth.sort((a, b) =>
      byCodeUnit(a.tissue, b.tissue) || b.log2_fold_change - a.log2_fold_change
    ),
  };
}

/** The tissue and the study of each sample, by study, then by tissue. */
function designStudies(
  samples: number,
  tissues: number,
  studies: number,
  stream: RandomStream,
): { tissue: number; study: number }[] {
  const fewest = Math.min(
    studies,
    Math.max(STUDIES_PER_TISSUE, studies - MISSED_STUDIES),
  );
  const size = drawMany(
    studies,
    randomLogNormal.source(stream.uniform)(0, STUDY_SIZE_SPREAD),
  );
  const cells: { tissue: number; study: number; weight: number }[] = [];
  for (let tissue = 0; tissue < tissues; tissue++) {
    const count = fewest + stream.integer(studies - fewest + 1);
    const abundance = 0.6 + stream.uniform();
    for (const study of stream.sample(studies, count)) {
      const weight = abundance * size[study] * (0.2 + stream.uniform() ** 2);
      cells.push({ tissue, study, weight });
    }
  }
  // First three samples of each tissue, in as many studies as there are; the
  // others are drawn at random.
  const drawn: typeof cells = [];
  for (let tissue = 0; tissue < tissues; tissue++) {
    const own = cells.filter((cell) => cell.tissue === tissue);
    for (let index = 0; index < STUDIES_PER_TISSUE; index++) {
      drawn.push(own[index % own.length]);
    }
  }
  const total = cells.reduce((sum, cell) => sum + cell.weight, 0);
  while (drawn.length < samples) {
    let left = stream.uniform() * total;
    const cell = cells.find(({ weight }) => (left -= weight) < 0);
    drawn.push(cell ?? cells[cells.length - 1]);
  }
  return drawn.sort((a, b) => a.study - b.study || a.tissue - b.tissue);
}

/** Each tissue's log2 fold change of each gene; 0 where none was planted. */
function plant(
  base: Float64Array,
  options: SimulationOptions,
  stream: RandomStream,
): Float64Array[] {
  const { genes, tissues, planted, effect } = options;
  // Low expression would hide the effect, and the highest would take up the
  // whole library.
  const order = Array.from(base.keys()).sort((a, b) => base[a] - base[b]);
  const first = Math.floor(0.3 * genes);
  const candidates = stream.shuffle(
    order.slice(
      first,
      Math.max(Math.floor(0.9 * genes), first + planted * tissues),
    ),
  );
  return Array.from({ length: tissues }, (_, tissue) => {
    const changes = new Float64Array(genes);
    for (let index = 0; index < planted; index++) {
      const step = planted === 1 ? 0 : index / (planted - 1);
      changes[candidates[tissue * planted + index]] = effect *
        (1 - (1 - WEAKEST) * step);
    }
    return changes;
  });
}

/** Transcripts per million of one sample with these relative abundances. */
function sequence(
  abundance: Float64Array,
  lengths: Float64Array,
  dispersion: number,
  stream: RandomStream,
): Float64Array {
  const poisson = randomPoisson.source(stream.uniform);
  const gamma = randomGamma.source(stream.uniform)(
    1 / dispersion,
    dispersion,
  );
  const reads = randomLogNormal.source(stream.uniform)(
    Math.log(DEPTH * abundance.length),
    0.35,
  )();
  const share = abundance.map((amount, gene) => amount * lengths[gene]);
  const perRead = reads / share.reduce((sum, part) => sum + part, 0);
  const rates = share.map((part, gene) =>
    poisson(part * perRead * gamma())() / lengths[gene]
  );
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return rates.map((rate) => rate / total * 1e6);
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
