// The exports of kernels.wasm, besides its memory.

export { addDotProducts, packPanels } from "./dot_products";
export { layOut } from "./lay_out";
export { setRandomState } from "./random";
