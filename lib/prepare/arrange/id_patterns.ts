/** Recognizes by their look what are ids of genes and what of samples. */

/** So many ids of a side are looked at, evenly spread. */
const LOOKED_AT = 1000;

/** Ids that only genes, transcripts and probes have. */
const GENE_IDS = [
  String.raw`ENS[A-Z]{0,6}[GTPE]R?\d{8,11}(?!\d).*`,
  String.raw`AT[1-5MC]G\d{5}`,
  String.raw`Zm\d{5}[a-z]{1,2}\d{6}`,
  String.raw`GRMZM\w*\d[GT]\d+.*`,
  String.raw`LOC_Os\d{2}g\d{5}`,
  String.raw`Os\d{2}[gt]\d{7}(-\d+)?`,
  String.raw`(FBgn|FBtr|WBGene)\d{7,8}`,
  String.raw`Y[A-P][LR]\d{3}[WC](-[A-Z])?`,
  String.raw`(MGI|HGNC|RGD|SGD|ZFIN|Xenbase|CGNC|VGNC):\S+`,
  String.raw`ZDB-[A-Z]*GENE\S*`,
  String.raw`[NX][MRP]_\d{6,9}`,
  String.raw`(Sobic|Glyma|Potri|Phvul|Gorai|Manes|Eucgr|Pavir)\.\w+`,
  String.raw`(Solyc|Bradi|Medtr|Bra|Seita|Vitvi|Prupe|Cucsa)\w*\d+g\d{5,}\S*`,
  String.raw`(Traes|HORVU|TRITD|AET|SECCE)\S*\d+\S*`,
  String.raw`(MSTRG|STRG|XLOC|TCONS|TRINITY|evm|jgi|maker)[._-]\S+`,
  String.raw`(LOC|LINC|MIR|SNOR[AD]|Gm|Rik)\d{2,}\S*`,
  String.raw`ERCC-\d{5}`,
  String.raw`\d{4,}(_[a-z])*_at`,
  String.raw`ILMN_\d+`,
  String.raw`[A-Za-z0-9?.-]+\|\d+`,
];

/** Ids that only samples have. */
const SAMPLE_IDS = [
  String.raw`[SED]R[RXSZP]\d{3,}.*`,
  String.raw`GSM\d{3,}.*`,
  String.raw`SAM(N|D|E|EA|EG)\d+.*`,
  String.raw`(TCGA|GTEX|TARGET|K-562|C3[LN])[-.]\w.*`,
  String.raw`(ENCFF|ENCSR|ENCBS|ENCLB)\d{3}[A-Z]{3}.*`,
  String.raw`(HG|NA)\d{5}`,
  String.raw`[ACGT]{12,}(-\d+)?`,
  String.raw`\S*\.(bam|sam|fastq|fq|cram)(\.gz)?`,
  String.raw`(samples?|samp|donor|patient|subject|control|ctrl|tumou?r|normal` +
  String.raw`|lib|library|cell|case|ko|wt|mut|treated|untreated|rep)` +
  String.raw`[ _.-]?\d+.*`,
  String.raw`s[ _.-]?\d+`,
  String.raw`.*[ _.-](rep|replicate|r|br|tr|lane)[ _.-]?\d{1,2}`,
];

const pattern = (patterns: readonly string[]) =>
  new RegExp(`^(${patterns.join("|")})$`, "i");

/** Behind an id stands what programs join to it, such as its name. */
const GENE_ID = new RegExp(`^(${GENE_IDS.join("|")})([_|,;:. ].*)?$`);
const SAMPLE_ID = pattern(SAMPLE_IDS);
/** What most names of genes look like, and some of samples. */
const SYMBOL = /^[A-Za-z][A-Za-z0-9]{1,8}(-[A-Za-z0-9]+)*(\.\d+)?$/;

/** Genes that most matrices of mammals hold. */
const KNOWN_SYMBOLS = new Set(
  ("ACTB GAPDH TP53 B2M RPLP0 MYC EGFR ALB INS GFAP HPRT1 TBP PPIA UBC RPL13A" +
    " EEF1A1 TUBB VIM CD4 CD8A PTPRC EPCAM KRT18 KRT8 COL1A1 FN1 APOE APOA1" +
    " TTN MYH7 DES NPPA UMOD TG PRSS1 SFTPC KLK3 BRCA1 BRCA2 PTEN KRAS NRAS" +
    " BRAF PIK3CA CDK4 MDM2 CCND1 JUN FOS STAT3 TNF IL6 TSPAN6 DPM1 SCYL3 CFH" +
    " MT-CO1 MT-ND1 MT-ATP6 XIST A1BG A2M NAT1 NAT2 ACTA1 HBB HBA1 MBP SYP" +
    " SNAP25 TYR PMEL MLANA KIT FLT1 VEGFA ERBB2 ESR1 PGR AR").split(" "),
);

/** What the ids of a side look like, as shares of them. */
export interface IdLook {
  readonly genes: number;
  readonly samples: number;
  readonly symbols: number;
  /** Ids that are known names of genes. */
  readonly known: number;
}

/** Whether an id is surely that of a gene, by its look. */
export function isGeneId(id: string): boolean {
  return GENE_ID.test(id.trim());
}

/** What the ids of a side look like. */
export function lookAt(ids: readonly string[]): IdLook {
  const step = Math.max(1, Math.floor(ids.length / LOOKED_AT));
  let [count, genes, samples, symbols] = [0, 0, 0, 0];
  for (let index = 0; index < ids.length; index += step) {
    const id = ids[index].trim();
    count++;
    if (GENE_ID.test(id)) genes++;
    else if (SAMPLE_ID.test(id)) samples++;
    else if (SYMBOL.test(id)) symbols++;
  }
  const known = ids.filter((id) => KNOWN_SYMBOLS.has(id.toUpperCase())).length;
  const whole = Math.max(1, count);
  return {
    genes: genes / whole,
    samples: samples / whole,
    symbols: symbols / whole,
    known,
  };
}

/**
 * The look of an id without its letters and digits: ids of one kind share it.
 * `SRR1001` is `a0`.
 */
export function shapeOf(id: string): string {
  return id.trim().replace(/\p{L}+/gu, "a").replace(/\p{N}+/gu, "0");
}
