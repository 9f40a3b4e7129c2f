/**
 * The kinds of random gene sets that the SHAP set is compared with. A new one
 * is a file of its own and one line here.
 */

import { matchedNull } from "./matched_null.ts";
import type { NullKind } from "./null_kind.ts";
import { uniformNull } from "./uniform_null.ts";

/** All kinds; the study's own comes first. */
export const nullKinds: readonly NullKind[] = [uniformNull, matchedNull];
