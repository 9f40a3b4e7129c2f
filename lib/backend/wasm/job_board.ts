/**
 * The piece of shared memory over which a team of threads parts a job.
 *
 * One thread posts a job of some pieces; every thread, the posting one too,
 * takes pieces until none is left. What a job is stays unchanged until its
 * last piece is done, so whoever has taken a piece may read it.
 */

/** Pieces of one job at most. */
export const MOST_PIECES = 4095;
/** Arguments of one piece at most. */
const MOST_ARGUMENTS = 24;

/** Places in the head of the board. */
const JOB = 0;
/** The job's number times 4096, plus the pieces that nobody has taken. */
const OPEN = 1;
const DONE = 2;
const PIECES = 3;
const ARGUMENTS = 4;
const KERNEL = 5;
const FAILED = 6;
const OVER = 7;
const HEAD = 16;

/** Looks at the board this often before going to sleep. */
const GLANCES = 2000;

/** A piece that a thread has taken. */
export interface Piece {
  /** Which kernel, as a number. */
  readonly kernel: number;
  readonly arguments: number[];
}

/** One team's board; every thread makes its own over the same memory. */
export class JobBoard {
  readonly #head: Int32Array;
  readonly #arguments: Float64Array;

  /** @param memory as from `JobBoard.memory`. */
  constructor(memory: SharedArrayBuffer) {
    this.#head = new Int32Array(memory, 0, HEAD);
    this.#arguments = new Float64Array(memory, HEAD * 4);
  }

  /** Memory for a new board. */
  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD * 4 + MOST_PIECES * MOST_ARGUMENTS * 8);
  }

  /** Posts a job; the one before must be done. */
  post(kernel: number, pieces: readonly (readonly number[])[]): void {
    const head = this.#head;
    const width = pieces[0].length;
    if (pieces.length > MOST_PIECES || width > MOST_ARGUMENTS) {
      throw new RangeError(
        `Cannot post a job of ${pieces.length} pieces of ${width} arguments: ` +
          `there is room for ${MOST_PIECES} of ${MOST_ARGUMENTS}`,
      );
    }
    pieces.forEach((piece, at) => this.#arguments.set(piece, at * width));
    head[DONE] = 0;
    head[PIECES] = pieces.length;
    head[ARGUMENTS] = width;
    head[KERNEL] = kernel;
    head[FAILED] = 0;
    const job = (head[JOB] + 1) % 2 ** 18;
    Atomics.store(head, OPEN, job * 4096 + pieces.length);
    Atomics.store(head, JOB, job);
    Atomics.notify(head, JOB);
  }

  /** The number of the job that was posted last. */
  get job(): number {
    return Atomics.load(this.#head, JOB);
  }

  /** Takes a piece of a job; undefined when none is left or it is over. */
  take(job: number): Piece | undefined {
    const head = this.#head;
    for (;;) {
      const open = Atomics.load(head, OPEN);
      const left = open % 4096;
      if ((open - left) / 4096 !== job || left === 0) return undefined;
      if (Atomics.compareExchange(head, OPEN, open, open - 1) !== open) {
        continue;
      }
      const start = (head[PIECES] - left) * head[ARGUMENTS];
      return {
        kernel: head[KERNEL],
        arguments: Array.from(
          this.#arguments.subarray(start, start + head[ARGUMENTS]),
        ),
      };
    }
  }

  /** Reports a piece done, or failed: either way nobody waits for it. */
  report(succeeded: boolean): void {
    const head = this.#head;
    if (!succeeded) Atomics.store(head, FAILED, 1);
    if (Atomics.add(head, DONE, 1) + 1 === head[PIECES]) {
      Atomics.notify(head, DONE);
    }
  }

  /** Waits until all pieces are done; false if one of them failed. */
  finish(): boolean {
    const head = this.#head;
    for (let glance = 0;; glance++) {
      const done = Atomics.load(head, DONE);
      if (done === head[PIECES]) return Atomics.load(head, FAILED) === 0;
      if (glance >= GLANCES) Atomics.wait(head, DONE, done);
    }
  }

  /** Sends everyone home who waits for a job. */
  close(): void {
    const head = this.#head;
    Atomics.store(head, OVER, 1);
    Atomics.add(head, JOB, 1);
    Atomics.notify(head, JOB);
  }

  /**
   * Waits for the job after that one and gives its number; undefined when
   * there will be none.
   */
  next(job: number): number | undefined {
    for (let glance = 0;; glance++) {
      const now = this.job;
      if (Atomics.load(this.#head, OVER) === 1) return undefined;
      if (now !== job) return now;
      if (glance >= GLANCES) Atomics.wait(this.#head, JOB, job);
    }
  }
}
