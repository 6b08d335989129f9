/** Whether two parts of a plan say the same, wherever they were written. */

/** Where something stands, and how it was asked for, is no part of what it says. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['where', 'text']);

/** Values alike in every part; lists in the same order. */
export function isSame(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null)
    return false;
  if (Array.isArray(first) !== Array.isArray(second)) return false;
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  for (const key of keys) {
    if (SAYS_NOTHING.has(key)) continue;
    if (!isSame((first as Record<string, unknown>)[key], (second as Record<string, unknown>)[key]))
      return false;
  }
  return true;
}
