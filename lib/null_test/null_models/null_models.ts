/**
 * The kinds of random gene sets that the SHAP set is compared with. A new one
 * is a file of its own and one line here.
 */

import { matchedNull } from "./matched.ts";
import type { NullModel } from "./null_model.ts";
import { uniformNull } from "./uniform.ts";

/** All kinds; the study's own comes first. */
export const nullModels: readonly NullModel[] = [uniformNull, matchedNull];
