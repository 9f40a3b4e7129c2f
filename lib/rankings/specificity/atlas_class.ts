/** Classes of genes by the rules of the Human Protein Atlas. */

/** A gene's class with the tissues that it names. */
export interface AtlasClass {
  readonly class:
    | "enriched"
    | "group"
    | "enhanced"
    | "all"
    | "mixed"
    | "low"
    | "not detected";
  /** Places in the profile, ascending; none for the last four classes. */
  readonly tissues: readonly number[];
}

/** From this value on a gene is detected: made for TPM and its like. */
export const DETECTED = 1;

/**
 * The rule since version 19 of the atlas: enriched, 4 times the value of any
 * other tissue; group, the smallest group of 2 to 5 tissues whose mean is 4
 * times the value of any other; enhanced, tissues of 4 times the mean of the
 * others; else low. A tissue that is named has at least the value 1.
 *
 * @param profile Linear values, one a tissue.
 */
export function atlasClass(profile: ArrayLike<number>): AtlasClass {
  const order = descending(profile);
  if (!(profile[order[0]] >= DETECTED)) return none("not detected");
  const group = smallestGroup(profile, order, 4, 5);
  if (group !== null) return group;
  let sum = 0;
  for (let i = 0; i < profile.length; i++) sum += profile[i];
  const enhanced = order.filter((i) =>
    profile[i] >= DETECTED &&
    profile[i] >= 4 * (sum - profile[i]) / (profile.length - 1)
  );
  return enhanced.length > 0
    ? { class: "enhanced", tissues: sorted(enhanced) }
    : none("low");
}

/**
 * The rule of 2015 (Uhlen et al., doi:10.1126/science.1260419) as TissueEnrich
 * follows it (Jain and Tuteja 2019, doi:10.1093/bioinformatics/bty890):
 * enriched, 5 times the value of any other tissue; group, the smallest of 2 to 7
 * tissues whose mean is 5 times the value of any other; all, detected in all
 * tissues; enhanced, tissues of 5 times the mean of all; else mixed.
 *
 * @param profile Linear values, one a tissue.
 */
export function atlasClass2015(profile: ArrayLike<number>): AtlasClass {
  const order = descending(profile);
  const most = profile[order[0]];
  if (!(most >= DETECTED)) return none("not detected");
  // A group is looked for only among so many tissues.
  const candidates = order
    .filter((i) => profile[i] >= DETECTED && profile[i] >= most / 5).length;
  const group = smallestGroup(
    profile,
    order,
    5,
    candidates <= 7 ? candidates : 1,
  );
  if (group !== null) return group;
  if (order.every((i) => profile[i] >= DETECTED)) return none("all");
  let sum = 0;
  for (let i = 0; i < profile.length; i++) sum += profile[i];
  const enhanced = order.filter((i) =>
    profile[i] >= DETECTED && profile[i] >= 5 * (sum / profile.length)
  );
  return enhanced.length > 0
    ? { class: "enhanced", tissues: sorted(enhanced) }
    : none("mixed");
}

/** The largest tissue alone, or the fewest at most, by `fold`; else null. */
function smallestGroup(
  profile: ArrayLike<number>,
  order: readonly number[],
  fold: number,
  most: number,
): AtlasClass | null {
  let sum = 0;
  for (let size = 1; size <= most && size < order.length; size++) {
    const last = profile[order[size - 1]];
    if (last < DETECTED) break;
    sum += last;
    if (sum / size < fold * profile[order[size]]) continue;
    return {
      class: size === 1 ? "enriched" : "group",
      tissues: sorted(order.slice(0, size)),
    };
  }
  return null;
}

/** Places by value, the largest first. */
function descending(profile: ArrayLike<number>): number[] {
  return Array.from(profile, (_, i) => i)
    .sort((a, b) => profile[b] - profile[a] || a - b);
}

function sorted(places: readonly number[]): number[] {
  return places.toSorted((a, b) => a - b);
}

function none(name: AtlasClass["class"]): AtlasClass {
  return { class: name, tissues: [] };
}
