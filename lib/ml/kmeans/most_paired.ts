/** The most points whose distances to each other are kept: 128 MiB of them. */
export const MOST_PAIRED = 4096;
