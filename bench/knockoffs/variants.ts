/** What is tried. */

import type { TissueForm } from "./forms.ts";

export const statistics = ["limma", "ridge", "networks"] as const;

/** A form of knockoffs. */
export interface Form {
  readonly id: string;
  readonly title: string;
  /** Null for the suite's, which do not know the tissues. */
  readonly made: TissueForm | null;
  /** Whether networks are trained, too, which takes a minute each. */
  readonly networks: boolean;
}

/** In the order of the page. */
export const forms: readonly Form[] = [
  { id: "ipad", title: "all factors (IPAD)", made: null, networks: true },
  {
    id: "noise",
    title: "nothing but the mean",
    made: { design: "tissue", hasFactors: false },
    networks: false,
  },
  {
    id: "within",
    title: "factors within tissues",
    made: { design: "tissue", hasFactors: true },
    networks: false,
  },
  {
    id: "study",
    title: "studies, and factors within tissues",
    made: { design: "tissue + study", hasFactors: true },
    networks: true,
  },
];
