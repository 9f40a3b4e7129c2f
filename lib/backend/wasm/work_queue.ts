/**
 * The chunk of shared memory over which a team of threads parts a job.
 *
 * One thread posts a job of some chunks; every thread, the posting one too,
 * takes chunks until none is left. What a job is stays unchanged until its
 * last chunk is done, so whoever has taken a chunk may read it.
 */

/** Pieces of one job at most. */
export const MOST_PIECES = 4095;
/** Arguments of one chunk at most. */
const MOST_ARGUMENTS = 24;

/** Places in the head of the board. */
const JOB = 0;
/** The job's number times 4096, plus the chunks that nobody has taken. */
const OPEN = 1;
const DONE = 2;
const CHUNKS = 3;
const ARGUMENTS = 4;
const KERNEL = 5;
const FAILED = 6;
const OVER = 7;
/** 1 when a thread has ended that should not have. */
const GONE = 8;
/** Bytes of the text on what failed first. */
const WORDS = 9;
const HEAD = 16;

/** Bytes of the head, of the arguments behind it, and of the text at the end. */
const HEAD_BYTES = HEAD * 4;
const ARGUMENTS_BYTES = MOST_PIECES * MOST_ARGUMENTS * 8;
const TEXT_BYTES = 1024;

/**
 * Seconds without a finished chunk after which the one that waits gives up. A
 * chunk takes milliseconds, seconds at the very most.
 */
const PATIENCE = 120;

/**
 * Milliseconds that one wait may take. Time is counted in waits that have run
 * out, so that a process that was stopped for an hour does not lose its
 * patience when it goes on.
 */
const WAIT = 1000;

/** Looks at the board this often before going to sleep. */
const SPINS = 2000;

/** A chunk that a thread has taken. */
export interface Piece {
  /** Which kernel, as a number. */
  readonly kernel: number;
  readonly arguments: number[];
}

/** One team's board; every thread makes its own over the same memory. */
export class WorkQueue {
  readonly #head: Int32Array;
  readonly #arguments: Float64Array;
  readonly #text: Uint8Array;

  /**
   * @param memory as from `WorkQueue.memory`.
   * @param patience seconds without a finished chunk after which `finish`
   *   gives up.
   */
  constructor(memory: SharedArrayBuffer, readonly patience = PATIENCE) {
    this.#head = new Int32Array(memory, 0, HEAD);
    this.#arguments = new Float64Array(
      memory,
      HEAD_BYTES,
      ARGUMENTS_BYTES / 8,
    );
    this.#text = new Uint8Array(memory, HEAD_BYTES + ARGUMENTS_BYTES);
  }

  /** Memory for a new board. */
  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD_BYTES + ARGUMENTS_BYTES + TEXT_BYTES);
  }

  /**
   * Posts a job; the one before must be done.
   *
   * @throws {Error} when a thread has ended.
   */
  post(kernel: number, chunks: readonly (readonly number[])[]): void {
    this.#checkWhole();
    const head = this.#head;
    const width = chunks[0].length;
    if (chunks.length > MOST_PIECES || width > MOST_ARGUMENTS) {
      throw new RangeError(
        `Cannot post a job of ${chunks.length} chunks of ${width} arguments: ` +
          `there is room for ${MOST_PIECES} of ${MOST_ARGUMENTS}`,
      );
    }
    chunks.forEach((chunk, at) => this.#arguments.set(chunk, at * width));
    head[DONE] = 0;
    head[CHUNKS] = chunks.length;
    head[ARGUMENTS] = width;
    head[KERNEL] = kernel;
    head[FAILED] = 0;
    head[WORDS] = 0;
    const job = (head[JOB] + 1) % 2 ** 18;
    Atomics.store(head, OPEN, job * 4096 + chunks.length);
    Atomics.store(head, JOB, job);
    Atomics.notify(head, JOB);
  }

  /** The number of the job that was posted last. */
  get job(): number {
    return Atomics.load(this.#head, JOB);
  }

  /** Takes a chunk of a job; undefined when none is left or it is over. */
  take(job: number): Piece | undefined {
    const head = this.#head;
    for (;;) {
      const open = Atomics.load(head, OPEN);
      const left = open % 4096;
      if ((open - left) / 4096 !== job || left === 0) return undefined;
      if (Atomics.compareExchange(head, OPEN, open, open - 1) !== open) {
        continue;
      }
      const start = (head[CHUNKS] - left) * head[ARGUMENTS];
      return {
        kernel: head[KERNEL],
        arguments: Array.from(
          this.#arguments.subarray(start, start + head[ARGUMENTS]),
        ),
      };
    }
  }

  /**
   * Reports a chunk done or failed: either way nobody waits for it.
   *
   * @param failure why it failed; undefined when it is done.
   */
  report(failure?: string): void {
    const head = this.#head;
    if (failure !== undefined) this.#tell(failure);
    if (Atomics.add(head, DONE, 1) + 1 === head[CHUNKS]) {
      Atomics.notify(head, DONE);
    }
  }

  /** Says that a thread ends, and perhaps a chunk with it. */
  leave(reason: string): void {
    this.#tell(reason);
    Atomics.store(this.#head, GONE, 1);
    Atomics.notify(this.#head, DONE);
  }

  /**
   * Waits until all chunks are done.
   *
   * @returns why the first chunk failed that did; undefined when none did.
   * @throws {Error} when a thread has ended, or has not given its chunk back
   *   for so long that it must have. Some chunk is not done then, and nothing
   *   is to be expected of this board any more.
   */
  finish(): string | undefined {
    const head = this.#head;
    const waits = Math.ceil(this.patience * 1000 / WAIT);
    const wait = this.patience * 1000 / waits;
    let last = -1;
    for (let glance = 0, silent = 0;; glance++) {
      const done = Atomics.load(head, DONE);
      this.#checkWhole();
      if (done === head[CHUNKS]) return this.#failure();
      if (glance < SPINS) continue;
      if (done !== last) silent = 0;
      last = done;
      const isSilent = Atomics.wait(head, DONE, done, wait) === "timed-out";
      if (isSilent && ++silent === waits) {
        throw new Error(
          `a thread has not finished its chunk for ${this.patience} seconds`,
        );
      }
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
      if (glance >= SPINS) Atomics.wait(this.#head, JOB, job);
    }
  }

  /** @throws {Error} when a thread has ended that should not have. */
  #checkWhole(): void {
    if (Atomics.load(this.#head, GONE) === 0) return;
    throw new Error(`a thread has ended: ${this.#failure()}`);
  }

  /** Keeps the text of the first failure of a job. */
  #tell(failure: string): void {
    const head = this.#head;
    if (Atomics.compareExchange(head, FAILED, 0, 1) !== 0) return;
    const bytes = new TextEncoder().encode(failure).subarray(0, TEXT_BYTES);
    this.#text.set(bytes);
    Atomics.store(head, WORDS, bytes.length);
  }

  /** What the first failure of this job was; undefined without one. */
  #failure(): string | undefined {
    if (Atomics.load(this.#head, FAILED) === 0) return undefined;
    const bytes = this.#text.slice(0, Atomics.load(this.#head, WORDS));
    return new TextDecoder().decode(bytes) || "an error without a message";
  }
}
