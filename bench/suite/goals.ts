/** Which goal a row has on a processor. */

import {
  type Goal,
  type GoalByVendor,
  type Vendor,
  vendors,
} from "./benchmark.ts";

/**
 * The vendor of a processor; null of any other.
 *
 * @param processor As the system calls it: `AMD EPYC`.
 */
export function vendorOf(processor: string): Vendor | null {
  return vendors.find((vendor) => processor.includes(vendor)) ?? null;
}

/**
 * The goal on a processor; null if there is none, or none for its vendor.
 *
 * @param goal As the row declares it.
 */
export function goalOn(
  goal: Goal | GoalByVendor | undefined,
  processor: string,
): Goal | null {
  if (goal === undefined) return null;
  if ("ratio" in goal) return goal;
  const vendor = vendorOf(processor);
  return vendor === null ? null : goal[vendor];
}
