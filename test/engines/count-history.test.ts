/** The engine counts what the definition of the tallies says, whatever form a history comes in. */
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../../src/engines/engine.ts';
import { type Day, formatDay } from '../../src/period/day.ts';
import { day, type HistoryDesk, type HistoryReading, openDesk } from '../support/history-tallies.ts';
import {
  changeTable,
  csvOf,
  type RandomHistory,
  randomHistory,
  recordTable,
} from '../support/random-history.ts';
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

const property = (
  history: fc.Arbitrary<RandomHistory>,
  holds: (history: RandomHistory) => Promise<void>,
  numRuns = 12,
) => fc.assert(fc.asyncProperty(history, holds), { numRuns });

describe('a record a row', () => {
  it('is counted by its definition', () =>
    property(randomHistory(), async (history) => {
      await expectSame([desk.write('a.csv', csvOf(recordTable(history)))], history);
    }));

  it('from where the log is said to start', () =>
    property(randomHistory(), async (history) => {
      const path = desk.write('a.csv', csvOf(recordTable(history)));
      await expectSame([path], history, { logFrom: '2023-09-15' });
    }));

  it('on an earlier day: nothing after it is known', () =>
    property(randomHistory(), async (history) => {
      const path = desk.write('a.csv', csvOf(recordTable(history)));
      await expectSame([path], history, { asOf: '2023-08-31' });
    }));

  it('without ids', () =>
    property(randomHistory({ hasMissing: false }), async (history) => {
      const table = recordTable(history).map((row) => row.slice(1));
      await expectSame([desk.write('a.csv', csvOf(table))], history, { hasIds: false });
    }));

  it('where the same id comes twice: put together', () =>
    property(withTwins(), async (history) => {
      await expectSame([desk.write('a.csv', csvOf(recordTable(history)))], history);
      const [header, ...rows] = recordTable(history);
      const half = Math.ceil(rows.length / 2);
      const first = desk.write('first.csv', csvOf([header!, ...rows.slice(0, half)]));
      const second = desk.write('second.csv', csvOf([header!, ...rows.slice(half)]));
      await expectSame([first, second], history);
    }));
});

/** Some records once more, under the same id, with other days. */
function withTwins(): fc.Arbitrary<RandomHistory> {
  return randomHistory().chain((history) =>
    fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { minLength: 1, maxLength: 6 }).map((pairs) => {
      const { records } = history;
      const twins = pairs.map(([one, other]): PlainRecord => {
        const { id } = records[one % records.length]!;
        return { ...records[other % records.length]!, id };
      });
      return { ...history, records: [...records, ...twins] };
    }),
  );
}

describe('two files joined by id', () => {
  it('are one history', () =>
    property(randomHistory({ hasMissing: false }), async (history) => {
      const cut = Math.ceil(history.stages.length / 2);
      const isDeal = ({ stages }: PlainRecord): boolean => stages.slice(cut).some(isThere);
      const records = history.records.map((record) =>
        isDeal(record) ? record : { ...record, amount: null },
      );
      const leads = records.map(({ id, rep, team, source, stages, lost, ...rest }) => {
        const own = isDeal({ id, rep, team, source, stages, lost, ...rest }) ? null : lost;
        return [id, rep, team, source, ...stages.slice(0, cut).map(shown), shown(own), `D${id}`];
      });
      const deals = records
        .filter(isDeal)
        .map(({ id, stages, lost, amount }) => [
          `D${id}`,
          ...stages.slice(cut).map(shown),
          shown(lost),
          amount,
        ]);
      const names = ['id', 'rep', 'team', 'source', ...history.stages.slice(0, cut), 'lost', LINK];
      const first = desk.write('leads.csv', csvOf([names, ...texts(leads)]));
      const second = desk.write(
        'deals.csv',
        csvOf([['id', ...history.stages.slice(cut), 'lost', 'amount'], ...texts(deals)]),
      );
      await expectSame([first], { ...history, records }, { join: second });
    }));

  it('rows of the second that belong to no record are told of', async () => {
    const leads = desk.write('leads.csv', `id,lead,${LINK}\nL1,2024-01-02,D1\nL2,2024-01-03,\n`);
    const deals = desk.write('deals.csv', 'id,opportunity,close\nD1,2024-01-05,2024-02-01\nD9,2024-01-05,\n');
    const reading = { stages: ['lead', 'opportunity', 'close'], asOf: AS_OF, join: deals };
    const { dirt, units } = await desk.count([leads], reading);
    expect(dirt).toEqual([
      { kind: 'unmatched', count: 1, rows: [{ row: null, file: null, id: 'D9', text: null }] },
    ]);
    expect(units.filter(({ transition }) => transition === 2)).toMatchObject([{ records: 2, advanced: 1 }]);
  });
});

const isThere = (value: unknown): boolean => value !== null;

const LINK = 'Converted Opportunity ID';

const shown = (day: Day | null): string => (day === null ? '' : formatDay(day));

const texts = (rows: readonly (readonly (string | number | null)[])[]): string[][] =>
  rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));

describe('other forms of the same history', () => {
  it('cells that are no plain days are read as text', () =>
    property(randomHistory(), async (history) => {
      const forms = [
        (text: string) => `${text} 10:15`,
        (text: string) => text.replaceAll('-', '/'),
        (text: string) => `${text}T09:30:00Z`,
        (text: string) => text.split('-').reverse().join('.'),
      ];
      const table = recordTable(history).map((row) =>
        row.map((cell, column) => (ISO.test(cell) ? forms[column % forms.length]!(cell) : cell)),
      );
      await expectSame([desk.write('a.csv', csvOf(table))], history);
    }));

  it('one late cell of another form makes all of them text', () =>
    property(randomHistory({ hasMissing: false }), async (history) => {
      const [header, ...rows] = recordTable(history);
      const plain = Array.from({ length: 3000 }, (_, index) => [
        `p${index}`,
        '',
        '',
        '',
        '12.5',
        ...history.stages.map((_, stage) => (stage === 0 ? '2024-01-01' : '')),
        '',
      ]);
      const late = rows.map((row) => row.map((cell) => (ISO.test(cell) ? `${cell} 00:00` : cell)));
      const more = plain.map(([id]): PlainRecord => {
        const stages = history.stages.map((_, stage) => (stage === 0 ? day('2024-01-01') : null));
        return { id: id!, rep: null, team: null, source: null, stages, lost: null, amount: 12.5 };
      });
      const path = desk.write('a.csv', csvOf([header!, ...plain, ...late]));
      await expectSame([path], { ...history, records: [...more, ...history.records] });
    }));

  it('a stage change a row', () =>
    property(randomHistory({ hasMissing: false, hasPlaceholders: false }), async (history) => {
      // A log has nothing of records that never entered a stage, and what comes after a loss is no fault there.
      const kept = history.records.filter(
        ({ stages: [first = null, ...rest], lost }) =>
          (lost !== null || first !== null || rest.some(isThere)) &&
          !(first !== null && lost !== null && lost < first),
      );
      // Stages before the first that it names are not measured.
      const whole: PlainRecord = {
        ...history.records[0]!,
        id: 'whole',
        stages: history.stages.map(() => day('2023-02-01')),
        lost: null,
      };
      const records = [...kept, whole];
      const path = desk.write('a.csv', csvOf(changeTable({ ...history, records })));
      await expectSame([path], { ...history, records });
      await expectSame([path], { ...history, records }, { asOf: '2023-08-31' });
    }));

  it('semicolons, JSON lines, JSON, gzip, Parquet, several files, a folder, a pattern', () =>
    property(
      randomHistory(),
      async (history) => {
        const table = recordTable(history);
        const csv = csvOf(table);
        const path = desk.write('plain/a.csv', csv);
        const objects = jsonOf(table);
        const files = [
          desk.write('semicolons.csv', csvOf(table, ';')),
          desk.write('lines.jsonl', objects.map((object) => `${JSON.stringify(object)}\n`).join('')),
          desk.write('array.json', JSON.stringify(objects)),
          desk.write('zipped.csv.gz', gzipSync(csv)),
          desk.write('unnamed.csv', gzipSync(csv)),
          desk.write('wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')])),
          desk.write('western.csv', Buffer.from(csv, 'latin1')),
          desk.write('marked.csv', `\ufeff${csv.replaceAll('\n', '\r\n')}`),
          desk.write('returns.csv', csv.replaceAll('\n', '\r')),
          dirname(path),
          join(dirname(path), '*.cs?'),
        ];
        const parquet = join(desk.folder, 'a.parquet');
        await desk.engine.rows(`COPY (${parquetSelect(table)}) TO '${parquet}' (FORMAT parquet)`);
        for (const file of [...files, parquet]) await expectSame([file], history);
      },
      4,
    ));
});

const ISO = /^\d{4}-\d\d-\d\d$/;

function jsonOf([header = [], ...rows]: readonly (readonly string[])[]): object[] {
  return rows.map((row) =>
    Object.fromEntries(header.map((name, column) => [name, row[column] === '' ? null : row[column]])),
  );
}

/** Typed as databases have it: days, numbers, text. */
function parquetSelect([header = [], ...rows]: readonly (readonly string[])[]): string {
  const typed = (name: string, column: number): string => {
    const type = column < 4 ? 'VARCHAR' : name === 'amount' ? 'DOUBLE' : 'DATE';
    return `CAST(nullif(c${column}, '') AS ${type}) AS "${name}"`;
  };
  const values = rows.map((row) => `(${row.map(quoted).join(', ')})`).join(', ');
  const names = header.map((_, column) => `c${column}`).join(', ');
  return `SELECT ${header.map(typed).join(', ')} FROM (VALUES ${values}) AS t(${names})`;
}
