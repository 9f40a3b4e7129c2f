/**
 * A made-up format, to show that one file and one line in a list are enough:
 *
 *     genes g1 g2
 *     sample a root
 *     a g2 1.5
 *
 * Genes and samples are named first; their values follow in any order.
 */

import type { Format } from "../../../lib/prepare/formats/format.ts";
import { openBytes } from "../../../lib/prepare/input/file_stream.ts";

export const triplets: Format = {
  name: "triplets",
  title: "triplets",
  extensions: [".triplets"],
  async read(source, sink) {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of openBytes(source)) {
      text += decoder.decode(chunk, { stream: true });
    }
    text.split("\n").forEach((row, index) => {
      if (row === "") return;
      const line = index + 1;
      const [first, second, third] = row.split(" ");
      if (first === "genes") {
        sink.header({ genes: row.split(" ").slice(1), label: "tissue" });
      } else if (first === "sample") {
        sink.sample(second, third, line);
      } else {
        sink.value(first, second, Number(third), line);
      }
    });
  },
};
