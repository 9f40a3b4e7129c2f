/** What columns and rows of expression matrices are usually called. */

/** The name without case, blanks and punctuation: `Gene_ID` is `geneid`. */
export function plainTitle(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Columns of tissues; of several in one file the first of this list counts. */
const TISSUES = words(`
  tissue tissues tissuetype tissuename tissuegroup organ organs organname
  organismpart smts bodysite smtsd primarysite site celltype celltypes
  sampletype plantstructure anatomicalentity label labels
`);

/** Columns that describe samples and are hardly what is to be classified. */
const OTHER_SAMPLE_WORDS = words(`
  sex gender donor donorid subject subjectid patient patientid individual
  individualid participant batch center platform instrument species
  organism strain race ethnicity study studyid project dataset series
  experiment librarylayout librarystrategy strand strandedness
`);

/** Columns of numbers that describe samples. */
const SAMPLE_NUMBERS = new Set(words(`
  age ageyears ageatdiagnosis year yearofbirth birthyear batch batchid rin
  rinscore smrin smtsisch smatssscr sex gender weight weightkg height heightcm
  bmi pmi ph postmorteminterval ischemictime ischemia lane plate flowcell run
  rep replicate biorep techrep bioreplicate biologicalreplicate
  technicalreplicate time timepoint day days week weeks hour hours hpi dpi das
  dose passage concentration ngul depth sequencingdepth readdepth coverage
  nreads reads readcount totalreads mappedreads uniquereads mappingrate
  percentmapped librarysize libsize sizefactor sizefactors ncounts totalcounts
  ncount ncountrna nfeature nfeaturerna ngenes ngenesbycounts totalumi numi
  pctcountsmt percentmt percentmito mitopercent dv200 a260280 rrnarate
  exonicrate duplicationrate avglength insertsize survival survivaltime ostime
  os daystodeath daystolastfollowup stage grade score gcpercent group cluster
  donor donorid subject subjectid patient patientid individual study studyid
  tissueid labelid sampleno samplenumber
`));

/** Names of the ids of genes. */
const GENE_TITLES = new Set(words(`
  gene genes geneid geneids genename genenames genesymbol genesymbols symbol
  symbols hugosymbol hgncsymbol hgncid hgnc mgisymbol ensembl ensemblid
  ensemblgene ensemblgeneid ensg ensgid ensemblids entrez entrezid
  entrezgeneid ncbigeneid geneshortname genenameid transcript transcripts
  transcriptid transcriptids targetid txid txname isoform isoformid feature
  features featureid probe probeid probeset probesetid locus locustag locusid
  trackingid unigene refseq refseqid agi tair orf orfid geneidentifier
  geneaccession geneensembl idref
`));

/** Names of the ids of samples. */
const SAMPLE_TITLES = new Set(words(`
  sample samples sampleid sampleids samplename samplenames sampid samp run
  runs runid runaccession srr srrid srx gsm gsmid geoaccession biosample
  biosampleid barcode barcodes cell cells cellid cellbarcode library libraryid
  libraryname experiment experimentaccession specimen specimenid aliquot
  aliquotid bcrpatientbarcode submitterid tumorsamplebarcode individual
  individualid subject subjectid patient patientid donor donorid sampletitle
  sampleaccession externalid
`));

/** Facts of genes beside their ids: never a sample, never a tissue. */
const GENE_FACTS = new Set(words(`
  chr chrom chromosome chromosomename seqname seqnames seqid start end stop
  startposition endposition genestart geneend pos position strand length
  genelength effectivelength efflength width basepairs bp gc gccontent
  percentagegccontent exoncount exonnumber nexons transcriptlength entrezid
  entrezgeneid entrez ncbigeneid ncbi genetype genebiotype biotype
  transcripttype transcriptbiotype transcriptids source classification
  cytoband band map locus orientation description genedescription function
  annotation definition product go goterms goid kegg pathway family
  genefamily
`));

/** Names of genes beside their ids. */
const GENE_NAMES = words(`
  genename genesymbol symbol hugosymbol hgncsymbol mgisymbol geneshortname
  externalgenename associatedgenename genenames gene symbols name
`);

const GENE_DESCRIPTIONS = words(`
  description genedescription genetitle fullname annotation function definition
  product
`);

/** What counting programs write beside the genes. */
const COUNTER =
  /^(__(no_feature|ambiguous\w*|too_low_aqual|not_aligned|alignment_not_unique)|N_(unmapped|multimapping|noFeature|ambiguous\w*)|Unassigned_\w+)$/i;

/** Whether an id is that of a counter of reads, such as `__no_feature`. */
export const isCounter = (id: string): boolean => COUNTER.test(id);

const rank = (list: readonly string[], name: string) => {
  const found = list.indexOf(plainTitle(name));
  return found < 0 ? Infinity : found;
};

/** How likely a name is that of tissues: 0 most, Infinity not at all. */
export const tissueRank = (name: string): number => rank(TISSUES, name);

/** How likely a name is that of the genes' names. */
export const geneNameRank = (name: string): number => rank(GENE_NAMES, name);

/** How likely a name is that of the genes' descriptions. */
export const descriptionRank = (name: string): number =>
  rank(GENE_DESCRIPTIONS, name);

/** Whether a name is that of sex, donor, batch and the like. */
export const isOtherSampleWord = (name: string): boolean =>
  OTHER_SAMPLE_WORDS.includes(plainTitle(name));

/** Whether a name is that of numbers about samples, such as age. */
export const isSampleNumber = (name: string): boolean =>
  SAMPLE_NUMBERS.has(plainTitle(name));

/** Whether a name is that of a fact about genes, such as their length. */
export const isGeneFact = (name: string): boolean =>
  GENE_FACTS.has(plainTitle(name)) || geneNameRank(name) < Infinity;

/** What the name above ids says that they are. */
export function titleSide(title: string): "genes" | "samples" | undefined {
  const name = plainTitle(title);
  if (GENE_TITLES.has(name)) return "genes";
  return SAMPLE_TITLES.has(name) ? "samples" : undefined;
}

/** Whether a name is that of a row index, which is no id. */
export const isIndexTitle = (title: string): boolean =>
  /^(|unnamed: ?0(_level_0)?|index|x|v1|\.\.\.1|row|rownames?|row\.names)$/i
    .test(title.trim());
