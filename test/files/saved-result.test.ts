/** Goals that were saved with `leadgoal plan -o goals.json`, as one side of a comparison. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { savedJson, sideOfSaved } from '../../src/files/saved-result.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { planJson } from '../../src/report/plan/plan-json.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';
import { compare, isUnchanged } from '../../src/scenario/compare/comparison.ts';
import type { Side } from '../../src/scenario/compare/side.ts';
import { compared } from '../support/compared.ts';
import { randomPlan } from '../support/random-plan.ts';
import { day, planOf, quotaOf, REPS, rep, smallModel } from '../support/small-model.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const formatOf = (text: string) => savedJson(bytesOf(text))?.format ?? null;

function read(text: string) {
  const json = savedJson(bytesOf(text));
  const called = { name: 'goals.json', path: 'goals.json', scenario: null, format: 'leadgoal.plan' } as const;
  return sideOfSaved(called, json!);
}

const textOf = (model: PlanModel, selection: Partial<Selection> = {}): string =>
  [...planJson(planOf(model), { ...EVERYTHING, spend: null, ...selection }, [])].join('');

const saved = (selection: Partial<Selection> = {}): string => textOf(smallModel(), selection);

describe('a saved result', () => {
  it('has the goals, quotas, bridge and assumptions of the plan it was saved from', () => {
    fc.assert(
      fc.property(randomPlan(), ({ model }) => {
        const { value } = read(textOf(model));
        const side = compared(model, 'b');
        expect(value!.lines.map(({ goals, quota }) => [goals, quota])).toEqual(
          side.lines.map(({ goals, quota }) => [goals, quota]),
        );
        expect(value!.bridge).toEqual(side.bridge);
        expect(isUnchanged(compare(value!, side, ['month', 'quarter', 'year']))).toBe(true);
        expect(isUnchanged(compare(side, value!, ['month', 'quarter', 'year']))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('has both stays of somebody who left and came back', () => {
    const stays = [
      rep('Ana Ruiz', 'East', { end: '2027-04-30' }),
      rep('Ana Ruiz', 'East', { start: '2027-08-01' }),
    ];
    const model = smallModel({ reps: stays, quotas: stays.map((of) => quotaOf(of, 500_000)) });
    const { value } = read(textOf(model));
    expect(isUnchanged(compare(value!, compared(model, 'b'), ['month', 'quarter', 'year']))).toBe(true);
  });

  it('is known by its format, wherever that stands in it; a plan file is none', () => {
    expect(formatOf(saved())).toBe('leadgoal.plan');
    expect(formatOf('{ "version": "1.0",\n "format": "leadgoal.coverage" }')).toBe('leadgoal.coverage');
    expect(formatOf('{ "name": "Tiny", "quotas": "quotas.csv" }')).toBe(null);
    expect(formatOf('{ "name": "Tiny", "quotas": ')).toBe(null);
    expect(formatOf('quotas: quotas.csv\n')).toBe(null);
  });

  it('says what it was changed by for a what-if', () => {
    const change = { key: 'quota', team: 'East', rep: null, source: null, value: '+10%', scenario: 'more' };
    expect(read(textOf(smallModel({ changes: [change] }))).value!.changes).toEqual([change]);
  });

  it('of an earlier version says neither what-ifs nor settings, and is compared as far as it goes', () => {
    const { set: _, settings: __, ...rest } = JSON.parse(saved()) as Record<string, unknown>;
    const { value } = read(JSON.stringify(rest));
    expect([value!.changes, value!.stated]).toEqual([[], null]);
    const other = compared(smallModel({ overAssigned: 0.1, lookahead: 0.5 }), 'b');
    expect(compare(value!, other, ['year']).inputs).toEqual([]);
  });

  it.each<[string, Partial<PlanModel>, string]>([
    ['over-assignment', { overAssigned: 0.1 }, 'over_assigned'],
    ['confidence', { confidence: 0.8 }, 'confidence'],
    ['rates of reps', { blended: false }, 'rates_for_reps'],
    ['late', { late: 'report' }, 'late'],
    ['lookahead', { lookahead: 0.5 }, 'lookahead'],
    ['a ramp', { ramp: [] }, 'ramp'],
    [
      'whether quotas include it',
      { quotasIncludeRamp: !smallModel().quotasIncludeRamp },
      'quotas_include_ramp',
    ],
    ['seasons', { seasonality: [1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1] }, 'seasonality'],
    ['what it is sized on', { sizeOn: 'team' }, 'size_on'],
    ['capacity', { capacity: [null, 60, null, null] }, 'capacity.conversation'],
    [
      'a share',
      { sources: smallModel().sources.with(0, { ...smallModel().sources[0]!, share: 0.4 }) },
      'sources.inbound.share',
    ],
  ])('tells %s from that of a plan, and of another saved result', (_, parts, key) => {
    const keys = (side: Side) => {
      const found = compare(read(saved()).value!, side, ['year']).inputs;
      // what ramps and seasons make of quotas differs too: of saved goals it is not known that none were given
      return found.filter((of) => !/^quotas(\.|$)/.test(of.key)).map((of) => of.key);
    };
    expect(keys(compared(smallModel(parts), 'b'))).toEqual([key]);
    expect(keys(read(textOf(smallModel(parts))).value!)).toEqual([key]);
  });

  it('tells the days of reps', () => {
    const reps = REPS.map((of) => (of.name === 'Ana Ruiz' ? { ...of, start: day('2027-03-01') } : of));
    const { inputs } = compare(read(saved()).value!, compared(smallModel({ reps }), 'b'), ['year']);
    expect(inputs.find((of) => of.rep === 'Ana Ruiz')).toMatchObject({
      key: 'reps',
      a: { kind: 'dates', stays: [{ start: null, end: null }] },
      b: { kind: 'dates', stays: [{ start: day('2027-03-01'), end: null }] },
    });
  });

  it.each([
    ['a team', { teams: ['East'] }, 'agreed_partial'],
    ['a stage', { stages: ['close'] }, 'agreed_partial'],
    ['quarters', { by: 'quarter' }, 'agreed_without_goals'],
  ] as const)('of %s alone is refused', (_, selection, code) => {
    const { value, problems } = read(saved(selection));
    expect([value, problems.map((problem) => problem.code)]).toEqual([null, [code]]);
  });

  it.each([
    ['of another kind', saved().replace('leadgoal.plan', 'leadgoal.coverage')],
    ['that ends early', saved().slice(0, -20)],
    ['that ends before it begins', saved().replace('"to":"2028-01"', '"to":"2026-01"')],
    ['from no month', saved().replace('"from":"2027-02"', '"from":"2027-13"')],
    ['without its bridge', saved().replace('"bridge"', '"bridges"')],
  ])('%s is none', (_, text) => {
    const { value, problems } = read(text);
    expect([value, problems.map((problem) => problem.code)]).toEqual([null, ['saved_unreadable']]);
  });
});
