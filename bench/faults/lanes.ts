/** Trials that run side by side, each in a folder of its own. */

/**
 * Works through items on several lanes.
 *
 * @param work Is given the item and the number of its lane: what it writes goes
 * where no other lane writes.
 */
export async function inLanes<Item>(
  items: Iterable<Item>,
  lanes: number,
  work: (item: Item, lane: number) => Promise<void>,
): Promise<void> {
  // The lanes take from one iterator, so that each item is taken once.
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) {
        await work(next.value, lane);
      }
    }),
  );
}
