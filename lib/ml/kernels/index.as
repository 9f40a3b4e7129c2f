// The exports of kernels.wasm, besides its memory.

export { addDotProducts, packPanels } from "./dot_products";
export { searchClusters, searchScratch } from "./kmeans";
export { layOut } from "./lay_out";
export { squareDistances } from "./pairwise_lloyd";
export { setRandomState } from "./random";
export { decomposeSymmetric } from "./symmetric_eigen";
