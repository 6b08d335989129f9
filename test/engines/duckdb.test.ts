/** Cells as the engine has them: of every type an answer has, in answers of any length. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDuckDb } from '../../src/engines/duckdb/duckdb.ts';
import { type Engine, quoted } from '../../src/engines/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = (await openDuckDb()).value!;
});
afterAll(() => engine.close());

/** The texts in a table, in order; null where there is none. */
async function back(texts: readonly (string | null)[]) {
  const rows = texts.map((text, row) => `(${row}, ${text === null ? 'NULL' : quoted(text)})`).join(', ');
  return (await engine.rows(`SELECT text FROM (VALUES ${rows}) AS t(row, text) ORDER BY row`)).columns[0]!;
}

it('texts, short and long, in any letters', () => {
  // A byte of 0 ends a statement.
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((own) => own.replaceAll('\0', ''));
  const texts = fc.array(fc.option(text), { minLength: 1, maxLength: 50 });
  return fc.assert(
    fc.asyncProperty(texts, async (all) => {
      // Texts that come again are remembered.
      expect(await back([...all, null, ...all])).toEqual([...all, null, ...all]);
    }),
    { numRuns: 50, seed: 1 },
  );
});

it('texts that differ in their last byte alone', async () => {
  const texts = ['twelve bytes', 'twelve bytez', 'thirteen byte', 'thirteen bytf', '', 'a', 'ab'];
  expect(await back(texts)).toEqual(texts);
});

it('more texts than are remembered', async () => {
  const { columns, count } = await engine.rows(
    `SELECT 'Rep ' || (i % 9000), 'A rep called ' || i FROM range(20000) AS t(i) ORDER BY i`,
  );
  expect(count).toBe(20_000);
  expect(columns[0]).toEqual(Array.from({ length: count }, (_, row) => `Rep ${row % 9000}`));
  expect(columns[1]).toEqual(Array.from({ length: count }, (_, row) => `A rep called ${row}`));
});

it('numbers and flags, here and there none', async () => {
  const some = (cell: string): string => `CASE WHEN i % 3 <> 0 THEN ${cell} END`;
  const cells = ['CAST(i AS INTEGER)', 'i', 'CAST(i AS DOUBLE) / 4', 'i % 2 = 0'].map(some);
  const { columns } = await engine.rows(`SELECT ${cells.join(', ')} FROM range(5000) AS t(i) ORDER BY i`);
  const expected = (cellOf: (row: number) => unknown) =>
    Array.from({ length: 5000 }, (_, row) => (row % 3 === 0 ? null : cellOf(row)));
  expect(columns[0]).toEqual(expected((row) => row));
  expect(columns[1]).toEqual(expected((row) => BigInt(row)));
  expect(columns[2]).toEqual(expected((row) => row / 4));
  expect(columns[3]).toEqual(expected((row) => row % 2 === 0));
});

it('no rows', async () => {
  expect(await engine.rows('SELECT 1 AS a, 2.5::DOUBLE AS b WHERE false')).toEqual({
    columns: [[], []],
    count: 0,
  });
});
