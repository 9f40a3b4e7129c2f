/** The stage `enrichment`: which terms the first genes of a tissue have more of. */

import type { Values } from "../cli/parameters.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { namedGenes } from "../prepare/match_genes.ts";
import { SHAP } from "../rankings/shap_rankings.ts";
import { enrichmentDeclaration } from "./declaration.ts";
import { dotPages } from "./dot_pages.ts";
import { readLists } from "./lists.ts";
import * as files from "./outputs.ts";
import type { enrichmentParameters } from "./parameters.ts";
import { type ReadAnnotation, readAnnotation } from "./read_annotation.ts";
import * as rows from "./rows.ts";
import { type KnownTails, testTerms } from "./test_terms.ts";

type Context = StageContext<Values<typeof enrichmentParameters>>;

/** Looks for terms in the first genes of each tissue, if any are given. */
export const enrichmentStage = defineStage({
  ...enrichmentDeclaration,
  async run(context: Context) {
    const { gaf, sets, methods, top, similar } = context.parameters;
    if (gaf === "" && sets.length === 0) {
      await context.write(files.summary, { annotation: null });
      return { verdict: "no annotation was given (--enrichment.gaf FILE)" };
    }
    const dataset = await readDataset(context);
    const { genes, tissueNames } = dataset;
    const lists = await readLists(context, dataset, methods, top);
    warnOfShortLists(context, lists);
    const annotation = await readAnnotation(context, namedGenes(dataset));
    const { namespaces } = annotation;

    using progress = context.progress(
      "testing",
      lists.length * tissueNames.length,
      "lists of genes",
    );
    const known: KnownTails = new Map();
    const found = lists.map((ranking) => ({
      ranking,
      tissues: tissueNames.map((tissue) => {
        const list = Array.from(ranking.lists.get(tissue) ?? []);
        const tested = testTerms(namespaces, list, genes.length, {
          convention: context.parameters.convention,
          fewest: context.parameters["min-genes"],
          most: context.parameters["max-genes"],
        }, known);
        progress.advance();
        return rows.judgeTerms(tissue, list, tested, namespaces, similar);
      }),
    }));

    await context.write(
      files.terms,
      found.flatMap(({ ranking, tissues }) =>
        tissues.flatMap((tissue) => rows.termRows(ranking.name, tissue, genes))
      ),
    );
    const summary = summarize(context, annotation, found, genes.length);
    await context.write(files.summary, { annotation: summary });
    const pages = dotPages(found);
    for (const [index, page] of pages.entries()) {
      await context.draw(files.dotsFigure(index + 1), {
        ...page,
        top,
        page: index + 1,
        pages: pages.length,
      });
    }
    return { verdict: formatVerdict(summary) };
  },
});

function summarize(
  { parameters }: Pick<Context, "parameters">,
  { namespaces, ontology, sources }: ReadAnnotation,
  found: readonly rows.JudgedRanking[],
  genes: number,
): files.EnrichmentSummary {
  const fewest = parameters["min-genes"];
  const most = parameters["max-genes"];
  const isAnnotated = new Uint8Array(genes);
  for (const { termsOf } of namespaces) {
    termsOf.forEach((terms, gene) => {
      if (terms.length > 0) isAnnotated[gene] = 1;
    });
  }
  return {
    convention: parameters.convention,
    ontology,
    sources,
    genes,
    annotated: isAnnotated.reduce((sum, flag) => sum + flag, 0),
    namespaces: namespaces.map(({ name, annotated, terms }) => ({
      namespace: name,
      annotated,
      terms: terms.length,
      of_size:
        terms.filter(({ genes, isRoot }) =>
          !isRoot && genes.length >= fewest && genes.length <= most
        ).length,
    })),
    min_genes: fewest,
    max_genes: most,
    top: parameters.top,
    similar: parameters.similar,
    methods: found.map(({ ranking, tissues }) => ({
      method: ranking.name,
      title: ranking.title,
      tissues: tissues.map((tissue) => rows.summarizeTissue(tissue)),
    })),
  };
}

/** Says which lists end before as many genes as are asked for. */
function warnOfShortLists(
  { parameters: { top }, warn }: Pick<Context, "parameters" | "warn">,
  lists: Awaited<ReturnType<typeof readLists>>,
): void {
  for (const { name, title, lists: own } of lists) {
    const longest = Math.max(
      0,
      ...[...own.values()].map(({ length }) => length),
    );
    if (longest >= top) continue;
    warn(
      `The lists of ${title} end after ${countOf(longest, "gene")}, before ` +
        `--enrichment.top, ${withCommas(top)}` +
        (name.startsWith(SHAP) ? "" : " (--genesets.top)"),
    );
  }
}

/** The line for the terminal. */
function formatVerdict({ methods, top }: files.EnrichmentSummary): string {
  const counts = methods.map(({ title, tissues }) => {
    const enriched = tissues.filter(({ enriched }) => enriched > 0).length;
    return `${enriched} of ${tissues.length} by ${title}`;
  });
  return `Tissues with an enriched term among their first ${
    countOf(top, "gene")
  }: ${counts.join(", ")}`;
}
