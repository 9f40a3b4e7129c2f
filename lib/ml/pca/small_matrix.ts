/** Up to this size all eigenvalues are found as fast as some. */
export const SMALL_MATRIX = 800;
