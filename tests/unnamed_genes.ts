/** Genes without names, as most matrices have them. */

export const unnamed = (genes: readonly string[]) =>
  genes.map((gene) => ({ gene, name: null }));

export const noFacts = (genes: readonly unknown[]) =>
  genes.map(() => ({ name: null, description: null }));
