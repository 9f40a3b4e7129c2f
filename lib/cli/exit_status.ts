/** Exit statuses: done, failed while running, bad usage or bad input. */
export const DONE = 0, FAILED = 1, BAD_INPUT = 2;
