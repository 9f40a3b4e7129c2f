import type { StageRecord } from "../../store/record.ts";

/**
 * The backend that did a stage's arithmetic, whatever was asked for. On all
 * but WebGPU the same command gives the same bytes.
 *
 * @returns null if the stage needs none.
 */
export function backendOf(
  { backend }: Pick<StageRecord, "backend">,
): "webgpu" | "wasm" | "cpu" | null {
  if (backend === null) return null;
  if (backend.startsWith("tfjs-backend-wasm ")) return "wasm";
  if (backend.startsWith("tfjs-backend-cpu ")) return "cpu";
  return "webgpu"; // It is called by the name of the graphics card.
}
