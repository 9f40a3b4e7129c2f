/** Looking for terms in lists of genes, compared with goatools. */

import { countOf } from "../../lib/cli/text.ts";
import type { EnrichTask } from "../ours/enrich.ts";
import { type Benchmark, SideFailure, type Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";

/** Files of the maize annotation in the folder that `--annotation` names. */
const FILES = {
  obo: "go-2019-01.obo.gz",
  gaf: "maize.B73.AGPv4.aggregate.gaf.gz",
} as const;

/** Genes of a list. */
const LISTED = 100;
/** Lists: three rankings of twelve tissues, and a quick try. */
const LISTS = { full: 36, quick: 2 } as const;

/**
 * The row of the enrichment.
 *
 * @param folder Holds the ontology and the annotation.
 */
export function enrichment(
  workspace: Workspace,
  folder: string,
  quick: boolean,
): Benchmark {
  const { scratch } = workspace;
  const task: EnrichTask = {
    obo: `${scratch}/go.obo`,
    gaf: `${scratch}/maize.gaf`,
    lists: quick ? LISTS.quick : LISTS.full,
    listed: LISTED,
  };
  return {
    rows: [{
      id: "enrichment",
      title: `Terms of ${countOf(task.lists, "list")} of ${LISTED} maize genes`,
      timed:
        "From the unpacked files of the Gene Ontology (47,347 terms) and " +
        "of 450,632 annotations to all p-values: annotations carried up over " +
        "is_a and part_of, Fisher's two-sided test of every term, Benjamini " +
        "and Hochberg over all of them. The dates of the " +
        "annotations, which goatools refuses, were replaced. The start of the " +
        "programs is not " +
        "timed. The files are in the disk cache. One thread each.",
      ours: {
        name: "this suite",
        scale: 1,
        run: () => runOurs(workspace, "enrich.ts", task),
      },
      peer: {
        name: "goatools",
        scale: 1,
        run: () => runPeer(workspace, "enrich.py", task),
      },
      goal: { ratio: 0.3 },
    }],
    async prepare() {
      await Deno.mkdir(scratch, { recursive: true });
      await unpack(`${folder}/${FILES.obo}`, task.obo);
      // goatools refuses the file for dates such as 20175230.
      await unpack(
        `${folder}/${FILES.gaf}`,
        task.gaf,
        (text) => text.replaceAll(/\t\d{8}\t/g, "\t20170101\t"),
      );
    },
  };
}

/** Unpacks a file into the scratch folder, and so into the disk cache. */
async function unpack(
  from: string,
  to: string,
  change = (text: string) => text,
): Promise<void> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(from);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new SideFailure(
      `${from} does not exist; --annotation names its folder`,
    );
  }
  const unpacked = file.readable.pipeThrough(new DecompressionStream("gzip"));
  await Deno.writeTextFile(to, change(await new Response(unpacked).text()));
}
