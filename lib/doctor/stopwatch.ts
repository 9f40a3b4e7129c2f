/** Times short pieces of work. */

/** A result, and the seconds that it took. */
export async function seconds<Result>(
  work: () => Result | Promise<Result>,
): Promise<readonly [Result, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

/** How often work is repeated. */
export interface Repetition {
  /** Seconds after which it is not done again; it is done at least once. */
  readonly least: number;
  /** How often it is done before it is timed; default once. */
  readonly warmUps?: number;
  /** How often it is done at most: as often as the run itself would. */
  readonly most?: number;
}

/** The mean seconds of some work, done again and again. */
export async function timeRepeatedly(
  work: () => unknown,
  { least, warmUps = 1, most = Infinity }: Repetition,
): Promise<number> {
  for (let index = 0; index < warmUps; index++) await work();
  const start = performance.now();
  let times = 0;
  let elapsed: number;
  do {
    await work();
    times++;
    elapsed = (performance.now() - start) / 1000;
  } while (elapsed < least && times < most);
  return elapsed / times;
}
