import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { InputError } from "../../../lib/cli/errors.ts";
import { formats } from "../../../lib/prepare/formats/formats.ts";
import { foreignFormats } from "../../../lib/prepare/formats/foreign.ts";
import { refusal } from "../user_files.ts";
import { htseq, kallisto, salmon, star } from "./quantified/folders.ts";
import { formatNameOf, readContent } from "./read_text.ts";

/** Bytes as latin1 text has them. */
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** The beginning of a zip archive with a file of that name. */
const zip = (name: string, content = "") =>
  bytes(
    `PK\x03\x04\x14\0\0\0\0\0${"\0".repeat(16)}` +
      `${String.fromCharCode(name.length)}\0\0\0${name}${content}`,
  );

/** A tar archive with one file. */
const tar = bytes(
  `counts.csv${"\0".repeat(247)}ustar\x0000${"\0".repeat(300)}`,
);
const rds = bytes("X\n\0\0\0\x03\0\x04\x03\x02\0\x03\x05\0");

type Case = [
  name: string,
  content: string | Uint8Array,
  file: string,
  message: RegExp,
  remedy: RegExp,
];

const cases: Case[] = [
  [
    "xlsx",
    zip("[Content_Types].xml", "PK\x03\x04 xl/workbook.xml"),
    "m.csv",
    /it is an Excel workbook, not a matrix that is read$/,
    /Save it as CSV .*pip install pandas openpyxl.*read_excel.* \S+\/m\.csv \S+\/m\.table\.csv$/,
  ],
  [
    "xlsx",
    zip("docProps/app.xml"),
    "m.xlsx",
    /Excel/,
    /m.xlsx \S+\/m.table.csv$/,
  ],
  [
    "xls",
    bytes("\xd0\xcf\x11\xe0\xa1\xb1"),
    "m.xls",
    /old Excel/,
    /pandas xlrd/,
  ],
  [
    "ods",
    zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    "m.ods",
    /LibreOffice/,
    /CSV/,
  ],
  ["office", zip("word/document.xml"), "m.docx", /text document/, /CSV/],
  ["npz", zip("arr_0.npy"), "m.npz", /NumPy arrays/, /no names of genes/],
  ["npy", bytes("\x93NUMPY\x01\0"), "m.npy", /a NumPy array/, /no names/],
  ["zip", zip("counts.csv"), "m.zip", /a zip archive/, /: unzip \S+m.zip$/],
  [
    "rds",
    gzipSync(rds),
    "m.rds",
    /it is an object saved by R \(RDS\)/,
    /^Rscript -e 'a <- .*readRDS\(a\[1\]\).*' \S+\/m.rds \S+\/m.table.csv$/,
  ],
  ["rds", rds, "m.csv", /RDS/, /Rscript .*m\.csv \S+\/m\.table\.csv$/],
  ["rds", "A\n3\n263168\n", "m", /RDS/, /Rscript/],
  ["rds", bytes("\xfd7zXZ\0\0"), "m.rds", /RDS/, /Rscript/],
  ["rdata", gzipSync(bytes("RDX3\nX\n")), "m.rda", /RData/, /load\(a\[1\]/],
  ["rdata", bytes("BZh91AY"), "m.RData", /RData/, /Rscript/],
  ["feather", bytes("ARROW1\0\0"), "m.feather", /Feather/, /read_feather/],
  ["pickle", bytes("\x80\x04\x95"), "m.pkl", /pickle/, /your own: python3/],
  ["sqlite", bytes("SQLite format 3\0"), "m.db", /SQLite/, /CSV/],
  ["matlab", bytes("MATLAB 5.0 MAT-file, x"), "m.mat", /MATLAB/, /writetable/],
  ["spss", bytes("$FL2@(#) IBM"), "m.sav", /SPSS/, /read_spss/],
  ["stata", "<stata_dta><header>", "m.dta", /Stata/, /read_stata/],
  ["pdf", "%PDF-1.7\n%x", "m.pdf", /PDF/, /numbers/],
  ["picture", bytes("\x89PNG\r\n\x1a\n"), "m.png", /picture/, /numbers/],
  ["tar", gzipSync(tar), "m.tar.gz", /tar archive/, /: tar -xf \S+m.tar.gz$/],
  ["tar", tar, "m.tar", /tar archive/, /the folder in it: tar -xf/],
  ["gzip-twice", gzipSync(gzipSync("a,b")), "m.csv.gz", /in a gzip/, /gunzip/],
  ["bzip2", bytes("BZh91AY&SY"), "m.csv.bz2", /bzip2/, /^bunzip2 -k \S+bz2$/],
  ["xz", bytes("\xfd7zXZ\0\0"), "m.csv.xz", /xz/, /^unxz -k /],
  ["zstd", bytes("\x28\xb5\x2f\xfd\0"), "m.csv.zst", /Zstandard/, /^unzstd /],
  ["7z", bytes("7z\xbc\xaf\x27\x1c\0"), "m.7z", /7z/, /7z x/],
  ["rar", bytes("Rar!\x1a\x07"), "m.rar", /RAR/, /unrar/],
  [
    "git-lfs",
    "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
    "m.csv",
    /it is a pointer of Git LFS, not the file that it points to$/,
    /git lfs pull/,
  ],
  [
    "html",
    "\n<!DOCTYPE html>\n<html><head><title>Sign in</title>",
    "counts.tsv",
    /a web page, not a matrix: a page to log in or an error/,
    /download the file again/,
  ],
  ["html", "<html>", "m.csv.gz", /web page/, /browser/],
  ["download-error", "404: Not Found", "m.csv", /error message/, /Download/],
  ["xml", "<?xml version='1.0'?><Error>", "m.csv", /XML/, /download/],
  ["rtf", "{\\rtf1\\ansi id,g1", "m.txt", /rich text/, /plain text/],
  ["json", '{"a": [1, 2]}', "m.json", /JSON/, /as CSV/],
  ["json", '[{"gene": "a"}]', "m.txt", /JSON/, /as CSV/],
  ["series-matrix", '!Series_title\t"x"\n', "m.txt", /series matrix/, /supple/],
  ["soft", "^DATABASE = GeoMiame\n", "m.soft", /SOFT/, /supplementary/],
  ["gmt", "SET\tna\tg1\tg2\n", "sets.gmt", /gene sets/, /--clusters.sets/],
  [
    "feature-counts-summary",
    "Status\ta.bam\tb.bam\nAssigned\t5\t6\nUnassigned_Unmapped\t0\t0\n",
    "counts.txt.summary",
    /the summary of featureCounts, not its table of genes$/,
    /without .summary$/,
  ],
  [
    "test-results",
    '"","baseMean","log2FoldChange","lfcSE","stat","pvalue","padj"\n' +
    '"g1",5,1,1,1,0.1,0.2\n',
    "deseq2.csv",
    /a table of test results .*, not of the expression of samples$/,
    /matrix that was tested/,
  ],
  [
    "test-results",
    "\tlogFC\tlogCPM\tF\tPValue\tFDR\ng1\t1\t2\t3\t0.1\t0.2\n",
    "edger.tsv",
    /test results/,
    /matrix/,
  ],
  ["bam", gzipSync(bytes("BAM\x01\0\0")), "a.bam", /BAM/, /Quantify/],
  ["cram", bytes("CRAM\x03\0\0"), "a.cram", /CRAM/, /Quantify/],
  ["sam", "@HD\tVN:1.6\n@SQ\tSN:1\tLN:5\n", "a.sam", /SAM/, /Quantify/],
  ["fastq", "@r1\nACGTN\n+\nIIIII\n", "a.fq.gz", /FASTQ/, /Quantify/],
  ["fasta", ">chr1 x\nACGT\nAC\n", "a.fa", /FASTA/, /--input/],
  ["vcf", "##fileformat=VCFv4.2\n#CHROM\n", "a.vcf", /VCF/, /--input/],
  [
    "gtf",
    '#!genome\n1\thavana\tgene\t11869\t14409\t.\t+\t.\tgene_id "g1";\n',
    "a.gtf",
    /GTF/,
    /--input/,
  ],
  ["gtf", "##gff-version 3\n", "a.gff3", /GFF/, /--input/],
  ["bed", "chr1\t10\t20\tx\nchr1\t30\t40\ty\n", "a.bed", /BED/, /--input/],
  [
    "one salmon quant.sf",
    salmon({ t1: [1], t2: [2] }),
    "quant.sf",
    /it is one sample's salmon quant.sf, not a matrix of several samples$/,
    /prepare --input \//,
  ],
  [
    "one kallisto abundance.tsv",
    kallisto({ t1: [1] }),
    "abundance.tsv",
    /kallisto/,
    /--input/,
  ],
  [
    "one STAR ReadsPerGene.out.tab",
    star({ g1: [1, 1, 0] }),
    "aReadsPerGene.out.tab",
    /STAR/,
    /--input/,
  ],
  ["one counts", htseq({ g1: 1, g2: 2 }), "a.txt", /one sample's/, /--input/],
];

for (const [name, content, file, message, remedy] of cases) {
  Deno.test(`${file} of the kind ${name} is named, with the way out`, async () => {
    assert.equal(await formatNameOf(content, file), name);
    await assert.rejects(
      readContent(content, { name: file }),
      refusal(/^Cannot read \S+: it is (an?|the|one) /, /./),
    );
    await assert.rejects(
      readContent(content, { name: file }),
      refusal(message, remedy),
    );
  });
}

Deno.test("every kind has a name of its own, and a case here", () => {
  const names = foreignFormats.map(({ name }) => name);
  const all = [...names, ...formats.map(({ name }) => name)];
  assert.equal(new Set(all).size, all.length);
  const tried = new Set(cases.map(([name]) => name));
  const untried = names.filter((name) => !tried.has(name));
  assert.deepEqual(untried, [
    "bigwig",
    "one salmon quant.genes.sf",
    "one RSEM genes.results",
    "one RSEM isoforms.results",
    "one GDC augmented_star_gene_counts.tsv",
    "one StringTie gene_abund.tab",
    "lz4",
    "compress",
  ]);
});

Deno.test("the folder to give is that of the samples", async () => {
  const path = "/data/run/a/quant.sf";
  const format = foreignFormats.find(({ name }) =>
    name === "one salmon quant.sf"
  )!;
  const remedyOf = async (path: string) => {
    try {
      await format.read({ path }, {});
    } catch (error) {
      assert.ok(error instanceof InputError);
      return error.rerun?.flags.input;
    }
  };
  assert.equal(await remedyOf(path), "/data/run");
  assert.equal(await remedyOf("a/quant.sf"), ".");
  assert.equal(await remedyOf("run/a.quant.sf"), "run");
});

const tables: [string, string][] = [
  ["a table of genes with logFC only", "gene,logFC,S1\ng1,1,2\n"],
  ["a table with BED-like names", "chr\tstart\tend\nchr1\t1\t2\n"],
  ["ids in braces", "{id},g1,g2,tissue\na,1,2,root\n"],
  ["an id that begins with an at sign", "@id\tg1\tg2\na\t1\t2\n"],
  ["two columns", "id\tS1\ng1\t1\ng2\t2\n"],
  ["html in a cell", "id,<html>,g2\na,1,2\n"],
  ["PK as an id", "PK,g1,g2\na,1,2\n"],
  ["BZh as an id", "sample,BZh1,g2\na,1,2\n"],
];

for (const [what, content] of tables) {
  Deno.test(`${what} is not taken for another kind of file`, async () =>
    assert.equal(await formatNameOf(content), "delimited-text"));
}
