/** What a gene is called where people read it: by its name, if it has one. */

/** A gene by its id, and by its name if one is known. */
export interface NamedGene {
  readonly gene: string;
  readonly name: string | null;
}

/** Characters of a longer name that are shown. */
const LONGEST = 40;

/** A gene's name with its id in brackets, or the id alone. */
export function geneLabel(id: string, name: string | null): string {
  return name === null || name === id ? id : `${name} (${id})`;
}

/**
 * Labels of genes that are shown together: the name alone where no other of
 * these genes can be meant, else with the id. Names are cut after 40
 * characters. No two genes have the same label.
 *
 * @param genes May hold a gene several times.
 * @returns Each gene's label by its id.
 */
export function labelGenes(
  genes: readonly NamedGene[],
): ReadonlyMap<string, string> {
  const nameOf = new Map(
    genes.map(({ gene, name }) => [gene, name === null ? null : cut(name)]),
  );
  const timesUsed = new Map<string, number>();
  for (const [id, name] of nameOf) {
    // A name may be the id of another gene.
    for (const text of new Set([id, name ?? id])) {
      timesUsed.set(text, (timesUsed.get(text) ?? 0) + 1);
    }
  }
  const labels = new Map(
    Array.from(nameOf, ([id, name]) => [
      id,
      name !== null && timesUsed.get(name) === 1 ? name : geneLabel(id, name),
    ]),
  );
  // A name may look like another gene's name and id.
  return new Set(labels.values()).size === labels.size
    ? labels
    : new Map(Array.from(labels, ([id]) => [id, id]));
}

function cut(name: string): string {
  const characters = Array.from(name.slice(0, 2 * LONGEST + 2));
  return characters.length <= LONGEST
    ? name
    : `${characters.slice(0, LONGEST).join("").trimEnd()}…`;
}
