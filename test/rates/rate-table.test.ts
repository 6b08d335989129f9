/** Which row answers: the order of the look-up, counts that add up, blended and raw ratios, deal sizes. */
import { describe, expect, it } from 'vitest';
import { at } from '../../src/problem.ts';
import { blendGroup, blendHierarchy, type Tally } from '../../src/rates/blend.ts';
import { type DealSize, dealSizeFor, dealSizesOf } from '../../src/rates/deal-size.ts';
import {
  type AnsweredBy,
  type Measure,
  type MeasuredRate,
  pathUp,
  type RateRow,
  type Scope,
} from '../../src/rates/rate-row.ts';
import { type RateAnswer, rateFor } from '../../src/rates/rate-table.ts';
import { rateTable } from '../../src/rates/source-rates.ts';

let line = 1;
const scope = (team: string | null, rep: string | null, source: string | null = null): Scope => ({
  team,
  rep,
  source,
});

function rowOf(of: Scope, measures: readonly (Measure | null)[], where = at('rates.csv', ++line)): RateRow {
  return { ...of, measures, lastMonth: null, where };
}

const share = (of: Scope, ...values: (number | null)[]): RateRow => {
  const where = at('rates.csv', ++line);
  return rowOf(
    of,
    values.map((value) => (value === null ? null : { kind: 'share', value, where })),
    where,
  );
};

/** Records that reached each stage: one measure per transition. */
const counts = (of: Scope, ...reached: number[]): RateRow => {
  const where = at('rates.csv', ++line);
  const measures = reached.slice(1).map(
    (converted, transition): Measure => ({
      kind: 'counts',
      tally: { converted, entered: reached[transition]! },
      where,
    }),
  );
  return rowOf(of, measures, where);
};

function ask(
  rows: readonly RateRow[],
  asker: Scope,
  more: { blended?: boolean; transition?: number } = {},
): RateAnswer | null {
  const transition = more.transition ?? 0;
  const table = rateTable(rows, { transitions: transition + 1, blended: more.blended ?? true, changes: [] });
  return rateFor(table, asker, transition);
}

const ANA = scope('EMEA/UK', 'Ana', 'web');

/** Most specific first, with the word of the level that answers Ana of EMEA/UK for the source web. */
const ORDER: readonly [Scope, AnsweredBy, number][] = [
  [scope('EMEA/UK', 'Ana', 'web'), 'rep and source', 0.11],
  [scope('EMEA/UK', null, 'web'), 'team and source', 0.12],
  [scope('EMEA', null, 'web'), 'team and source', 0.13],
  [scope(null, null, 'web'), 'source', 0.14],
  [scope('EMEA/UK', 'Ana'), 'rep', 0.15],
  [scope('EMEA/UK', null), 'team', 0.16],
  [scope('EMEA', null), 'team', 0.17],
  [scope(null, null), 'all', 0.18],
];

describe('the order of the look-up', () => {
  it('is rep and source, team and source, its parents, source, rep, team, its parents, all', () => {
    for (const [index, [, word, value]] of ORDER.entries()) {
      // whatever the order in the file
      const rows = ORDER.slice(index)
        .map(([of, , each]) => share(of, each))
        .reverse();
      expect(ask(rows, ANA)).toMatchObject({ value, answeredBy: word, basis: 'typed' });
    }
    expect(ask([], ANA)).toBeNull();
  });

  it('passes over rows of others', () => {
    const others = [
      share(scope('EMEA/UK', 'Ben', 'web'), 0.5),
      share(scope('EMEA/UKX', null, 'web'), 0.5),
      share(scope('EMEA/UK/London', null, 'web'), 0.5),
      share(scope(null, null, 'events'), 0.5),
      share(scope('US', null), 0.5),
    ];
    expect(ask(others, ANA)).toBeNull();
    expect(ask([...others, share(scope(null, null), 0.2)], ANA)).toMatchObject({ value: 0.2 });
  });

  it('takes a row of the rep without a team, the team’s own row first', () => {
    const anywhere = share(scope(null, 'Ana', 'web'), 0.3);
    expect(ask([anywhere], ANA)).toMatchObject({ value: 0.3, answeredBy: 'rep and source' });
    expect(ask([anywhere, share(ANA, 0.4)], ANA)).toMatchObject({ value: 0.4 });
  });

  it('asks each transition by itself', () => {
    const rows = [share(ANA, 0.1, null, 0.3), share(scope(null, null), 0.4, 0.5)];
    const answers = [0, 1, 2, 3].map((transition) => ask(rows, ANA, { transition }));
    expect(answers.map((answer) => answer?.value)).toEqual([0.1, 0.5, 0.3, undefined]);
    expect(answers.map((answer) => answer?.answeredBy)).toEqual([
      'rep and source',
      'all',
      'rep and source',
      undefined,
    ]);
  });

  it('a team and the company ask from their own level up', () => {
    const rows = ORDER.map(([of, , value]) => share(of, value));
    expect(ask(rows, scope('EMEA', null, 'web'))).toMatchObject({
      value: 0.13,
      answeredBy: 'team and source',
    });
    expect(ask(rows, scope(null, null, 'web'))).toMatchObject({ value: 0.14, answeredBy: 'source' });
    expect(ask(rows, scope('EMEA/UK', null))).toMatchObject({ value: 0.16, answeredBy: 'team' });
    expect(ask(rows, scope(null, null))).toMatchObject({ value: 0.18, answeredBy: 'all' });
  });

  it('says where the row stands and of whom it speaks', () => {
    const row = share(scope('EMEA', null), 0.2);
    expect(ask([row], ANA)).toMatchObject({ where: row.where, scope: scope('EMEA', null, null) });
  });

  it('a path runs from the team to those above it', () => {
    expect(pathUp('EMEA/Enterprise/UK')).toEqual(['EMEA/Enterprise/UK', 'EMEA/Enterprise', 'EMEA']);
    expect(pathUp(null)).toEqual([]);
  });
});

const NORTH = [counts(scope('North', 'Ana'), 100, 10), counts(scope('North', 'Ben'), 200, 30)];
const SOUTH = [counts(scope('South', 'Cleo'), 50, 2), counts(scope('South', 'Dan'), 150, 12)];
const tally = (converted: number, entered: number): Tally => ({ converted, entered });

describe('counts add up', () => {
  const rows = [...NORTH, ...SOUTH];

  it('to the team and to all, where those are not given', () => {
    expect(ask(rows, scope('North', null), { blended: false })).toMatchObject({
      value: 40 / 300,
      converted: 40,
      records: 300,
      answeredBy: 'team',
      basis: 'counted',
    });
    expect(ask(rows, scope(null, null))).toMatchObject({ value: 54 / 500, records: 500, converted: 54 });
  });

  it('not where a row gives the sum itself, and then not twice', () => {
    const given = counts(scope('North', null), 400, 80);
    expect(ask([...rows, given], scope('North', null), { blended: false })).toMatchObject({
      value: 80 / 400,
    });
    expect(ask([...rows, given], scope(null, null))).toMatchObject({
      converted: 80 + 14,
      records: 400 + 200,
    });
    const all = counts(scope(null, null), 1_000, 100);
    expect(ask([...rows, given, all], scope(null, null))).toMatchObject({ value: 100 / 1_000 });
  });

  it('over teams below', () => {
    const nested = [
      counts(scope('EMEA/UK', 'Ana'), 100, 10),
      counts(scope('EMEA/DE', 'Ben'), 100, 20),
      counts(scope('US', 'Cleo'), 100, 5),
    ];
    expect(ask(nested, scope('EMEA', null), { blended: false })).toMatchObject({
      converted: 30,
      records: 200,
    });
  });

  it('over sources, for whom no row without a source speaks', () => {
    const bySource = [
      counts(scope('North', 'Ana', 'web'), 100, 10),
      counts(scope('North', 'Ana', 'events'), 20, 6),
      counts(scope('South', 'Cleo', 'web'), 80, 4),
    ];
    expect(ask(bySource, scope(null, null, null))).toMatchObject({
      value: (10 + 6 + 4) / (100 + 20 + 80),
      answeredBy: 'all',
    });
    expect(ask(bySource, scope('South', 'Cleo', 'events'), { blended: false })).toMatchObject({
      value: 6 / 20,
      answeredBy: 'source',
    });
  });

  it('for each transition by itself', () => {
    const wide = [counts(scope('North', 'Ana'), 100, 40, 10), counts(scope('North', 'Ben'), 50, 20, 4)];
    expect(ask(wide, scope(null, null), { transition: 0 })).toMatchObject({ value: 60 / 150 });
    expect(ask(wide, scope(null, null), { transition: 1 })).toMatchObject({ value: 14 / 60 });
  });
});

describe('small samples', () => {
  const rows = [...NORTH, ...SOUTH];
  const blend = blendHierarchy([
    [tally(10, 100), tally(30, 200)],
    [tally(2, 50), tally(12, 150)],
  ])!;

  it('of reps are drawn to their team and it to the company', () => {
    expect(ask(rows, scope('North', 'Ana'))).toMatchObject({
      value: blend.reps[0]![0],
      converted: 10,
      records: 100,
      answeredBy: 'rep',
      basis: 'counted',
    });
    expect(ask(rows, scope('South', 'Dan'))!.value).toBe(blend.reps[1]![1]);
  });

  it('a rep without a row has what the reps of the team are drawn to', () => {
    expect(ask(rows, scope('North', 'New'))).toMatchObject({ value: blend.teams[0], answeredBy: 'team' });
  });

  it('a quota planned as the team has the team’s blended rate, as the company the plain ratio', () => {
    const teams = blendGroup([tally(40, 300), tally(14, 200)])!.rates;
    expect(ask(rows, scope('North', null))!.value).toBeCloseTo(teams[0]!, 12);
    expect(ask(rows, scope('South', null))!.value).toBeCloseTo(teams[1]!, 12);
    expect(ask(rows, scope(null, null))!.value).toBe(54 / 500);
  });

  it('without teams are drawn to the company', () => {
    const alone = [
      counts(scope(null, 'Ana'), 100, 3),
      counts(scope(null, 'Ben'), 100, 6),
      counts(scope(null, 'Cleo'), 50, 2),
    ];
    const rates = ['Ana', 'Ben', 'Cleo'].map((rep) => ask(alone, scope(null, rep))!.value);
    const wanted = blendGroup([tally(3, 100), tally(6, 100), tally(2, 50)])!.rates;
    for (const [index, rate] of rates.entries()) expect(rate).toBeCloseTo(wanted[index]!, 12);
  });

  it('with no closes at all still have a rate, of reps, of teams and of the company', () => {
    const none = [counts(scope('North', 'Ana'), 40, 0), counts(scope('North', 'Ben'), 60, 0)];
    for (const asker of [
      scope('North', 'Ana'),
      scope('North', 'New'),
      scope('North', null),
      scope(null, null),
    ])
      expect(ask(none, asker)!.value).toBeGreaterThan(0);
    expect(ask(none, scope(null, null))!.value).toBe(0.5 / 101);
  });

  it('raw stand as they are', () => {
    const raw = (asker: Scope) => ask(rows, asker, { blended: false })!.value;
    expect(raw(scope('North', 'Ana'))).toBe(10 / 100);
    expect(raw(scope('North', 'New'))).toBe(40 / 300);
    expect(raw(scope('South', null))).toBe(14 / 200);
    expect(raw(scope(null, null))).toBe(54 / 500);
    expect(
      ask([counts(scope('North', 'Ana'), 40, 0)], scope('North', 'Ana'), { blended: false })!.value,
    ).toBe(0);
  });

  it('a row in which nothing entered says nothing', () => {
    const rowsOfOne = [counts(scope('North', 'Ana'), 0, 0), counts(scope('North', 'Ben'), 200, 30)];
    expect(ask(rowsOfOne, scope('North', 'Ana'))).toMatchObject({ answeredBy: 'team' });
    expect(ask([counts(scope(null, null), 0, 0)], scope(null, null))).toBeNull();
  });
});

describe('measured rates', () => {
  const measured = (of: Scope, value: number, parts: Partial<MeasuredRate> = {}): RateRow => {
    const where = at('rates.yaml', ++line);
    const counts = { records: 200, converted: 20, effective: 150, low: value / 2, high: value * 2 };
    return rowOf(of, [{ kind: 'measured', value, ...counts, carriedBy: null, where, ...parts }], where);
  };

  it('are looked up in the order of all others, with their evidence and their place', () => {
    for (const [index, [, word, value]] of ORDER.entries()) {
      const rows = ORDER.slice(index).map(([of, , each]) => measured(of, each));
      expect(ask(rows, ANA)).toMatchObject({
        value,
        basis: 'measured',
        answeredBy: word,
        records: 200,
        converted: 20,
        measured: { effective: 150, low: value / 2, high: value * 2 },
        where: rows[0]!.where,
      });
    }
  });

  it('are not blended again, however few records they are of', () => {
    const few = { records: 1, converted: 1, effective: 1 };
    const rows = [
      measured(scope('North', 'Ana'), 0.3, few),
      measured(scope('North', 'Ben'), 0.1),
      measured(scope('North', null), 0.12),
    ];
    for (const blended of [true, false])
      expect(ask(rows, scope('North', 'Ana'), { blended })).toMatchObject({ value: 0.3, records: 1 });
  });

  it('name who carries them, where that is not whose row they are', () => {
    const carried = (of: Scope, carriedBy: MeasuredRate['carriedBy']) =>
      ask([measured(of, 0.1, { carriedBy })], scope('North', 'Ana', of.source))!.answeredBy;
    const rep = scope('North', 'Ana');
    expect([null, 'rep', 'team', 'all'].map((by) => carried(rep, by as MeasuredRate['carriedBy']))).toEqual([
      'rep',
      'rep',
      'team',
      'all',
    ]);
    expect(carried({ ...rep, source: 'web' }, 'team')).toBe('team and source');
    expect(carried({ ...rep, source: 'web' }, 'all')).toBe('source');
    expect(carried(scope('North', null, 'web'), 'all')).toBe('source');
  });
});

describe('deal sizes', () => {
  const size = (of: Scope, amount: number): DealSize => ({
    ...of,
    amount,
    deals: null,
    where: at('deals.csv', amount),
  });
  const all = ORDER.map(([of], index) => size(of, index + 1));

  it('are looked up in the order of the rates', () => {
    for (const [index, [, word]] of ORDER.entries()) {
      const answer = dealSizeFor(dealSizesOf(all.slice(index)), ANA);
      expect(answer).toMatchObject({ answeredBy: word, dealSize: { amount: index + 1 } });
    }
    expect(dealSizeFor(dealSizesOf([]), ANA)).toBeNull();
    expect(dealSizeFor(dealSizesOf([size(scope('US', null), 5)]), ANA)).toBeNull();
  });

  it('of a rep without a team speak of the rep in any', () => {
    const sizes = dealSizesOf([size(scope(null, 'Ana'), 7), size(scope('EMEA', null), 8)]);
    expect(dealSizeFor(sizes, ANA)).toMatchObject({ answeredBy: 'rep', dealSize: { amount: 7 } });
    expect(dealSizeFor(sizes, scope('EMEA/UK', null, 'web'))).toMatchObject({ answeredBy: 'team' });
  });
});
