/** What changed since an earlier coverage: how open moved adds up in every row, and every move is named once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Changes, changesSince } from '../../src/coverage/changes/changes.ts';
import type { Movement } from '../../src/coverage/changes/movement.ts';
import type { Move } from '../../src/coverage/changes/moves.ts';
import { cover } from '../../src/coverage/cover.ts';
import type { Coverage } from '../../src/coverage/coverage.ts';
import { coverageKeyText } from '../../src/coverage/coverage-key.ts';
import { MEASURES, type MeasureName } from '../../src/coverage/measures.ts';
import type { SavedCoverage } from '../../src/coverage/saved-coverage.ts';
import { readSavedCoverage } from '../../src/files/saved-coverage.ts';
import { addDays, type Day, formatDay } from '../../src/period/day.ts';
import { clockOf } from '../../src/plan/clock.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { type PlanPeriod, planPeriods } from '../../src/plan/row.ts';
import { coverageJson } from '../../src/report/coverage/coverage-json.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';
import { pipelinePair } from '../support/pipeline-pair.ts';
import { type Keys, readRecords } from '../support/pipeline-rows.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function covered(model: PlanModel, periods: readonly PlanPeriod[]): Coverage {
  const { value, problems } = cover(model, { periods, grain: 'quarter', deals: true });
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

/** The coverage as it is read back once it was saved. */
function saved(coverage: Coverage, selection: Selection = EVERYTHING): SavedCoverage {
  const shown = { coverage, selection, picked: [], deals: true, changes: null, checks: [] };
  const path = join(folder, 'last.json');
  writeFileSync(path, [...coverageJson({ ...shown, inputs: [], warnings: [] })].join(''));
  return readSavedCoverage(path).value!.saved;
}

const everyPeriod = (model: PlanModel): PlanPeriod[] =>
  (['quarter', 'month', 'year'] as const).flatMap((grain) => planPeriods(clockOf(model), grain));

const total = ({ before, fresh, won, lost, slipped, pulledIn, reassigned, removed, amounts }: Movement) =>
  before + fresh - won - lost - slipped + pulledIn + reassigned - removed + amounts;

describe('how open moved', () => {
  it('adds up to the cent, in every row and period', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const periods = everyPeriod(today);
        const before = saved(covered(lastWeek, periods));
        const coverage = covered(today, periods);
        const { rows } = changesSince(coverage, before);
        expect(rows).toHaveLength(coverage.rows.length);
        const faults = rows.flatMap(({ key, period, movement }, index) => {
          const row = coverage.rows[index]!;
          const name = `${coverageKeyText(key)} ${period.label}`;
          if (name !== `${coverageKeyText(row)} ${row.period.label}`) return [`${name} in another's place`];
          if (movement === null) return [`${name}: not known`];
          const odd = Object.entries(movement).filter(
            ([what, value]) =>
              !Number.isInteger(value) || (value < 0 && what !== 'reassigned' && what !== 'amounts'),
          );
          const isSum = total(movement) === movement.open && movement.open === row.open;
          return isSum && odd.length === 0 ? [] : [`${name}: ${JSON.stringify(movement)} for ${row.open}`];
        });
        expect(faults).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('begins where the earlier coverage ended', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const periods = everyPeriod(today);
        const before = saved(covered(lastWeek, periods));
        const changes = changesSince(covered(today, periods), before);
        for (const { key, period, movement } of changes.rows) {
          const row = before.rows.find(
            (one) => coverageKeyText(one) === coverageKeyText(key) && one.period === period.label,
          );
          expect(movement!.before).toBe(Math.round((row?.measures.open ?? 0) * 100));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('of reps sums to that of teams and the company, but for deals of nobody and those handed on', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const before = saved(covered(lastWeek, everyPeriod(today)));
        const { rows } = changesSince(covered(today, everyPeriod(today)), before);
        for (const { movement } of rows.filter(({ key }) => key.level === 'company'))
          expect(movement!.reassigned).toBe(0);
        for (const { key, period, movement } of rows.filter(({ key: { team } }) => team === 'East')) {
          if (key.level !== 'team') continue;
          const parts = rows.filter(
            (row) => row.period === period && row.key.level === 'rep' && row.key.team === 'East',
          );
          // all deals of East are a rep's
          for (const name of ['before', 'fresh', 'won', 'lost', 'removed', 'open'] as const)
            expect(movement![name]).toBe(parts.reduce((sum, part) => sum + part.movement![name], 0));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('nothing moves where nothing changed', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek }) => {
        const coverage = covered(lastWeek, everyPeriod(lastWeek));
        const { rows, moves } = changesSince(coverage, saved(coverage));
        expect(moves).toEqual([]);
        for (const { movement, changes } of rows) {
          const { before, open, ...rest } = movement!;
          expect(before).toBe(open);
          expect(Object.values(rest).every((value) => value === 0)).toBe(true);
          expect(Object.values(changes).every((change) => change === null || change === 0)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Whether the deal of a move was open in a period of the earlier coverage. */
function isOpenIn({ start, end }: PlanPeriod, { deals, asOf }: SavedCoverage, move: Move): boolean {
  const deal = deals!.find(
    ({ id, name, account }) => id === move.id && name === move.name && account === move.account,
  );
  const date = deal?.closeDate ?? null;
  return date !== null && date >= asOf && formatDay(date) >= start && formatDay(date) <= end;
}

/** What the moves of one kind come to. */
const sumOf = (moves: readonly Move[], what: Move['what'], side: 'before' | 'after'): number =>
  moves.filter((move) => move.what === what).reduce((sum, move) => sum + (move[side] ?? 0), 0);

describe('moves', () => {
  it('are named once each, and come to the movement of the company', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const periods = planPeriods(clockOf(today), 'quarter');
        const before = saved(covered(lastWeek, periods));
        const { rows, moves } = changesSince(covered(today, periods), before);
        const names = moves.map(({ id, name, account }) => id ?? `${name}|${account}`);
        expect(new Set(names).size).toBe(names.length);
        const { movement } = rows.find(
          ({ key, period }) => key.level === 'company' && period === periods[0],
        )!;
        expect(sumOf(moves, 'new', 'after')).toBe(movement!.fresh);
        // deals that were open elsewhere, and closed since, are named too
        const wereOpen = moves.filter((move) => isOpenIn(periods[0]!, before, move));
        expect(sumOf(wereOpen, 'won', 'before')).toBe(movement!.won);
        expect(sumOf(wereOpen, 'lost', 'before')).toBe(movement!.lost);
        const slipped = sumOf(moves, 'slipped', 'before') + sumOf(moves, 'overdue', 'before');
        expect(slipped).toBe(movement!.slipped);
        expect(sumOf(moves, 'pulled in', 'after')).toBe(movement!.pulledIn);
        expect(sumOf(moves, 'removed', 'before')).toBe(movement!.removed);
        const amounts = (['amount', 'reassigned'] as const).map(
          (what) => sumOf(moves, what, 'after') - sumOf(moves, what, 'before'),
        );
        expect(amounts[0]! + amounts[1]!).toBe(movement!.amounts);
      }),
      { numRuns: 120 },
    );
  });

  it('stand with the largest first', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const periods = planPeriods(clockOf(today), 'quarter');
        const { moves } = changesSince(covered(today, periods), saved(covered(lastWeek, periods)));
        const weights = moves.map(({ what, before, after }) =>
          what === 'amount' ? Math.abs(after! - before!) : Math.max(before ?? 0, after ?? 0),
        );
        expect(weights).toEqual([...weights].sort((first, second) => second - first));
      }),
      { numRuns: 40 },
    );
  });
});

describe('measures', () => {
  it('change by now less then, in major units; null where either is', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        const periods = planPeriods(clockOf(today), 'quarter');
        const before = saved(covered(lastWeek, periods));
        const coverage = covered(today, periods);
        for (const [index, { changes, key, period }] of changesSince(coverage, before).rows.entries()) {
          const was = before.rows.find(
            (row) => coverageKeyText(row) === coverageKeyText(key) && row.period === period.label,
          );
          expect(Object.keys(changes)).toEqual(Object.keys(MEASURES));
          for (const name of Object.keys(MEASURES) as MeasureName[]) {
            const [old, current] = [was?.measures[name] ?? null, MEASURES[name](coverage.rows[index]!)];
            if (old === null || current === null) expect(changes[name]).toBeNull();
            else expect(changes[name]).toBeCloseTo(current - old, 4);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Records of rows, in the CRM of the reps Ana Ruiz (EMEA/UK) and Ben Cho (East). */
const DEAL: Keys = { rep: 'Ana Ruiz', stage: 'opportunity', close_date: '2027-03-25', created: '2027-01-10' };

function changesOf(then: readonly Keys[], now: readonly Keys[], days = 7): Changes {
  const model = (rows: readonly Keys[]): PlanModel =>
    rows.length === 0
      ? { ...readRecords([DEAL]).model, pipeline: { records: [], knowsClosed: true, leftOut: NONE } }
      : readRecords(rows.map((row) => ({ ...DEAL, ...row }))).model;
  const before = model(then);
  const earlier = { ...before, asOf: addDays(before.asOf, -days) } as PlanModel;
  const periods = planPeriods(clockOf(before), 'quarter');
  return changesSince(covered(model(now), periods), saved(covered(earlier, periods)));
}

const NONE = { count: 0, amount: 0 };

const companyOf = (changes: Changes): Movement =>
  changes.rows.find(({ key, period }) => key.level === 'company' && period.label === '2027-Q1')!.movement!;

const told = ({ moves }: Changes) =>
  moves.map(({ what, name, before, after }) => [what, name, before, after]);

describe('what became of a deal', () => {
  it.each([
    ['new', [], [{ amount: 100 }], { fresh: 10_000, open: 10_000 }],
    ['won', [{ amount: 100 }], [{ amount: 100, stage: 'won', close_date: '2027-03-12' }], { won: 10_000 }],
    ['lost', [{ amount: 100 }], [{ amount: 100, stage: 'lost' }], { lost: 10_000 }],
    ['slipped', [{ amount: 100 }], [{ amount: 100, close_date: '2027-04-01' }], { slipped: 10_000 }],
    ['slipped', [{ amount: 100 }], [{ amount: 100, close_date: '' }], { slipped: 10_000 }],
    [
      'pulled in',
      [{ amount: 100, close_date: '2027-04-01' }],
      [{ amount: 100 }],
      { pulledIn: 10_000, open: 10_000 },
    ],
    ['pulled in', [{ amount: 100, close_date: '' }], [{ amount: 100 }], { pulledIn: 10_000, open: 10_000 }],
    ['amount', [{ amount: 100 }], [{ amount: 80.5 }], { amounts: -1950, open: 8050 }],
    ['removed', [{ amount: 100 }], [], { removed: 10_000 }],
  ] as const)('%s: %j → %j', (what, then, now, movement) => {
    const named = (rows: readonly Keys[]) => rows.map((row) => ({ id: '7', name: 'Alder', ...row }));
    const changes = changesOf(named(then), named(now));
    expect(changes.moves.map((move) => move.what)).toEqual([what]);
    const nothing = {
      fresh: 0,
      won: 0,
      lost: 0,
      slipped: 0,
      pulledIn: 0,
      reassigned: 0,
      removed: 0,
      amounts: 0,
    };
    const before = then.length > 0 && what !== 'pulled in' ? 10_000 : 0;
    expect(companyOf(changes)).toEqual({ ...nothing, before, open: 0, ...movement });
  });

  it('slipped, and told to be overdue, where its day went by and it is still open', () => {
    const row = [{ id: '7', name: 'Alder', amount: 100, close_date: '2027-03-12' }];
    const changes = changesOf(row, row);
    expect(companyOf(changes)).toMatchObject({ before: 10_000, slipped: 10_000, open: 0 });
    expect(told(changes)).toEqual([['overdue', 'Alder', 10_000, 10_000]]);
  });

  it('handed to another rep, of another team: for both of them, not for the company', () => {
    const row = { id: '7', name: 'Alder', amount: 100 };
    const changes = changesOf([row], [{ ...row, rep: 'Ben Cho', amount: 120 }]);
    const of = (level: string, team: string | null) =>
      changes.rows.find(
        ({ key, period }) => key.level === level && key.team === team && period.label === '2027-Q1',
      )!.movement!;
    expect(of('rep', 'EMEA/UK')).toMatchObject({ before: 10_000, reassigned: -10_000, open: 0, amounts: 0 });
    expect(of('team', 'EMEA')).toMatchObject({ before: 10_000, reassigned: -10_000, open: 0 });
    expect(of('team', 'East')).toMatchObject({ before: 0, reassigned: 12_000, open: 12_000, amounts: 0 });
    expect(companyOf(changes)).toMatchObject({ before: 10_000, reassigned: 0, amounts: 2000, open: 12_000 });
    expect(told(changes)).toEqual([['reassigned', 'Alder', 10_000, 12_000]]);
  });

  it('known by name and account where the CRM has no ids', () => {
    const rows = (first: number, second: number) => [
      { name: 'Renewal', account: 'Alder', amount: first },
      { name: 'Renewal', account: 'Birch', amount: second },
    ];
    const changes = changesOf(rows(100, 200), rows(100, 250));
    expect(told(changes)).toEqual([['amount', 'Renewal', 20_000, 25_000]]);
  });

  it('lost for a deal is told with the day it was lost, not the day it was expected', () => {
    const row = { id: '7', name: 'Alder', amount: 100 };
    const { moves } = changesOf([row], [{ ...row, stage: 'lost', close_date: '2027-03-10' }]);
    expect(moves.map(({ closeDate }) => closeDate)).toEqual([addDays(readRecords([DEAL]).model.asOf, -5)]);
  });

  it('without its deals only the measures are compared', () => {
    const { model } = readRecords([{ ...DEAL, id: '1', amount: 100 }]);
    const coverage = covered(model, planPeriods(clockOf(model), 'quarter'));
    const { rows, moves } = changesSince(coverage, { ...saved(coverage), deals: null });
    expect(moves).toEqual([]);
    expect(rows.every(({ movement }) => movement === null)).toBe(true);
    expect(rows[0]!.changes.open).toBe(0);
  });
});

describe('deals that look alike', () => {
  const twins: readonly Keys[] = [{ amount: 100 }, { amount: 200 }].map((row) => ({
    name: 'Renewal',
    ...row,
  }));

  it('without ids, two of one name are two deals', () => {
    const movement = companyOf(changesOf(twins, twins));
    expect(movement).toMatchObject({ before: 30_000, open: 30_000 });
  });

  it('without ids, what is open is not told by the closed deal of the same name', () => {
    const won = { name: 'Renewal', amount: 50, stage: 'won', close_date: '2027-01-20' };
    const open = { name: 'Renewal', amount: 100 };
    // nothing but this deal's date moved; the other was won in January
    const { moves } = changesOf([won, open], [won, { ...open, close_date: '2027-03-30', amount: 110 }]);
    expect(moves.map(({ closeDate }) => closeDate)).toEqual([addDays(readRecords([DEAL]).model.asOf, 15)]);
  });
});

describe('a coverage that was saved of a part', () => {
  const rows: readonly Keys[] = [
    { id: '1', amount: 100 },
    { id: '2', amount: 200, rep: 'Ben Cho' },
  ];
  const { model } = readRecords(rows.map((row) => ({ ...DEAL, ...row })));
  const coverage = covered(model, planPeriods(clockOf(model), 'quarter'));

  it('by team: the deals of its reps did not change hands', () => {
    expect(changesSince(coverage, saved(coverage, { ...EVERYTHING, level: 'team' })).moves).toEqual([]);
  });
});

describe('a deal that was won without being open in the period before', () => {
  it.each([
    ['dated in the next one', { close_date: '2027-04-10' }],
    ['overdue', { close_date: '2027-03-02' }],
    ['without a date', { close_date: '' }],
  ])('%s is named among the moves', (_, then) => {
    const row = { id: '7', name: 'Alder', amount: 100 };
    const won = { ...row, stage: 'won', close_date: '2027-03-12' };
    expect(changesOf([{ ...row, ...then }], [won]).moves.map(({ what }) => what)).toEqual(['won']);
  });

  it('and come since is named among the moves', () => {
    const won = { id: '7', name: 'Alder', amount: 100, stage: 'won', close_date: '2027-03-12' };
    expect(changesOf([], [won]).moves.map(({ what }) => what)).toEqual(['won']);
  });

  it('is not named among the moves of another period', () => {
    const { model } = readRecords([
      { ...DEAL, id: '7', amount: 100, stage: 'won', close_date: '2027-03-12' },
      { ...DEAL, id: '8', amount: 100, close_date: '2027-04-12' },
    ]);
    const coverage = covered(model, planPeriods(clockOf(model), 'quarter').slice(1, 2));
    const earlier = { ...saved(coverage), asOf: addDays(model.asOf, -7) as Day };
    expect(coverage.periods.map(({ label }) => label)).toEqual(['2027-Q2']);
    expect(changesSince(coverage, earlier).moves).toEqual([]);
  });
});

describe('a deal that is only on its way again', () => {
  it('has slipped, it was not removed', () => {
    const record: Keys = { id: '7', name: 'Alder', amount: 100, stage: 'conversation' };
    const changes = changesOf([record], [{ ...record, amount: '', close_date: '' }]);
    expect(changes.moves.map(({ what }) => what)).toEqual(['slipped']);
  });
});
