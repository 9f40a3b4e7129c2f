import {
  arrange,
  assertRefused,
  genesInRows,
  makeSheet,
  names,
  samplesInRows,
} from "./raw_fixture.ts";

const SAMPLES = names("S", 5, 2);
const sheet = makeSheet("columns", { tissue: ["a", "b", "a", "b", "a"] });
/** The values of a first sample, which stand where ids should. */
const VALUES = ["4.1429", "0", "12.5", "3.7", "0", "1e-05"];
const REMEDY =
  /in R write\.csv\(m\) .* pandas to_csv with index=True; if the numbers are ids, call their column sample_id or gene_id$/;

Deno.test("missing ids: the first sample is not taken for the genes", () => {
  const given = { title: "S1", columns: SAMPLES };
  assertRefused(
    () => arrange(genesInRows({ ...given, rows: VALUES }), { sheet }),
    /its first column, 'S1', holds numbers \('4\.1429', '0', \.\.\.\) and no ids: the ids of the rows are missing$/,
    REMEDY,
  );
  // Counts, of which some or none are equal.
  for (const rows of [["7", "0", "0", "3"], ["7", "0", "12", "3"]]) {
    assertRefused(
      () => arrange(genesInRows({ ...given, rows }), { sheet }),
      /'S1', holds numbers \('7', '0', \.\.\.\)/,
      REMEDY,
    );
  }
});

Deno.test("missing ids: a sample of the sheet stands above the numbers", () => {
  const given = genesInRows({
    title: "early",
    columns: ["late", "mid x", "leaf-2", "b", "c"],
    rows: ["7", "10", "12", "3"],
  });
  arrange(given, { sheet });
  assertRefused(
    () => arrange(given, { sheet: { ...sheet, hasRowTitle: true } }),
    /'early', holds numbers/,
    REMEDY,
  );
});

Deno.test("missing ids: the first gene is not taken for the samples", () => {
  for (
    const rows of [VALUES, ["7", "0", "0", "3", "0", "1"], names("", 6, 100)]
  ) {
    assertRefused(
      () => arrange(samplesInRows({ title: "Zm00001d00000", rows })),
      /its first column, 'Zm00001d00000', holds numbers/,
      REMEDY,
    );
  }
});

Deno.test("missing ids: numbers may be ids", () => {
  const entrez = names("", 4, 7157);
  for (const title of ["", "GeneID", "entrez", "probe", "my genes"]) {
    arrange(
      genesInRows({ title, rows: entrez, columns: SAMPLES }),
      { sheet },
    );
  }
  // Replicates of numbered samples, and of those that the sheet has.
  const rows = ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"];
  for (const title of ["sample_id", "", "Sample.ID"]) {
    arrange(samplesInRows({ title, rows }));
  }
  arrange(samplesInRows({ title: "clone", rows, rowTexts: {} }), {
    sheet: makeSheet("rows", { tissue: ["a", "b", "a", "b", "a", "b"] }),
  });
});
