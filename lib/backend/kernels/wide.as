// Whether V8 joins pairs of 128-bit instructions into 256-bit ones.

/** 1 if so, else 0: wider tiles are then faster. The results are the same. */
@external("env", "wide")
export declare const WIDE: i32;
