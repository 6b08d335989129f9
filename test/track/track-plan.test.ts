/** Tracking whole plans: everything adds up, nothing divides by zero, and nobody's agreed goals are lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import { addDays, type Day } from '../../src/period/day.ts';
import { addMonths, firstDay, lastDay, monthOf, monthOfDay } from '../../src/period/month.ts';
import { planGoals } from '../../src/plan/goals.ts';
import { keyOf, plus } from '../../src/plan/line.ts';
import type { Actual, PlanModel } from '../../src/plan/model.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { type PlanPeriod, planPeriods } from '../../src/plan/row.ts';
import { isWithin } from '../../src/quota/rep.ts';
import type { SavedPlan } from '../../src/track/saved-plan.ts';
import { standOf } from '../../src/track/stand.ts';
import type { Track, TrackLine, TrackRow } from '../../src/track/track.ts';
import { trackPlan } from '../../src/track/track-plan.ts';
import { keyed, savedPlanOf } from '../support/agreed-goals.ts';
import { type Allowed, randomCase, randomPlan } from '../support/random-plan.ts';
import { day, quotaOf, REPS, smallModel } from '../support/small-model.ts';

const LEAD = 0;
const CLOSE = 3;

/** The plan as it was made on the day before it. */
function planBefore(model: PlanModel): Plan {
  const asOf = addDays(firstDay(model.from), -1);
  const { value, problems } = planGoals({ ...model, asOf, actuals: null, pipeline: null });
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

function tracked(model: PlanModel, saved: SavedPlan | null): Track {
  const { value, problems } = trackPlan(model, saved);
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

const allPeriods = ({ clock }: Track): PlanPeriod[] =>
  (['month', 'quarter', 'year'] as const).flatMap((grain) => planPeriods(clock, grain));

const rowsOf = (track: Track, line: TrackLine): TrackRow[] =>
  track.model.stages.flatMap((_, stage) =>
    allPeriods(track).map((period) => standOf(track, line, { stage, period })),
  );

const NUMBERS = [
  'agreed',
  'due',
  'actual',
  'attainment',
  'ahead',
  'aheadDays',
  'goalLeft',
  'estimate',
] as const;

/** What is not a number, and not null either. */
function unsound(track: Track): string[] {
  return track.lines.flatMap((line) =>
    rowsOf(track, line).flatMap((row) =>
      NUMBERS.filter((name) => row[name] !== null && !Number.isFinite(row[name])).map(
        (name) => `${keyOf(line)} ${row.period.label} ${row.stage} ${name} ${row[name]}`,
      ),
    ),
  );
}

/** Sources owed by two departments and, where there are three, one owed by nobody. */
function owned(model: PlanModel): PlanModel {
  const owners = ['marketing', 'sales', null];
  return {
    ...model,
    sources: model.sources.map((source, index) => ({ ...source, owner: owners[index % 3]! })),
  };
}

const ANY_DAY: Allowed = { asOf: ['day before', 'earlier', 'month-end inside', 'inside'] };

/** Random plans with goals that were agreed before them. */
const trackedPlan = (allowed: Allowed = ANY_DAY) =>
  fc.oneof(randomPlan(allowed), randomCase({ ...allowed, most: 3 })).map(({ model }) => {
    const given = owned(model);
    return tracked(given, savedPlanOf(planBefore(given)));
  });

function sumOf(lines: readonly TrackLine[], series: 'agreed' | 'actual' | 'left', at: number[]): number {
  const [stage, month] = at as [number, number];
  return lines.reduce((sum, line) => plus(sum, line.stages[stage]![series][month]!), Number.NaN);
}

/** Every stage and month of a line is the sum of the same of its parts. */
function expectSum(track: Track, line: TrackLine, parts: readonly TrackLine[]): void {
  for (const stage of track.model.stages.keys()) {
    for (let month = 0; month < track.clock.months; month++) {
      for (const series of ['agreed', 'actual', 'left'] as const)
        expect(line.stages[stage]![series][month]).toBe(sumOf(parts, series, [stage, month]));
      const coming = parts.reduce((sum, part) => plus(sum, part.stages[stage]!.coming[month]!), Number.NaN);
      const given = line.stages[stage]!.coming[month]!;
      if (Number.isNaN(coming)) expect(given).toBeNaN();
      else expect(Math.abs(given - coming)).toBeLessThanOrEqual(1e-6 * Math.max(1, coming));
    }
  }
}

const isSameRow = (first: TrackLine, second: TrackLine): boolean =>
  keyOf({ ...first, source: null }) === keyOf({ ...second, source: null });

describe('parts sum to totals', () => {
  it('reps to teams to the company, for every source and owner and over all', () => {
    fc.assert(
      fc.property(trackedPlan(), (track) => {
        const reps = track.lines.filter(({ level }) => level === 'rep');
        for (const line of track.lines.filter(({ level }) => level !== 'rep')) {
          const parts = reps.filter(
            ({ team, source, owner }) =>
              source === line.source &&
              owner === line.owner &&
              (line.level === 'company' || isWithin(team, line.team)),
          );
          expect(parts.length).toBeGreaterThan(0);
          expectSum(track, line, parts);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sources to all of them, and to their owners', () => {
    fc.assert(
      fc.property(trackedPlan(), (track) => {
        for (const line of track.lines.filter(({ source }) => source === null)) {
          const sources = track.lines.filter(
            (part) =>
              part.source !== null &&
              isSameRow(part, line) &&
              (line.owner === null || part.owner === line.owner),
          );
          expectSum(track, line, sources);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('months to quarters to years, of whatever is counted', () => {
    fc.assert(
      fc.property(trackedPlan(), (track) => {
        for (const line of track.lines) {
          for (const stage of track.model.stages.keys()) {
            const rows = allPeriods(track).map((period) => standOf(track, line, { stage, period }));
            for (const whole of rows.filter(({ period }) => period.grain !== 'month')) {
              const finer = whole.period.grain === 'year' ? 'quarter' : 'month';
              const parts = rows.filter(
                ({ period }) =>
                  period.grain === finer &&
                  period.first >= whole.period.first &&
                  period.last <= whole.period.last,
              );
              const sum = (name: (typeof NUMBERS)[number]) =>
                parts.reduce((total, row) => plus(total, row[name] ?? Number.NaN), Number.NaN);
              for (const name of ['agreed', 'actual'] as const)
                expect(whole[name] ?? Number.NaN).toBe(sum(name));
              expect(whole.goalLeft ?? 0).toBe(sum('goalLeft') || 0);
              for (const name of ['due', 'estimate'] as const) {
                // a stage that is not counted has no estimate, but for periods to come
                if (whole[name] === null) continue;
                expect(whole[name]).toBeCloseTo(sum(name), 6);
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('also where a source is not counted: then the company is not known either', () => {
    const model = smallModel({ asOf: day('2027-03-15'), actuals: [2, 3].map((m) => counts('Ana Ruiz', m)) });
    const track = tracked(model, savedPlanOf(planBefore(model)));
    const estimate = (source: string | null, owner: string | null) =>
      stands(track, lineOf(track, { ...COMPANY, source, owner }), 'FY2028-Q1').estimate;
    expect(estimate('outbound', 'sales')).toBeNull();
    expect(estimate('inbound', 'marketing')).toBeGreaterThan(0);
    expect(estimate(null, null)).toBeNull();
    const company = stands(track, lineOf(track, COMPANY), 'FY2028-Q1');
    expect(company).toMatchObject({ isPartial: true, attainment: null, ahead: null, aheadDays: null });
    expect(company.actual).toBe(
      stands(track, lineOf(track, { ...COMPANY, source: 'inbound', owner: 'marketing' }), 'FY2028-Q1').actual,
    );
  });

  it('the agreed goals are those of the saved plan, actuals whole records', () => {
    fc.assert(
      fc.property(randomPlan({ asOf: ['inside', 'month-end inside'] }), ({ model }) => {
        const plan = planBefore(model);
        const track = tracked(model, savedPlanOf(plan));
        const company = track.lines.find(({ level, source }) => level === 'company' && source === null)!;
        for (const stage of model.stages.keys()) {
          const agreed = plan.lines.reduce(
            (sum, line) =>
              line.goals.slice(stage * plan.clock.months, (stage + 1) * plan.clock.months).reduce(plus, sum),
            Number.NaN,
          );
          expect(company.stages[stage]!.agreed.reduce(plus, Number.NaN)).toBe(agreed);
          for (const actual of company.stages[stage]!.actual)
            if (!Number.isNaN(actual)) expect(Number.isInteger(actual)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('nothing divides by zero', () => {
  it.each([
    ['before the plan begins', ['day before', 'earlier'], 'before'],
    ['in it', ['inside'], 'during'],
  ] as const)('%s', (_, asOf, when) => {
    fc.assert(
      fc.property(trackedPlan({ asOf }), (track) => {
        if (when === 'before' || track.model.asOf < lastDay(track.model.to)) expect(track.when).toBe(when);
        expect(unsound(track)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('on its last day, and after it', () => {
    const last = fc.tuple(randomPlan({ asOf: ['day before'] }), fc.constantFrom(0, 1, 40));
    fc.assert(
      fc.property(last, ([{ model }, later]) => {
        const asOf = addDays(lastDay(model.to), later);
        const track = tracked({ ...model, asOf }, savedPlanOf(planBefore(model)));
        expect(track.when).toBe('over');
        expect(unsound(track)).toEqual([]);
        for (const line of track.lines)
          for (const { goalLeft } of rowsOf(track, line)) expect(goalLeft ?? 0).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('for whom nothing was agreed', () => {
    const key = keyed({ level: 'team', team: 'Nobody’s' });
    fc.assert(
      fc.property(randomPlan(ANY_DAY), ({ model }) => {
        const goals = [{ key, month: model.from, goals: { [model.stages[0]!]: 5 } }];
        const track = tracked(model, { path: 'goals.json', name: null, asOf: model.asOf, goals });
        expect(unsound(track)).toEqual([]);
        for (const line of track.lines.filter(({ level }) => level === 'rep'))
          for (const row of rowsOf(track, line)) {
            expect(row).toMatchObject({ agreed: null, due: null, attainment: null, ahead: null });
            expect(row.aheadDays).toBeNull();
          }
      }),
      { numRuns: 30 },
    );
  });

  it('before the plan nothing is due, reached or ahead', () => {
    fc.assert(
      fc.property(trackedPlan({ asOf: ['day before', 'earlier'] }), (track) => {
        for (const line of track.lines)
          for (const row of rowsOf(track, line)) {
            expect(row).toMatchObject({ due: null, actual: null, attainment: null, ahead: null });
            expect(row.aheadDays).toBeNull();
          }
      }),
      { numRuns: 30 },
    );
  });
});

/** Leads and conversations of inbound, by rep and month. */
function counts(name: string, month: number, parts: Partial<Actual> = {}): Actual {
  const rep = REPS.find((one) => one.name === name) ?? null;
  return {
    team: rep?.team ?? null,
    rep,
    source: 'inbound',
    month: monthOf(2027, month),
    counts: [40, 20, null, null],
    amount: null,
    isRecord: false,
    ...parts,
  };
}

const lineOf = (track: Track, of: Partial<TrackLine>): TrackLine =>
  track.lines.find((line) =>
    Object.entries({ source: null, owner: null, territory: null, ...of }).every(
      ([key, value]) => line[key as keyof TrackLine] === value,
    ),
  )!;

const stands = (track: Track, line: TrackLine, label: string, stage = LEAD): TrackRow =>
  standOf(track, line, { stage, period: allPeriods(track).find((period) => period.label === label)! });

const COMPANY = { level: 'company' } as const;

describe('a stage that a source does not have', () => {
  const model = smallModel({ asOf: day('2027-03-15'), actuals: [2, 3].map((m) => counts('Ana Ruiz', m)) });
  const track = tracked(model, savedPlanOf(planBefore(model)));
  const partner = lineOf(track, { ...COMPANY, source: 'partner', owner: 'partners' });

  it('has no numbers in months to come', () => {
    for (const name of NUMBERS) expect(stands(track, partner, '2027-04')[name]).toBeNull();
  });

  it('has none in months that are over either', () => {
    for (const name of NUMBERS) expect(stands(track, partner, '2027-02')[name]).toBeNull();
  });
});

describe('a stage that is not counted', () => {
  it('has nothing left of a month that is over, also on its last day', () => {
    const actuals = [2, 3].map((month) => counts('Ana Ruiz', month));
    const model = smallModel({ asOf: day('2027-03-31'), actuals });
    const track = tracked(model, savedPlanOf(planBefore(model)));
    const company = lineOf(track, COMPANY);
    const left = ['2027-02', '2027-03'].map((label) => stands(track, company, label, CLOSE).goalLeft);
    expect(left[1]).toBe(left[0]);
  });
});

describe('people who come and go', () => {
  const model = smallModel({ asOf: day('2027-04-30'), actuals: [2, 3, 4].map((m) => counts('Ana Ruiz', m)) });
  const plan = planBefore(model);
  const saved = savedPlanOf(plan);

  it('what a rep was given who is not in the plan any more still counts for team and company', () => {
    const key = keyed({ level: 'rep', team: 'East', rep: 'Old Hand', source: 'inbound', owner: 'marketing' });
    const goals = { lead: 50, conversation: 25, opportunity: 8, close: 2 };
    const old = [2, 3, 4].map((month) => ({ key, month: monthOf(2027, month), goals }));
    const without = tracked(model, saved);
    const track = tracked(model, { ...saved, goals: [...saved.goals, ...old] });
    const own = stands(track, lineOf(track, { level: 'rep', rep: 'Old Hand' }), 'FY2028-Q1');
    expect(own).toMatchObject({ agreed: 3 * 50, due: 3 * 50, actual: null, ahead: null, estimate: null });
    for (const of of [
      { level: 'team', team: 'East' },
      COMPANY,
      { ...COMPANY, owner: 'marketing' },
      { ...COMPANY, owner: 'marketing', source: 'inbound' },
    ] as const) {
      const [before, after] = [without, track].map((one) => stands(one, lineOf(one, of), 'FY2028-Q1').agreed);
      expect(after! - before!).toBe(3 * 50);
    }
  });

  it('a leaver hands over to the open territory in the leaving month', () => {
    const track = tracked({ ...model, asOf: day('2027-09-30') }, saved);
    const gil = lineOf(track, { level: 'rep', rep: 'Gil Moreau' });
    const open = lineOf(track, { level: 'rep', territory: 'open (was Gil Moreau)' });
    const planned = (who: 'rep' | 'territory', name: string, month: number) =>
      plan.lines
        .filter((line) => line[who] === name)
        .reduce((sum, line) => plus(sum, line.goals[month]!), Number.NaN);
    for (const month of [0, 5, 6, 7]) {
      const label = planPeriods(track.clock, 'month')[month]!.label;
      expect(stands(track, gil, label).agreed).toBe(planned('rep', 'Gil Moreau', month));
      expect(stands(track, open, label).agreed).toBe(planned('territory', 'open (was Gil Moreau)', month));
    }
    // he is there for the first 15 days of August, and was given something only until then
    expect(stands(track, gil, '2027-08').agreed).toBeGreaterThan(0);
    expect(stands(track, open, '2027-08').agreed).toBeGreaterThan(0);
    expect(stands(track, gil, '2027-09').agreed).toBe(0);
    expect(stands(track, open, '2027-07').agreed).toBe(0);
    expect(stands(track, gil, 'FY2028').goalLeft).toBe(0);
    expect(stands(track, open, 'FY2028').goalLeft).toBeGreaterThan(0);
  });

  it('what a leaver reached after leaving is the territory’s, none of it lost', () => {
    const late = [7, 8, 9].map((month) => counts('Gil Moreau', month));
    const track = tracked({ ...model, actuals: late, asOf: day('2027-09-30') }, saved);
    const gil = stands(track, lineOf(track, { level: 'rep', rep: 'Gil Moreau' }), 'FY2028').actual!;
    const open = lineOf(track, { level: 'rep', territory: 'open (was Gil Moreau)' });
    expect(stands(track, open, '2027-09').actual).toBe(40);
    expect(gil + stands(track, open, 'FY2028').actual!).toBe(3 * 40);
  });

  it('goals of quotas that nobody but a team carries', () => {
    const team = { ...quotaOf(REPS[0]!, 600_000), team: 'South', rep: null };
    const given = { ...model, quotas: [...model.quotas, team] };
    const track = tracked(given, savedPlanOf(planBefore(given)));
    const south = lineOf(track, { level: 'team', team: 'South' });
    const agreed = stands(track, south, 'FY2028').agreed!;
    expect(agreed).toBeGreaterThan(0);
    const without = tracked(model, saved);
    const all = [track, without].map((one) => stands(one, lineOf(one, COMPANY), 'FY2028').agreed!);
    expect(all[0]! - all[1]!).toBe(agreed);
    expectSum(
      track,
      lineOf(track, COMPANY),
      track.lines.filter(
        ({ level, team: name, source, owner }) =>
          source === null && owner === null && (level === 'rep' || (level === 'team' && name === 'South')),
      ),
    );
  });
});

describe('sources of another name since', () => {
  const model = smallModel({ asOf: day('2027-04-30'), actuals: [2, 3, 4].map((m) => counts('Ana Ruiz', m)) });
  const saved = savedPlanOf(planBefore(model));
  const rename = (name: string | null) => (name === 'inbound' ? 'content' : name);
  const given: SavedPlan = {
    ...saved,
    goals: saved.goals.map((goal) => ({ ...goal, key: { ...goal.key, source: rename(goal.key.source) } })),
  };
  const track = tracked(model, given);

  it('keep the goals they were given, beside what the new name reached', () => {
    const then = lineOf(track, { ...COMPANY, source: 'content', owner: 'marketing' });
    const now = lineOf(track, { ...COMPANY, source: 'inbound', owner: 'marketing' });
    const usual = tracked(model, saved);
    const both = stands(
      usual,
      lineOf(usual, { ...COMPANY, source: 'inbound', owner: 'marketing' }),
      'FY2028-Q1',
    );
    expect(stands(track, then, 'FY2028-Q1')).toMatchObject({ agreed: both.agreed, actual: null });
    expect(stands(track, now, 'FY2028-Q1')).toMatchObject({ agreed: null, actual: 120, attainment: null });
  });

  it('change nothing for the owner, the team and the company', () => {
    const usual = tracked(model, saved);
    for (const of of [
      COMPANY,
      { ...COMPANY, owner: 'marketing' },
      { level: 'team', team: 'East' },
      { level: 'rep', rep: 'Ana Ruiz' },
    ] as const) {
      const [then, now] = [usual, track].map((one) => stands(one, lineOf(one, of), 'FY2028-Q1'));
      for (const name of ['agreed', 'due', 'actual', 'ahead', 'aheadDays', 'goalLeft'] as const)
        expect(now![name]).toBe(then![name]);
    }
  });
});

describe('without agreed goals', () => {
  const asOf = day('2027-05-15');
  const actuals = [2, 3, 4, 5].map((month) => counts('Ana Ruiz', month));
  const model = smallModel({ asOf, actuals });

  it('says that they were made again', () => {
    const { value, problems } = trackPlan(model, null);
    expect(problems.filter(({ code }) => code === 'goals_recomputed')).toHaveLength(1);
    expect(value!.agreedOn).toBeNull();
    const saved = savedPlanOf(planBefore(model));
    const known = trackPlan(model, saved);
    expect(known.problems.map(({ code }) => code)).not.toContain('goals_recomputed');
    expect(known.value!.agreedOn).toBe(saved.asOf);
  });

  it('they are those of the day before the plan, whatever came later', () => {
    fc.assert(
      fc.property(randomCase({ asOf: ['inside', 'month-end inside'] }), ({ model: given }) => {
        const before = given.actuals?.filter(({ month }) => month < given.from) ?? [];
        const made = planGoals({
          ...given,
          asOf: addDays(firstDay(given.from), -1),
          actuals: before.length > 0 ? before : null,
          pipeline: null,
        }).value!;
        const agreed = (track: Track) => track.lines.map((line) => line.stages.map((stage) => stage.agreed));
        expect(agreed(tracked(given, null))).toEqual(agreed(tracked(given, savedPlanOf(made))));
      }),
      { numRuns: 40 },
    );
  });
});

describe('goals of another plan', () => {
  const model = smallModel({ asOf: day('2027-04-30'), actuals: [counts('Ana Ruiz', 2)] });
  const saved = savedPlanOf(planBefore(model));
  const codes = (given: SavedPlan) => {
    const { value, problems } = trackPlan(model, given);
    return [value === null, problems.map(({ code }) => code).filter((code) => code.startsWith('agreed'))];
  };

  it('of other months, or of stages of other names, hold nobody to anything', () => {
    const later = saved.goals.map((goal) => ({ ...goal, month: addMonths(goal.month, 24) }));
    expect(codes({ ...saved, goals: later })).toEqual([true, ['agreed_elsewhere']]);
    const renamed = saved.goals.map((goal) => ({ ...goal, goals: { inquiry: 5 } }));
    expect(codes({ ...saved, goals: renamed })).toEqual([true, ['agreed_elsewhere']]);
  });

  it('of the same months is said to be of another plan', () => {
    expect(codes({ ...saved, name: 'Southwind' })).toEqual([false, ['agreed_other_plan']]);
    expect(codes(saved)).toEqual([false, []]);
  });
});

describe('closes', () => {
  const won = (parts: Partial<Actual>): Actual =>
    counts('Ana Ruiz', 2, { counts: [null, null, null, 1], amount: 2_000_000, isRecord: true, ...parts });
  const pipeline = { records: [], knowsClosed: true, leftOut: { count: 0, amount: 0 } };

  it('that only the records of the pipeline know are counted one by one', () => {
    const actuals = [
      counts('Ana Ruiz', 2),
      won({ source: 'outbound' }),
      won({ source: 'inbound' }),
      won({ month: monthOf(2027, 3) }),
    ];
    const model = smallModel({ asOf: day('2027-03-31'), actuals, pipeline });
    const track = tracked(model, savedPlanOf(planBefore(model)));
    const company = lineOf(track, COMPANY);
    expect(stands(track, company, '2027-02', CLOSE).actual).toBe(2);
    expect(stands(track, company, '2027-03', CLOSE).actual).toBe(1);
    expect(stands(track, company, 'FY2028-Q1', CLOSE).actual).toBe(3);
    const ana = lineOf(track, { level: 'rep', rep: 'Ana Ruiz', source: 'outbound', owner: 'sales' });
    expect(stands(track, ana, 'FY2028-Q1', CLOSE).actual).toBe(1);
  });

  it('come from closed records where the actuals count leads alone, else from the actuals', () => {
    const closes = (january: object): (number | null)[] => {
      const { value } = parsePlan({
        funnel: ['lead', 'close'],
        from: '2027-01',
        to: '2027-03',
        quotas: [{ rep: 'Ana', period: '2027-Q1', quota: 90_000 }],
        deal_size: 10_000,
        rates: { lead_to_close: '10%' },
        as_of: '2027-02-28',
        actuals: [
          { rep: 'Ana', month: '2027-01', lead: 30, ...january },
          { rep: 'Ana', month: '2027-02', lead: 30 },
        ],
        pipeline: ['2027-01-10', '2027-01-20', '2027-02-10'].map((closed) => ({
          rep: 'Ana',
          stage: 'Closed Won',
          amount: 10_000,
          close_date: closed,
        })),
      });
      const model = value as PlanModel;
      const track = tracked(model, savedPlanOf(planBefore(model)));
      const ana = lineOf(track, { level: 'rep', rep: 'Ana' });
      expect(stands(track, ana, '2027-Q1').actual).toBe(30 + 30);
      return ['2027-01', '2027-02'].map((label) => stands(track, ana, label, 1).actual);
    };
    expect(closes({})).toEqual([2, 1]);
    // beside a count, an empty cell is a count of nothing
    expect(closes({ close: 5 })).toEqual([5, 0]);
  });

  it('nothing closed in any record is 0 for everybody', () => {
    const model = smallModel({ asOf: day('2027-03-31'), actuals: [counts('Ana Ruiz', 2)], pipeline });
    const track = tracked(model, savedPlanOf(planBefore(model)));
    for (const line of track.lines) expect(stands(track, line, 'FY2028-Q1', CLOSE).actual).toBe(0);
  });
});

describe('the plan’s own day', () => {
  it.each([
    ['2027-01-31', 'before'],
    ['2027-02-01', 'during'],
    ['2028-01-30', 'during'],
    ['2028-01-31', 'over'],
  ] as const)('on %s it is %s', (text, when) => {
    const asOf: Day = day(text);
    const model = smallModel({ asOf, actuals: [counts('Ana Ruiz', 1)] });
    expect(tracked(model, savedPlanOf(planBefore(model))).when).toBe(when);
  });

  it('months after the as-of day are never actual', () => {
    const model = smallModel({ asOf: day('2027-03-15'), actuals: [2, 3].map((m) => counts('Ana Ruiz', m)) });
    const track = tracked(model, savedPlanOf(planBefore(model)));
    const company = lineOf(track, COMPANY);
    expect(monthOfDay(model.asOf)).toBe(addMonths(model.from, 1));
    expect(company.stages[LEAD]!.actual.slice(0, 2)).toEqual([40, 40]);
    expect(company.stages[LEAD]!.actual.slice(2).every(Number.isNaN)).toBe(true);
  });
});
