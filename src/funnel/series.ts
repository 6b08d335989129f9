/** Series of numbers by month. Plain arrays: small typed arrays cost several times as much to make. */

/** A series of that length with the same value everywhere. */
export function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}
