/** The engine counts what the definition of the tallies says, whatever form a history comes in. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDay } from '../../src/period/day.ts';
import { day, type HistoryDesk, type HistoryReading, openDesk } from '../support/history-tallies.ts';
import { csvOf, type RandomHistory, randomHistory, recordTable } from '../support/random-history.ts';
import { comparable, type PlainRecord, referenceTallies } from '../support/reference-tallies.ts';

let desk: HistoryDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const AS_OF = '2024-06-30';

/** Counts files and compares with the reference. */
async function expectSame(
  paths: readonly string[],
  { stages, records }: RandomHistory,
  reading: Partial<HistoryReading> & { readonly hasIds?: boolean } = {},
): Promise<void> {
  const { hasIds = true, asOf = AS_OF, logFrom, ...rest } = reading;
  const found = await desk.count(paths, {
    ...rest,
    stages,
    asOf,
    ...(logFrom === undefined ? {} : { logFrom }),
  });
  const wanted = referenceTallies(records, {
    stages,
    asOf: day(asOf),
    logFrom: logFrom === undefined ? null : day(logFrom),
    hasIds,
  });
  expect(comparable(found)).toEqual(comparable(wanted));
}

const runs = { numRuns: 40 };

describe('a record a row', () => {
  it('is counted by its definition', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory(), async (history) => {
        await expectSame([desk.write('a.csv', csvOf(recordTable(history)))], history);
      }),
      runs,
    );
  });
});
