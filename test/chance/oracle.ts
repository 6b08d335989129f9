/** Values of R 4.2.2, and how near a result must come to them. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

type Entry = Readonly<Record<string, number>>;

const READ = JSON.parse(
  readFileSync(new URL('../../fixtures/oracles/special-functions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly Entry[]>>;

/** The entries of one function; there must be as many as said. */
export function oracle(name: string, count: number): readonly Entry[] {
  const entries = READ[name]!;
  expect(entries).toHaveLength(count);
  return entries;
}

/** Equal to 1e−9 of the wanted value; where that is 0, to 1e−13. */
export function expectRelative(actual: number, wanted: number, where: unknown): void {
  const off = wanted === 0 ? Math.abs(actual) / 1e-13 : Math.abs(actual / wanted - 1) / 1e-9;
  expect(off, `${JSON.stringify(where)} gives ${actual}`).toBeLessThanOrEqual(1);
}

/** A generator of even numbers in 0 … 1 that gives the same ones every time (mulberry32). */
export function evenNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
