/** Histories that were once counted wrong, each as small as it can be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../../src/engines/engine.ts';
import { cellsOf } from '../../src/engines/records/cell-sql.ts';
import { headersOf } from '../../src/engines/records/read-files.ts';
import type { HistoryFiles } from '../../src/history/layout.ts';
import type { HistoryTallies } from '../../src/history/tallies.ts';
import { day, type HistoryDesk, type HistoryReading, openDesk } from '../support/history-tallies.ts';

let desk: HistoryDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const AS_OF = '2024-06-30';
const THREE = ['lead', 'opportunity', 'close'];
const TWO = ['lead', 'close'];

const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Tallies of tables as text, one file each. */
function tallies(
  tables: readonly string[],
  reading: Partial<HistoryReading> & { readonly second?: string } = {},
): Promise<HistoryTallies> {
  const { second, ...rest } = reading;
  const paths = tables.map((table, index) => desk.write(`trap${index}.csv`, table));
  const join = second === undefined ? {} : { join: desk.write('second.csv', second) };
  return desk.count(paths, { stages: TWO, asOf: AS_OF, ...join, ...rest });
}

/** Records of a transition, those that advanced and those lost. */
function passed({ units }: HistoryTallies, transition: number): readonly number[] {
  const own = units.filter((unit) => unit.transition === transition);
  const sum = (of: 'records' | 'advanced' | 'lost') => own.reduce((all, unit) => all + unit[of], 0);
  return [sum('records'), sum('advanced'), sum('lost')];
}

const kinds = ({ dirt }: HistoryTallies) => dirt.map(({ kind, count }) => `${count} ${kind}`);

describe('files', () => {
  it('whose paths look like patterns are those files', async () => {
    const table = csv('id,lead,close', 'A,2024-01-02,2024-02-01');
    for (const other of ['2024 n.csv', 'whats.csv', 'stars.csv', 'ab.csv'])
      desk.write(other, csv('id,lead,close', 'X,2024-01-02,', 'Y,2024-01-02,'));
    for (const name of ['2024 [new].csv', 'what?.csv', 'star*.csv', 'a[b].csv']) {
      const { rows } = await desk.count([desk.write(name, table)], { stages: TWO, asOf: AS_OF });
      expect(rows).toBe(1);
    }
    const path = desk.write('x[1]/a*.json', '[{"id":"A","lead":"2024-01-02"}]');
    desk.write('x1/ab.json', '[{"id":"A","close":"2024-01-02"}]');
    const { value } = await headersOf(desk.engine, 'json', { opened: path, path });
    expect(value?.headers).toEqual(['id', 'lead']);
  });

  it('that begin at different stages are told of where they are dirty', async () => {
    const leads = csv('id,lead,opportunity,close', 'A,2024-01-02,2024-01-05,', ',2024-01-03,,');
    const deals = csv(
      'id,opportunity,close',
      'B,2024-01-02,2024-02-01',
      ',2024-01-03,',
      'C,2024-03-01,2024-02-01',
    );
    expect(kinds(await tallies([leads, deals], { stages: THREE }))).toEqual([
      '2 id_missing',
      '1 end_before_start',
    ]);
  });

  it('of JSON know the words for nothing', async () => {
    const rows = [
      { id: 'A', lead: '2024-01-02', close: 'NULL', amount: 'nan' },
      { id: 'B', lead: '2024-01-02', close: 'N/A', amount: '-' },
    ];
    const path = desk.write('nothing.json', JSON.stringify(rows));
    const found = await desk.count([path], { stages: TWO, asOf: AS_OF });
    expect([kinds(found), passed(found, 0)]).toEqual([[], [2, 0, 0]]);
  });
});

describe('a deal', () => {
  const LINK = 'Converted Opportunity ID';
  const leads = csv(`id,lead,${LINK}`, 'L1,2024-01-02,D1');

  it('is worth what was won, and counted once', async () => {
    const deals = csv(
      'id,opportunity,close,lost,amount,Lead ID',
      'D1,2024-01-05,2024-02-01,,100,L1',
      'D1,2024-01-05,2024-02-01,,100,L1',
      'D2,2024-01-05,,,30,L1',
      'D3,2024-01-05,,2024-02-01,7,L1',
      'D4,2024-01-05,2024-07-05,,1000,L1',
    );
    const columns = { link: 'Lead ID' };
    const found = await tallies([csv('id,lead', 'L1,2024-01-02')], {
      ...{ stages: THREE, second: deals, columns },
    });
    expect(found.amounts).toMatchObject([{ deals: 1, sum: 100 }]);
  });

  it('of later undoes no loss', async () => {
    const lead = csv(`id,lead,lost,${LINK}`, 'L1,2024-01-02,2024-02-01,D1');
    const second = csv('id,opportunity,close', 'D1,2024-07-05,');
    expect(passed(await tallies([lead], { stages: THREE, second }), 0)).toEqual([1, 0, 1]);
    const lost = csv('id,opportunity,close,lost', 'D1,2024-01-05,,2024-02-01', 'D1,2024-07-05,,');
    expect(passed(await tallies([leads], { stages: THREE, second: lost }), 1)).toEqual([1, 0, 1]);
    const twice = csv('id,lead,close,lost', 'A,2024-01-02,,2024-02-01', 'A,2024-07-02,,', 'B,2024-01-02,,');
    expect(passed(await tallies([twice]), 0)).toEqual([2, 0, 1]);
  });

  it('has the rep and the team of one row', async () => {
    const own = ({ units }: HistoryTallies) => units.map(({ rep, team }) => `${rep} ${team}`);
    const twice = csv('id,lead,close,rep,team', 'A,2024-01-02,,Ann,West', 'A,2024-01-02,,Zoe,East');
    expect(own(await tallies([twice]))).toEqual(['Zoe East']);
    const silent = csv(
      'id,lead,close,rep,team',
      'A,2024-01-02,,Ann,',
      'A,2024-01-02,,Al,East',
      'A,2024-01-02,,,West',
    );
    expect(own(await tallies([silent]))).toEqual(['Ann West']);
    const log = csv(
      'id,stage,date,rep,team',
      'A,lead,2024-01-02,Zoe,East',
      'A,close,2024-02-02,Ann,West',
      'A,close,2024-07-02,Max,North',
    );
    expect(own(await tallies([log]))).toEqual(['Ann West']);
  });
});

it('a loss before a won record came is a fault, whatever else is sound', async () => {
  const found = await tallies([csv('id,lead,close,lost', 'A,2024-01-02,2024-02-01,2023-12-01')]);
  expect(kinds(found)).toEqual(['1 end_before_start']);
});

it('names are the same with blanks around them, of whatever kind', async () => {
  const names = ['Ana', ' Ana', 'Ana  ', 'Ana\u00a0', '\u3000Ana', '"Ana "'];
  const rows = names.map((name, index) => `L${index},${name},2024-01-05,`);
  const { units } = await tallies([
    csv('id,rep,lead,close', ...rows, 'L9,"  ",2024-01-06,', 'L10,"",2024-01-07,'),
  ]);
  expect(units.map(({ rep, records }) => [rep, records])).toEqual([
    [null, 2],
    ['Ana', names.length],
  ]);
});

it('changes without an id are apart', async () => {
  const log = csv(
    'id,stage,date',
    'A,lead,2024-01-02',
    'A,close,2024-02-02',
    ',lead,2024-01-03',
    ',close,2024-02-03',
  );
  expect(kinds(await tallies([log]))).toEqual(['2 id_missing']);
});

it('the order of dates is told by all days, however many times there are', async () => {
  const two = (number: number): string => String(number).padStart(2, '0');
  const early = Array.from({ length: 21_000 }, (_, index) => {
    const [hour, minute, second] = [Math.floor(index / 3600), Math.floor(index / 60) % 60, index % 60];
    return `A${index},01/02/2024 ${two(hour)}:${two(minute)}:${two(second)},`;
  });
  const found = await tallies([csv('id,lead,close', ...early, 'Z,05/30/2024 10:00,')]);
  expect(found.entered.map(({ day: entered }) => entered).sort()).toEqual([
    day('2024-01-02'),
    day('2024-05-30'),
  ]);
});

it('amounts in words and codes of currencies', async () => {
  const texts = ['EUR 12500', '24000 EUR', 'SEK 1,000', '45k EUR', '24 TEUR', '1.5e3', '$24,000', 'none'];
  const files = { headers: ['amount'], kind: 'csv', csv: null } as unknown as HistoryFiles;
  const cells = cellsOf(files, { isTyped: false, dateOrder: null, timezone: 'UTC' });
  const rows = texts.map((text, index) => `(${index}, ${quoted(text)})`).join(', ');
  const sql = `SELECT ${cells.number(0)} FROM (VALUES ${rows}) AS t(place, c0) ORDER BY place`;
  const { columns } = await desk.engine.rows(sql);
  expect(columns[0]).toEqual([12500, 24000, 1000, 45000, 24000, 1500, 24000, null]);
});
