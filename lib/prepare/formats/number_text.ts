/** A stored number as the text that a table of the same data would hold. */

/**
 * The shortest text that gives the number again.
 *
 * @param isFloat32 The number was stored as a float32: `1.1`, not
 * `1.100000023841858`.
 * @returns Empty for NaN.
 */
export function numberText(value: number | bigint, isFloat32 = false): string {
  if (typeof value === "bigint") return String(value);
  if (Number.isNaN(value)) return "";
  if (!isFloat32 || Number.isInteger(value)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(value);
}
