/** The life table: published answers, the worked table, and the laws it must keep. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worthOf } from '../../src/history/effective.ts';
import {
  chanceAfter,
  convertedBy,
  type EntryGroup,
  type ExitGroup,
  firstAgeOf,
  type LifeTable,
  lagOf,
  lifeTable,
  openAfter,
  rateOf,
  tableOf,
} from '../../src/history/life-table.ts';
import { monthCurve } from '../../src/history/month-curve.ts';
import { slicesOf } from '../../src/history/slice.ts';
import { type Day, dayOf } from '../../src/period/day.ts';
import { sharedPath } from '../support/shared-data.ts';
import { type HistoryRecord, tallyRecords } from './tally-records.ts';

interface Oracle {
  readonly leads: readonly number[];
  readonly won: readonly (readonly number[])[];
  readonly lost: readonly (readonly number[])[];
  readonly atRisk: readonly number[];
  readonly F: readonly number[];
  readonly ultimate: number;
  readonly Sopen: readonly number[];
  readonly G: readonly number[];
  readonly residual: readonly number[];
  readonly open: readonly number[];
  readonly effectiveLeads: number;
  readonly naive: number;
}

const ORACLE = JSON.parse(
  readFileSync(new URL('../../fixtures/oracles/life-table.json', import.meta.url), 'utf8'),
) as Oracle;

/** Cohorts of months, the oldest first, with what left at each age. */
function ofCohorts({ leads, won, lost }: Pick<Oracle, 'leads' | 'won' | 'lost'>): LifeTable {
  const oldest = leads.length - 1;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const entries = leads.map((count, cohort): EntryGroup => {
    const gone = sum(won[cohort]!) + sum(lost[cohort]!);
    return { firstAge: 0, lastAge: oldest - cohort, count, open: count - gone };
  });
  const exits = (event: ExitGroup['event'], counts: Oracle['won']) =>
    counts.flatMap((ages) => ages.map((count, age): ExitGroup => ({ age, event, count })));
  return lifeTable(entries, [...exits('advanced', won), ...exits('lost', lost)]);
}

function expectNear(actual: readonly number[], wanted: readonly number[], within: number): void {
  expect(actual).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries())
    expect(Math.abs(actual[index]! - value)).toBeLessThanOrEqual(within);
}

/** Cumulated. */
const running = (values: readonly number[]): number[] => {
  let sum = 0;
  return values.map((value) => (sum += value));
};

describe('the worked table', () => {
  const table = ofCohorts(ORACLE);

  it('is that of the page', () => {
    expect(table.atRisk).toEqual([460, 290, 138, 45]);
    const increments = [0.0217391304, 0.0484557721, 0.0319527193, 0.009940846];
    expectNear(table.converted, running(increments), 4e-10);
    expect(rateOf(table)).toBeCloseTo(0.1120884678, 9);
    expectNear(table.open, [0.8782608696, 0.6299250375, 0.4473380701, 0.3379887641], 5e-11);
    const after = [0, 1, 2, 3].map((age) => chanceAfter(table, age));
    expectNear(after, [0.1028730079, 0.0665056361, 0.0222222222, 0], 5e-11);
  });

  it('is that of the oracle', () => {
    expect(table.atRisk).toEqual(ORACLE.atRisk);
    expectNear(table.converted, running(ORACLE.F), 1e-15);
    expect(rateOf(table)).toBeCloseTo(ORACLE.ultimate, 14);
    expectNear(table.open, ORACLE.Sopen, 1e-15);
    expectNear(
      table.converted.map((share) => share / rateOf(table)!),
      ORACLE.G,
      1e-14,
    );
    expectNear(
      [0, 1, 2, 3].map((age) => chanceAfter(table, age)),
      ORACLE.residual,
      1e-15,
    );
  });

  it('says how many records have had their time', () => {
    const ages = [3, 2, 1, 0];
    const effective = ORACLE.leads.reduce(
      (sum, count, cohort) => sum + count * worthOf(table, 0, ages[cohort]!),
      0,
    );
    expect(effective).toBeCloseTo(303.4575126, 7);
    expect(effective).toBeCloseTo(ORACLE.effectiveLeads, 10);
  });

  it('says what the open ones still bring in the next three months', () => {
    const expected = [1, 2, 3].map((month) =>
      ORACLE.open.reduce((sum, count, cohort) => {
        const age = 3 - cohort;
        const between = convertedBy(table, age + month) - convertedBy(table, age + month - 1);
        return sum + (count * between) / openAfter(table, age);
      }, 0),
    );
    expectNear(expected, [11.0181576, 5.2521961, 1.2903415], 5e-8);
  });

  it('is above the plain ratio, for the young have yet to convert', () => {
    expect(ORACLE.naive).toBeCloseTo(34 / 460, 14);
    expect(rateOf(table)).toBeGreaterThan(0.0739);
  });
});

/** Ages at which records left; those marked were still open then. */
function withoutLosses(ages: readonly (number | string)[]): LifeTable {
  const entries: EntryGroup[] = [];
  const exits: ExitGroup[] = [];
  for (const text of ages) {
    const age = Number.parseInt(String(text), 10);
    const isOpen = String(text).endsWith('+');
    entries.push({ firstAge: 0, lastAge: age, count: 1, open: isOpen ? 1 : 0 });
    if (!isOpen) exits.push({ age, event: 'advanced', count: 1 });
  }
  return lifeTable(entries, exits);
}

/** The share still open after each age at which somebody left. */
function openAfterExits(ages: readonly (number | string)[]): number[] {
  const { open } = withoutLosses(ages);
  const exits = ages.filter((age) => !String(age).endsWith('+')).map(Number);
  return [...new Set(exits)].sort((a, b) => a - b).map((age) => open[age]!);
}

describe('published answers', () => {
  it("R's aml, maintained", () => {
    const open = openAfterExits([9, 13, '13+', 18, 23, '28+', 31, 34, '45+', 48, '161+']);
    expectNear(open, [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], 5e-4);
  });

  it("R's aml, not maintained", () => {
    const open = openAfterExits([5, 5, 8, 8, 12, '16+', 23, 27, 30, 33, 43, 45]);
    expectNear(open, [0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0], 5e-5);
  });

  it("convoys' example: three quarters by day 9", () => {
    const { converted } = withoutLosses(['2+', '3+', 6, 6, 7, '10+']);
    expect(converted[9]).toBeCloseTo(0.75, 14);
  });

  const violations = sharedPath('data/convoys/dob_violations.csv');
  it.skipIf(!existsSync(violations))('9,715 violations: shares disposed by 1 to 30 years', () => {
    const day = (text: string): number | null => {
      const [year = 0, month = 0, of = 0] = text.split('-').map(Number);
      return text === '' ? null : dayOf(year, month, of);
    };
    const records = readFileSync(violations, 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line): HistoryRecord => {
        const [issued = '', disposed = ''] = line.split(',');
        return { stages: [day(issued), day(disposed)], lost: null };
      });
    expect(records).toHaveLength(9_715);
    const asOf = dayOf(2018, 1, 1)!;
    expect(records.filter(({ stages }) => (stages[1] ?? 0) > asOf)).toHaveLength(121);
    const first = Math.min(...records.map(({ stages }) => stages[0]!));
    const [[slice]] = slicesOf(tallyRecords(records, { asOf, logFrom: first }), [null]) as [[never]];
    const { converted } = tableOf(slice);
    const shares = [1, 2, 5, 10, 20, 30].map((years) => converted[Math.floor(years * 365.25)]!);
    expectNear(shares, [0.2769, 0.3996, 0.5612, 0.697, 0.8197, 0.8981], 5e-5);
  });
});

describe('degenerate tables', () => {
  it('of nobody', () => {
    const table = lifeTable([], []);
    expect(table).toEqual({ atRisk: [], converted: [], open: [], last: null, conversions: 0 });
    expect([rateOf(table), lagOf(table, 0.5), convertedBy(table, 3), openAfter(table, 3)]).toEqual([
      null,
      null,
      0,
      1,
    ]);
    expect(monthCurve(table)).toEqual([0]);
  });

  it('of nine: no rate', () => {
    const entries = [{ firstAge: 0, lastAge: 20, count: 9, open: 8 }];
    expect(rateOf(lifeTable(entries, [{ age: 3, event: 'advanced', count: 1 }]))).toBeNull();
  });

  it('nobody converts: 0, and no lag', () => {
    const table = lifeTable([{ firstAge: 0, lastAge: 20, count: 50, open: 50 }], []);
    expect([rateOf(table), lagOf(table, 0.5), monthCurve(table)]).toEqual([0, null, [0]]);
  });

  it('everybody converts on the day they come', () => {
    const table = lifeTable(
      [{ firstAge: 0, lastAge: 90, count: 50, open: 0 }],
      [{ age: 0, event: 'advanced', count: 50 }],
    );
    expect([rateOf(table), lagOf(table, 0.8), monthCurve(table)]).toEqual([1, 0, [1]]);
    expect(worthOf(table, 0, 0)).toBe(1);
  });

  it('ages at which nobody is at risk change nothing', () => {
    const entries = [
      { firstAge: 0, lastAge: 5, count: 40, open: 30 },
      { firstAge: 50, lastAge: 60, count: 20, open: 10 },
    ];
    const exits: ExitGroup[] = [
      { age: 5, event: 'advanced', count: 10 },
      { age: 55, event: 'advanced', count: 10 },
    ];
    const table = lifeTable(entries, exits);
    expect(table.converted[49]).toBe(0.25);
    expect(rateOf(table)).toBeCloseTo(0.25 + 0.75 * 0.5, 14);
  });

  it('what a few did at the first ages is no ground for the later ones', () => {
    const entries = [
      { firstAge: 0, lastAge: 5, count: 2, open: 1 },
      { firstAge: 50, lastAge: 60, count: 500, open: 400 },
    ];
    const exits: ExitGroup[] = [
      { age: 2, event: 'advanced', count: 1 },
      { age: 55, event: 'advanced', count: 100 },
    ];
    expect(rateOf(lifeTable(entries, exits))).toBeNull();
  });
});

describe('the curve by months', () => {
  it('is the mean of F over the ages of each month', () => {
    const entries = [{ firstAge: 0, lastAge: 100, count: 100, open: 60 }];
    const table = lifeTable(entries, [
      { age: 10, event: 'advanced', count: 20 },
      { age: 40, event: 'advanced', count: 20 },
    ]);
    const curve = monthCurve(table);
    expect(curve).toHaveLength(3);
    expect(curve[0]).toBeCloseTo((0.2 * (30.4375 - 10)) / 30.4375, 14);
    expect(curve[1]).toBeCloseTo((0.2 * (40 - 30.4375) + 0.4 * (60.875 - 40)) / 30.4375, 14);
    expect(curve[2]).toBe(rateOf(table));
  });

  it('waits: of 3, 6 and 1 that convert after 10, 20 and 30 days, half have by 20', () => {
    const entries = [{ firstAge: 0, lastAge: 100, count: 100, open: 90 }];
    const exits = [3, 6, 1].map(
      (count, index): ExitGroup => ({ age: 10 * (index + 1), event: 'advanced', count }),
    );
    const table = lifeTable(entries, exits);
    expect([0.3, 0.5, 0.9, 1].map((share) => lagOf(table, share))).toEqual([10, 20, 20, 30]);
  });
});

/** Records of two stages on days 0 to 200; some are lost, some after the as-of day. */
const record = fc.record({
  entered: fc.integer({ min: 0, max: 200 }),
  wait: fc.integer({ min: 0, max: 120 }),
  end: fc.constantFrom('advanced', 'lost', 'open'),
  source: fc.constantFrom(null, 'inbound', 'outbound'),
});
type Drawn = typeof record extends fc.Arbitrary<infer Of> ? Of : never;

const recordOf = ({ entered, wait, end, source }: Drawn): HistoryRecord => ({
  stages: [entered, end === 'advanced' ? entered + wait : null],
  lost: end === 'lost' ? entered + wait : null,
  source,
});

const AS_OF = 200;
const histories = fc.array(record, { minLength: 1, maxLength: 120 });

/** Slices of the one transition: over all sources, then of each. */
function slicesOfRecords(records: readonly Drawn[], logFrom: number | null = null) {
  const tallies = tallyRecords(records.map(recordOf), { asOf: AS_OF, logFrom });
  return slicesOf(tallies, [null, 'inbound', 'outbound']).map(([slice]) => slice!);
}

/** F record by record: at every age the share of those at risk that leave. */
function byHand(records: readonly Drawn[], logStart: number): { converted: number[]; open: number[] } {
  const ways = records.map(({ entered, wait, end }) => ({
    first: Math.max(0, logStart - entered),
    last: AS_OF - entered,
    exit: end === 'open' || entered + wait > AS_OF ? null : wait,
    end,
  }));
  const converted: number[] = [];
  const open: number[] = [];
  let share = 0;
  let still = 1;
  const oldest = Math.max(...ways.map(({ last }) => last));
  for (let age = 0; age <= oldest; age++) {
    const risk = ways.filter(
      ({ first, last, exit }) => first <= age && age <= last && (exit === null || exit >= age),
    );
    const gone = risk.filter(({ exit }) => exit === age);
    const won = gone.filter(({ end }) => end === 'advanced').length;
    if (risk.length > 0) {
      share += (still * won) / risk.length;
      still *= 1 - gone.length / risk.length;
    }
    converted.push(share);
    open.push(still);
  }
  return { converted, open };
}

describe('laws', () => {
  it('converted, open and lost are all there are; nobody comes back', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: AS_OF }), (records, logFrom) => {
        for (const slice of slicesOfRecords(records, logFrom)) {
          const table = tableOf(slice);
          // Lost: what the table of those who convert and those who are lost, with the two changed about, has converted.
          const swapped = tableOf({
            ...slice,
            exits: slice.exits.map((exit) => ({
              ...exit,
              event: exit.event === 'lost' ? 'advanced' : 'lost',
            })),
          });
          for (const [age, share] of table.converted.entries()) {
            expect(share + table.open[age]! + swapped.converted[age]!).toBeCloseTo(1, 12);
            expect(share).toBeGreaterThanOrEqual(table.converted[age - 1] ?? 0);
            expect(table.open[age]).toBeLessThanOrEqual(table.open[age - 1] ?? 1);
            expect(table.open[age]).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('without losses, and seen from the first day on, it is Kaplan and Meier', () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const records = drawn.map((of) => (of.end === 'lost' ? { ...of, end: 'open' as const } : of));
        const { converted } = tableOf(slicesOfRecords(records, 0)[0]!);
        const events = records.filter(
          ({ end, entered, wait }) => end === 'advanced' && entered + wait <= AS_OF,
        );
        for (const age of [0, 10, 60, 120]) {
          if (age >= converted.length) continue;
          const times = [...new Set(events.map(({ wait }) => wait))].filter((wait) => wait <= age);
          const open = times.reduce((product, time) => {
            const gone = events.filter(({ wait }) => wait === time).length;
            const risk = records.filter(
              (of) => AS_OF - of.entered >= time && (!events.includes(of) || of.wait >= time),
            ).length;
            return product * (1 - gone / risk);
          }, 1);
          expect(converted[age]).toBeCloseTo(1 - open, 12);
        }
      }),
    );
  });

  it('with losses and a log that starts late it is the count record by record', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: AS_OF }), (records, logFrom) => {
        const { converted, open } = tableOf(slicesOfRecords(records, logFrom)[0]!);
        const seen = records.filter(
          ({ entered, wait, end }) => end === 'open' || entered + wait > AS_OF || entered + wait >= logFrom,
        );
        if (seen.length === 0) return;
        const wanted = byHand(seen, logFrom);
        for (const [age, share] of wanted.converted.entries()) {
          expect(converted[age]).toBeCloseTo(share, 12);
          expect(open[age]).toBeCloseTo(wanted.open[age]!, 12);
        }
      }),
    );
  });

  it('unless a day is named, the log starts with the first that left', () => {
    fc.assert(
      fc.property(histories, (records) => {
        const left = records.flatMap(({ entered, wait, end }) =>
          end === 'open' || entered + wait > AS_OF ? [] : [entered + wait],
        );
        const [slice] = slicesOfRecords(records);
        if (left.length === 0) {
          expect(slice!.logStart).toBeNull();
          expect(firstAgeOf(slice!, 0)).toBe(0);
          return;
        }
        expect(slice!.logStart).toBe(Math.min(...left));
        const named = slicesOfRecords(records, Math.min(...left) as Day)[0]!;
        expect(tableOf(slice!)).toEqual(tableOf(named));
      }),
    );
  });

  it('a month’s share of the curve never falls, and ends in the rate', () => {
    fc.assert(
      fc.property(histories, (records) => {
        for (const slice of slicesOfRecords(records)) {
          const table = tableOf(slice);
          const curve = monthCurve(table);
          expect(curve.at(-1)).toBe(rateOf(table) ?? 0);
          for (const [month, share] of curve.entries())
            expect(share).toBeGreaterThanOrEqual((curve[month - 1] ?? 0) - 1e-15);
        }
      }),
    );
  });
});
