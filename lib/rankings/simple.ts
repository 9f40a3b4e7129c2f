/** Which rankings are made without the networks. */

import { isOfNetwork } from "./attributions.ts";
import { RANK_CONSENSUS } from "./consensus/names.ts";
import { CONSENSUS, SHAP } from "./shap_rankings.ts";

/** SHAP's own, and the ones in which it votes. */
const OF_NETWORKS: readonly string[] = [SHAP, CONSENSUS, RANK_CONSENSUS];

/**
 * Whether a ranking is made without the networks: what SHAP is compared with
 * where the report says "the best simple ranking".
 *
 * @param name The ranking's name.
 */
export function isSimple(name: string): boolean {
  return !OF_NETWORKS.includes(name) && !isOfNetwork(name);
}
