// The exports of kernels.wasm, besides its memory.

export { addDotProducts, packPanels } from "./dot_products";
