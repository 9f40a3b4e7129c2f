/** The default draws of the stage `shap`. */

import type { DrawRules } from "../../lib/shap/draws.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";

export const ownRules: DrawRules = {
  alphas: shapParameters.alphas.default,
  backgrounds: shapParameters.backgrounds.default,
  control: shapParameters.control.default,
};
