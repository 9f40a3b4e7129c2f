import assert from "node:assert/strict";
import { promoteIds } from "../../../lib/prepare/arrange/promote_ids.ts";
import {
  arrange,
  assertRefused,
  inTurn,
  MAIZE,
  makeRaw,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const ROWS = RUNS.flatMap((run) => MAIZE.map((gene) => ({ run, gene })));
const SAMPLES = ROWS.map(({ run }) => run);
const GENES = ROWS.map(({ gene }) => gene);
const PARTS = ROWS.map(({ run }) => TISSUES[RUNS.indexOf(run)]);

Deno.test("long format: named with the file's own columns in R and Python", () => {
  assertRefused(
    () =>
      arrange(makeRaw({
        title: "sample_id",
        rows: SAMPLES,
        columns: ["length", "tpm", "n"],
        rowTexts: { gene: GENES, tissue: PARTS, gene_type: GENES },
      })),
    /it is in long format, a row for each gene of each sample \(24 rows: 6 samples x 4 genes\), and must be/,
    /tidyr::pivot_wider\(table, id_cols = c\(sample_id, tissue\), names_from = gene, values_from = tpm\); or in Python: table\.pivot\(index=\["sample_id", "tissue"\], columns="gene", values="tpm"\)$/,
  );
});

Deno.test("long format: genes first, odd names, a row index", () => {
  assertRefused(
    () =>
      arrange(makeRaw({
        title: "Gene ID",
        rows: GENES,
        columns: ["level"],
        rowTexts: { "my run": SAMPLES },
      })),
    /long format/,
    /id_cols = `my run`, names_from = `Gene ID`, values_from = level\)/,
  );
  assertRefused(
    () =>
      arrange(promoteIds(makeRaw({
        rows: names("", 24),
        columns: ["value"],
        rowTexts: { who: SAMPLES, what: GENES },
      }))),
    /long format/,
    /id_cols = who, names_from = what, values_from = value\)/,
  );
});

Deno.test("long format: a small matrix is none", () => {
  const { matrix } = arrange(samplesInRows({
    columns: MAIZE.slice(0, 3),
    rowTexts: { tissue: TISSUES, donor: inTurn(["a", "a", "b"], 6) },
  }));
  assert.equal(matrix.genes.length, 3);
});
