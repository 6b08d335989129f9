/** Goals and quotas side by side: who is on one side only, what adds up, which rows come first. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { NOWHERE } from '../../../src/problem.ts';
import { compare } from '../../../src/scenario/compare/comparison.ts';
import { type ChangeRow, changesOf } from '../../../src/scenario/compare/goals/changes.ts';
import { compared } from '../../support/compared.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { counted, quotaOf, REPS, rep, smallModel } from '../../support/small-model.ts';

const changes = (a: PlanModel, b: PlanModel) =>
  changesOf(compared(a, 'a'), compared(b, 'b'), ['quarter', 'year']);

/** Of a whole year, over all sources, of leads. */
const ofYear = (rows: readonly ChangeRow[]) =>
  rows.filter(({ key, period, stage }) => key.source === null && period.grain === 'year' && stage === 'lead');

/** The plan with other reps in place of some, each with the same quota. */
function withReps(changed: Readonly<Record<string, typeof REPS>>): PlanModel {
  const reps = REPS.flatMap((of) => changed[of.name] ?? [of]);
  return smallModel({ reps, quotas: reps.map((of) => quotaOf(of, 1_000_000)) });
}

const noted = (rows: readonly ChangeRow[]) =>
  rows
    .filter(({ note }) => note !== null)
    .map(({ key, note }) => `${key.rep ?? key.territory ?? key.team}: ${note}`);

describe('who is on one side only', () => {
  it('joined, left, or moved', () => {
    const before = withReps({});
    const after = withReps({
      'Ana Ruiz': [rep('Nora Berg', 'East')],
      'Eva Lindqvist': [rep('Eva Lindqvist', 'South')],
      'Gil Moreau': [rep('Gil Moreau', 'West')],
    });
    expect(noted(ofYear(changes(before, after))).sort()).toEqual([
      'Ana Ruiz: left',
      'Eva Lindqvist: moved away',
      'Eva Lindqvist: moved here',
      'Nora Berg: joined',
      'South: new team',
      'open (was Gil Moreau): territory gone',
    ]);
  });

  it('who has another name and the same id is the same, with the open territory', () => {
    const gil = rep('Gil Moreau', 'West', { end: '2027-08-15' });
    const before = withReps({ 'Gil Moreau': [{ ...gil, id: 'R7' }] });
    const after = withReps({ 'Gil Moreau': [{ ...gil, id: 'R7', name: 'Gilbert Moreau' }] });
    const twice = { ...after, quotas: after.quotas.map((of) => ({ ...of, amount: of.amount * 2 })) };
    const { changes: rows, inputs, causes } = compare(compared(before, 'a'), compared(twice, 'b'), ['year']);
    const gils = ofYear(rows).filter(({ key }) => (key.rep ?? key.territory)?.includes('Gil'));
    expect(gils.map(({ key, note, was }) => [key.rep ?? key.territory, note, was])).toEqual([
      ['Gilbert Moreau', 'renamed', 'Gil Moreau'],
      ['open (was Gilbert Moreau)', null, null],
    ]);
    expect(gils.every(({ a, b }) => a !== null && b !== null)).toBe(true);
    const [named] = inputs.filter(({ key }) => key === 'reps');
    expect([named!.rep, named!.a, named!.b]).toEqual([
      'Gilbert Moreau',
      { kind: 'name', name: 'Gil Moreau' },
      { kind: 'name', name: 'Gilbert Moreau' },
    ]);
    expect(causes.map(({ key }) => key)).toEqual(['quotas']);
  });

  it('two who exchanged their names are told by their ids; a name that somebody keeps is not taken', () => {
    const people = (...named: readonly (readonly [id: string, name: string])[]) =>
      withReps({
        'Ana Ruiz': named.map(([id, name]) => ({ ...rep(name, 'East'), id })),
        'Ben Cho': [],
        'Chloe Martin': [],
        'Dev Patel': [],
      });
    const notes = (a: PlanModel, b: PlanModel) => {
      const one = { ...b, quotas: b.quotas.map((of) => ({ ...of, amount: of.amount * 2 })) };
      return ofYear(compare(compared(a, 'a'), compared(one, 'b'), ['year']).changes)
        .filter(({ key }) => key.team === 'East' && key.rep !== null)
        .map(({ key, note, was }) => [key.rep, note, was])
        .sort();
    };
    expect(notes(people(['1', 'Kim'], ['2', 'Lee']), people(['1', 'Lee'], ['2', 'Kim']))).toEqual([
      ['Kim', 'renamed', 'Lee'],
      ['Lee', 'renamed', 'Kim'],
    ]);
    expect(notes(people(['1', 'Kim'], ['2', 'Lee']), people(['1', 'Lee']))).toEqual([
      ['Kim', 'left', null],
      ['Lee', null, null],
    ]);
  });

  it('who moved is told by id, under whatever name, and from where', () => {
    const before = withReps({ 'Ana Ruiz': [{ ...rep('Ana Ruiz', 'East'), id: 'R1' }] });
    const after = withReps({ 'Ana Ruiz': [{ ...rep('Ana Ruiz-Berg', 'West'), id: 'R1' }] });
    const { changes: rows, inputs } = compare(compared(before, 'a'), compared(after, 'b'), ['year']);
    const anas = ofYear(rows).filter(({ key }) => key.rep?.startsWith('Ana'));
    expect(anas.map(({ key, note, was }) => [key.rep, note, was]).sort()).toEqual([
      ['Ana Ruiz', 'moved away', 'West'],
      ['Ana Ruiz-Berg', 'moved here', 'East'],
    ]);
    const places = inputs.filter(({ key }) => key === 'reps').map(({ rep: name, a, b }) => [name, a, b]);
    expect(places).toEqual([
      [
        'Ana Ruiz-Berg',
        { kind: 'place', team: 'East', stays: [] },
        { kind: 'place', team: 'West', stays: [] },
      ],
    ]);
  });

  it('one name with two ids is two people', () => {
    const ana = (id: string, team: string) => ({ ...rep('Ana Ruiz', team), id });
    const before = withReps({ 'Ana Ruiz': [ana('R1', 'East')] });
    const after = withReps({ 'Ana Ruiz': [ana('R2', 'West')] });
    expect(noted(ofYear(changes(before, after))).sort()).toEqual(['Ana Ruiz: joined', 'Ana Ruiz: left']);
  });

  it('a row of theirs has no number there and no percent of one, and the whole goal as its change', () => {
    const rows = changes(withReps({}), withReps({ 'Ana Ruiz': [] }));
    const [ana] = ofYear(rows).filter(({ key }) => key.rep === 'Ana Ruiz');
    expect([ana!.b, ana!.change]).toEqual([null, -ana!.a!]);
  });

  it('who left and came back to the same team is one row with the goals of both stays', () => {
    const stays = [
      rep('Ana Ruiz', 'East', { end: '2027-04-30' }),
      rep('Ana Ruiz', 'East', { start: '2027-08-01' }),
    ];
    const quotas = (dollars: number) =>
      [quotaOf(stays[0]!, dollars), quotaOf(stays[1]!, dollars)].map((of, index) =>
        index === 0 ? { ...of, last: monthOf(2027, 4) } : of,
      );
    const rows = ofYear(
      changes(
        smallModel({ reps: stays, quotas: quotas(100_000) }),
        smallModel({ reps: stays, quotas: quotas(300_000) }),
      ),
    );
    const people = rows.filter(({ key }) => key.level === 'rep');
    const [company] = rows.filter(({ key }) => key.level === 'company');
    expect(people.filter(({ key }) => key.rep === 'Ana Ruiz').length).toBe(1);
    expect(people.reduce((sum, { a }) => sum + a!, 0)).toBe(company!.a);
    expect(people.reduce((sum, { change }) => sum + change, 0)).toBe(company!.change);
  });

  it('a new source, and a source that is gone', () => {
    const { sources } = smallModel();
    const [inbound, outbound] = [sources[0]!, sources[1]!];
    const events = { ...outbound, name: 'events' };
    const rates = [...smallModel().rates, counted({ source: 'events' }, [4000, 1000, 300, 60], 5)];
    const before = smallModel({ sources: [inbound, { ...outbound, share: 0.55 }], rates });
    const after = smallModel({ sources: [inbound, { ...events, share: 0.55 }], rates });
    const company = changes(before, after).filter(
      ({ key, period, stage }) => key.level === 'company' && period.grain === 'year' && stage === 'lead',
    );
    expect(company.map(({ key, note }) => [key.source, note]).sort()).toEqual([
      [null, null],
      ['events', 'new source'],
      ['outbound', 'source gone'],
    ]);
  });
});

describe('of any two plans', () => {
  const pair = fc
    .tuple(
      randomPlan(),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([{ model }, kept, times]) => {
      const isKept = ({ name }: { name: string }) => kept[Number(name.slice(-1))] ?? true;
      const quotas = model.quotas
        .filter(({ rep: of }) => isKept(of!))
        .map((quota) => ({ ...quota, amount: quota.amount * times }));
      return [model, { ...model, reps: model.reps.filter(isKept), quotas }] as const;
    })
    .filter(([, other]) => other.quotas.some((quota) => quota.last >= other.from));

  it('changes of reps and territories add up to those of the company', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const rows = changes(a, b).filter(({ key }) => key.source === null);
        const sums = (isMeant: (row: ChangeRow) => boolean) => {
          const found = new Map<string, number>();
          for (const row of rows.filter((of) => isMeant(of) && of.change !== 0)) {
            const name = `${row.stage} ${row.period.label}`;
            found.set(name, (found.get(name) ?? 0) + row.change);
          }
          return [...found].filter(([, sum]) => sum !== 0).sort();
        };
        expect(sums(({ key }) => key.level === 'rep')).toEqual(sums(({ key }) => key.level === 'company'));
      }),
      { numRuns: 40 },
    );
  });

  it('goals come before quotas, the largest change first, and every row differs', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const rows = changes(a, b);
        for (const [index, row] of rows.entries()) {
          expect(row.a).not.toBe(row.b);
          const next = rows[index + 1];
          if (next === undefined || (row.stage === null) !== (next.stage === null)) continue;
          expect(Math.abs(row.change)).toBeGreaterThanOrEqual(Math.abs(next.change));
        }
        const firstQuota = rows.findIndex(({ stage }) => stage === null);
        if (firstQuota >= 0) expect(rows.slice(firstQuota).every(({ stage }) => stage === null)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('goals of sources that begin at a later stage', () => {
  const partnerAt = (value: number, startsAt = 2): PlanModel =>
    smallModel({
      sources: smallModel().sources.map((of) => (of.name === 'partner' ? { ...of, startsAt } : of)),
      rates: smallModel().rates.map((row) =>
        row.source === 'partner'
          ? {
              ...row,
              measures: row.measures.map((of) => ({ kind: 'share', value, where: of?.where ?? NOWHERE })),
            }
          : row,
      ),
    });
  const laterOf = (a: PlanModel, b: PlanModel) => compare(compared(a, 'a'), compared(b, 'b'), ['year']);

  it('stand apart, as sums of their rows, where the lead goal is the same', () => {
    const { whole, later, changes: rows } = laterOf(partnerAt(0.3), partnerAt(0.2));
    const ofPartner = rows.find(
      ({ key, stage }) => key.level === 'company' && key.source === 'partner' && stage === 'opportunity',
    );
    expect(whole!.a).toBe(whole!.b);
    expect(later).toEqual([{ stage: 'opportunity', sources: ['partner'], a: ofPartner!.a, b: ofPartner!.b }]);
    expect(ofPartner!.b! - ofPartner!.a!).toBeGreaterThan(0);
  });

  it('are among them where a source begins there in one plan alone; nobody who owes deals is', () => {
    const { later } = laterOf(partnerAt(0.3), partnerAt(0.3, 0));
    expect(later.map(({ stage, sources }) => [stage, sources])).toEqual([['opportunity', ['partner']]]);
    expect(laterOf(partnerAt(0.3, 3), partnerAt(0.3, 3)).later).toEqual([]);
  });
});
