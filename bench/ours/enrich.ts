/** Looks for terms in lists of genes as the stage `enrichment` does. */

import { annotateByGaf } from "../../lib/enrichment/annotation.ts";
import { readGaf } from "../../lib/enrichment/files/gaf.ts";
import { readObo } from "../../lib/enrichment/files/obo.ts";
import { makeOntology } from "../../lib/enrichment/ontology.ts";
import { type KnownTails, testTerms } from "../../lib/enrichment/test_terms.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** The lists to look at. */
export interface EnrichTask {
  readonly obo: string;
  readonly gaf: string;
  /** Lists, and genes in each. */
  readonly lists: number;
  readonly listed: number;
}

await reportMeasurement(async ({ obo, gaf, lists, listed }: EnrichTask) => {
  const start = performance.now();
  const ontology = makeOntology(await readObo(obo), "part_of", obo);
  const read = await readGaf(gaf);
  // All genes of the file, in the order of their ids, are the matrix's.
  const genes = read.objects.map(({ id }) => id).sort();
  const { namespaces } = annotateByGaf(
    read,
    ontology,
    genes.map((gene) => ({ gene, name: null })),
    gaf,
  );
  const known: KnownTails = new Map();
  let [terms, significant, logs] = [0, 0, 0];
  for (let list = 0; list < lists; list++) {
    const first = 997 * list;
    const found = testTerms(
      namespaces,
      Array.from(
        { length: listed },
        (_, at) => (first + at) % genes.length,
      ),
      genes.length,
      { convention: "goatools", fewest: 1, most: genes.length },
      known,
    );
    terms += found.length;
    significant += found.filter(({ adjusted }) => adjusted < 0.05).length;
    logs += found.reduce((sum, { p }) => sum - Math.log10(p), 0);
  }
  return {
    seconds: secondsSince(start),
    facts: {
      "terms with a gene of a list": terms,
      "significant terms": significant,
      "sum of -log10 p": Math.round(1e6 * logs) / 1e6,
    },
  };
});
