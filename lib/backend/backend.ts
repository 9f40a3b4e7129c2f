/** An open compute backend. */
export interface Backend {
  /** The name that tfjs has for it. */
  name: "webgpu" | "wasm" | "cpu";
  /** One line for reports: the adapter, or the library and its version. */
  description: string;
  /** Whether equal inputs give equal bits on every machine. */
  deterministic: boolean;
  /** Size of the largest safe tensor, in bytes. */
  maxBufferBytes: number;
}
