/**
 * A made-up format, to show that one file and one line in a list are enough:
 *
 *     triplets
 *     a g2 1.5
 *     b g1 3
 *
 * Each line has a sample, a gene and a number; what is not there is 0.
 */

import type { Format } from "../../../lib/prepare/formats/format.ts";
import { openBytes } from "../../../lib/prepare/input/file_stream.ts";
import { GrowableMatrix } from "../../../lib/prepare/input/growable_matrix.ts";
import { unreadable } from "../../../lib/prepare/input/unreadable.ts";

export const triplets: Format = {
  name: "triplets",
  title: "triplets",
  extensions: [".triplets"],
  recognizes: ({ text }) => text.startsWith("triplets\n"),
  async read(source) {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of openBytes(source)) {
      text += decoder.decode(chunk, { stream: true });
    }
    const [first, ...lines] = text.trimEnd().split("\n");
    if (first !== "triplets" || lines.length === 0) {
      throw unreadable(source.path, "it should begin with the line triplets");
    }
    const cells = lines.map((line) => line.split(" "));
    const samples = [...new Set(cells.map(([sample]) => sample))];
    const genes = [...new Set(cells.map(([, gene]) => gene))];
    const values = new GrowableMatrix(genes.length);
    samples.forEach(() => values.add());
    for (const [sample, gene, value] of cells) {
      values.row(samples.indexOf(sample))[genes.indexOf(gene)] = Number(value);
    }
    return {
      format: "triplets",
      genesIn: "columns",
      rows: {
        title: "sample",
        ids: samples,
        annotations: [],
        locate: (index) => `sample ${index + 1}`,
      },
      columns: {
        title: "gene",
        ids: genes,
        annotations: [],
        locate: (index) => `gene ${index + 1}`,
      },
      values,
      faults: [],
      notes: [],
    };
  },
};
