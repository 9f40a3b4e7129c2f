/**
 * The kinds of random gene sets that a gene set is compared with. A new one
 * is a file of its own and one line here.
 */

import { matchedNull } from "./matched.ts";
import type { NullModel } from "./null_model.ts";
import { uniformNull } from "./uniform.ts";

/** All null models; that of the original study comes first. */
export const nullModels: readonly NullModel[] = [uniformNull, matchedNull];
