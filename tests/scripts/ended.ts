/** Waits for commands that tests have started, but not for ever. */

/** As long as no command of the tests takes, on a loaded machine. */
const LIMIT_SECONDS = 300;

/**
 * What a command said and how it ended. One that does not end is killed, and
 * the test fails with what its threads were doing, instead of waiting for ever.
 *
 * @param child A command whose stdout and stderr are piped.
 * @throws {Error} If it has not ended by itself after 300 s.
 */
export async function endOf(
  child: Deno.ChildProcess,
): Promise<Deno.CommandOutput> {
  let threads: string | undefined;
  const timer = setTimeout(() => {
    threads = threadsOf(child.pid);
    child.kill("SIGKILL");
  }, LIMIT_SECONDS * 1000);
  try {
    const output = await child.output();
    if (threads === undefined) return output;
    const said = new TextDecoder().decode(output.stderr).slice(-1000);
    throw new Error(
      `A command did not end within ${LIMIT_SECONDS} s.\n` +
        `Its threads: ${threads}\nIt said last: ${said}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Name, state and system call of each thread, where there is a /proc. */
function threadsOf(pid: number): string {
  const read = (path: string) => {
    try {
      return Deno.readTextFileSync(path).trim();
    } catch {
      return "?";
    }
  };
  try {
    return [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) => {
      const thread = `/proc/${pid}/task/${name}`;
      const state = read(`${thread}/status`).match(/State:\s+(\S)/)?.[1];
      return `${read(`${thread}/comm`)} ${state} ${read(`${thread}/wchan`)}`;
    }).join(", ");
  } catch {
    return "not known";
  }
}
