/** What is known of an open compute backend. */

import type { BackendName } from "./backend_names.ts";

/** An open compute backend. */
export interface Backend {
  /** Its name in tfjs. */
  name: BackendName;
  /** One line for reports: the library, its version and the adapter. */
  description: string;
  /** Whether equal inputs give equal bits on every machine. */
  deterministic: boolean;
  /** The largest tensor that can be used safely, in bytes. */
  maxBufferBytes: number;
}
