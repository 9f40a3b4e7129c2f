/** The options of the simulation, completed and checked. */

import { InputError, rerun } from "../cli/errors.ts";
import type { Values } from "../cli/parameters.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { STUDIES_PER_TISSUE } from "./design.ts";
import { moduleSize } from "./module_size.ts";
import { simulateParameters } from "./parameters.ts";
import { countPlanted, type PlantedCounts } from "./planted_counts.ts";
import { checkSize } from "./size_limit.ts";

type Options = Values<typeof simulateParameters>;

/** Genes per planted gene at the least: most genes should tell nothing. */
const GENES_PER_PLANTED = 1.5;
/** In two tissues, lower in one means higher in the other. */
const TISSUES_FOR_GROUPS = 3;

/** What is simulated. */
export interface CheckedOptions {
  readonly options: Options;
  readonly counts: PlantedCounts;
}

/**
 * Fills in the defaults and what `auto` stands for.
 *
 * @throws {InputError} If there are too few samples, genes, tissues or studies
 * for what is asked, or the demo would be too large.
 */
export function checkOptions(given: Partial<Options>): CheckedOptions {
  const defaults = Object.fromEntries(
    Object.entries(simulateParameters)
      .map(([name, parameter]) => [name, parameter.default]),
  ) as Options;
  const options = { ...defaults, ...given };
  const { samples, genes, tissues, studies, planted, modules } = options;
  const fewest = STUDIES_PER_TISSUE * tissues;
  if (samples < fewest) {
    throw new InputError(
      `Cannot simulate ${samples} samples of ${tissues} tissues: there must ` +
        `be at least ${STUDIES_PER_TISSUE} per tissue, ${fewest}`,
      rerun("simulate", { samples: fewest }),
    );
  }
  checkSize(options);
  const hasGroups = tissues >= TISSUES_FOR_GROUPS;
  const choose = (
    name: "down" | "group-enriched" | "study-biased",
    possible: boolean,
    automatic: number,
    needs: string,
  ) => {
    const asked = options[name];
    if (asked === "auto") return possible ? Math.round(automatic) : 0;
    if (asked > 0 && !possible) {
      throw new InputError(
        `Cannot plant ${
          countOf(asked, "gene")
        } of --simulate.${name}: ${needs}`,
        rerun("simulate", { [name]: 0 }),
      );
    }
    return asked;
  };
  const twoTissues = `there must be at least ${TISSUES_FOR_GROUPS} tissues, ` +
    `not ${tissues}`;
  const counts: PlantedCounts = {
    specific: planted,
    down: choose("down", hasGroups, planted / 3, twoTissues),
    group: choose("group-enriched", hasGroups, planted * 4 / 3, twoTissues),
    study: choose(
      "study-biased",
      studies > 1,
      planted,
      `there must be at least 2 studies, not ${studies}`,
    ),
  };
  const all = countPlanted(counts, tissues);
  const needed = Math.ceil(GENES_PER_PLANTED * all);
  if (genes < needed) {
    throw new InputError(
      `Cannot plant ${withCommas(all)} genes (for each of ${tissues} tissues ` +
        `${counts.specific} up and ${counts.down} down, ${counts.group} up ` +
        `in several and ${counts.study} of one study): there must be at ` +
        `least ${withCommas(needed)} genes, not ${withCommas(genes)}`,
      rerun("simulate", { genes: needed }),
    );
  }
  const size = moduleSize(genes);
  if (modules * size > genes) {
    throw new InputError(
      `Cannot draw ${withCommas(modules)} modules of ${size} genes: there ` +
        `are only ${withCommas(genes)} genes`,
      rerun("simulate", { modules: Math.floor(genes / size) }),
    );
  }
  return { options, counts };
}
