/** Suggests the column that a user may have meant. */

import { nearestName } from "../../cli/nearest_name.ts";
import { quote } from "../../cli/text.ts";

/** A remedy with the known name nearest to the one that a flag gave. */
export function suggestName(
  name: string,
  known: readonly string[],
  flag: string,
): string | undefined {
  const nearest = nearestName(name, known);
  return nearest ? `Did you mean ${flag} ${quote(nearest)}?` : undefined;
}
